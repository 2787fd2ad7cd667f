/**
 * Runs inside the sandboxed frame in which letters are looked at: a place of no origin, which may
 * reach nothing. It shows what the console hands it, without scripts, and leads nowhere.
 */
const REFUSED = 'script, iframe, object, embed, base, form, meta[http-equiv], link';

addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source !== parent || typeof data !== 'object' || data === null) return;
  const { html, pictures, dark } = data as { html?: unknown; pictures?: unknown; dark?: unknown };
  if (typeof html === 'string') show(inLight(html, dark === true), pictures !== false);
  document.documentElement.style.colorScheme = dark === true ? 'dark' : 'light';
});
// Links look like what they are, and lead nowhere.
addEventListener('click', (event) => event.preventDefault(), true);
new ResizeObserver(tellHeight).observe(document.documentElement);
parent.postMessage('ready', '*');

/** The letter's own rules for the dark hold when that is looked at, whatever this machine prefers. */
function inLight(html: string, dark: boolean): string {
  return html.replaceAll(
    /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi,
    (_, scheme: string) =>
      (scheme.toLowerCase() === 'dark') === dark ? '(min-width: 0)' : '(max-width: 0)',
  );
}

function show(html: string, withPictures: boolean): void {
  const letter = new DOMParser().parseFromString(html, 'text/html');
  for (const one of letter.querySelectorAll(REFUSED)) one.remove();
  if (!withPictures)
    for (const picture of letter.querySelectorAll('img')) picture.removeAttribute('src');
  const { documentElement: page } = document;
  for (const { name, value } of letter.documentElement.attributes) page.setAttribute(name, value);
  page.replaceChildren(...[letter.head, letter.body].map((part) => document.adoptNode(part)));
  tellHeight();
}

function tellHeight(): void {
  parent.postMessage({ height: document.body?.scrollHeight ?? 0 }, '*');
}
