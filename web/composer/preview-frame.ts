/**
 * Runs inside the sandboxed frame in which letters are looked at: a place of no origin, which may
 * reach nothing. It shows what the console hands it, without scripts, and leads nowhere.
 */
addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source !== parent || typeof data !== 'object' || data === null) return;
  const { html, pictures } = data as { html?: unknown; pictures?: unknown };
  if (typeof html !== 'string') return;
  show(html, pictures !== false);
});
// Links look like what they are, and lead nowhere.
addEventListener('click', (event) => event.preventDefault(), true);
parent.postMessage('ready', '*');

function show(html: string, withPictures: boolean): void {
  const letter = new DOMParser().parseFromString(html, 'text/html');
  for (const one of letter.querySelectorAll(
    'script, iframe, object, embed, base, form, meta[http-equiv]',
  ))
    one.remove();
  if (!withPictures)
    for (const picture of letter.querySelectorAll('img')) picture.removeAttribute('src');
  document.documentElement.replaceChildren(
    ...[letter.head, letter.body].map((part) => document.adoptNode(part)),
  );
  parent.postMessage({ height: document.documentElement.scrollHeight }, '*');
}
