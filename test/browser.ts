import { DomUtils, parseDocument } from 'htmlparser2';

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** A page as somebody without JavaScript meets it. */
export type Page = {
  readonly status: number;
  readonly path: string;
  readonly headers: Headers;
  readonly html: string;
  /** What can be read on it, spaces joined. */
  readonly text: string;
  readonly heading: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly buttons: readonly string[];
  /** Presses the button with these words on it; `fields` are what one changed in its form before. */
  readonly press: (button: string | RegExp, fields?: Fields) => Promise<Page>;
  readonly follow: (link: string | RegExp) => Promise<Page>;
};

/** Opens a page and follows where it leads, as a browser does. */
export async function visit(ask: Ask, path: string, init?: RequestInit): Promise<Page> {
  const answer = await ask(path, init);
  const location = answer.headers.get('location');
  if (answer.status >= 300 && answer.status < 400 && location !== null)
    return visit(ask, pathOf(location, path));
  return pageOf(ask, path, answer, await answer.text());
}

function pageOf(ask: Ask, path: string, { status, headers }: Response, html: string): Page {
  const document = parseDocument(html);
  const all = (...names: string[]) =>
    names.flatMap((name) => DomUtils.getElementsByTagName(name, document));
  const buttons = all('button');
  const links = all('a').map((link) => ({ href: link.attribs['href'] ?? '', text: wordsOf(link) }));
  return {
    status,
    path,
    headers,
    html,
    text: wordsOf(all('main')[0] ?? all('body')[0]),
    heading: wordsOf(all('h1')[0]),
    links,
    buttons: buttons.map(wordsOf),
    press: (words, fields = {}) => {
      const button = oneOf(buttons, wordsOf, words, `a button on ${path}`);
      const form = formOf(button, all('form'));
      const body = bodyOf(form, button, fields);
      const action = pathOf(button.attribs['formaction'] ?? form.attribs['action'] ?? path, path);
      if (form.attribs['method']?.toLowerCase() !== 'post')
        return visit(ask, `${action}?${body.toString()}`);
      const site = { 'sec-fetch-site': 'same-origin' };
      return visit(ask, action, { method: 'POST', body, headers: site });
    },
    follow: (words) =>
      visit(ask, pathOf(oneOf(links, ({ text }) => text, words, `a link on ${path}`).href, path)),
  };
}

function oneOf<Thing>(
  things: readonly Thing[],
  wordsIn: (thing: Thing) => string,
  wanted: string | RegExp,
  what: string,
): Thing {
  const found = things.find((thing) =>
    typeof wanted === 'string' ? wordsIn(thing) === wanted : wanted.test(wordsIn(thing)),
  );
  if (found !== undefined) return found;
  throw new Error(
    `no ${what} says ${String(wanted)}; there are: ${things.map(wordsIn).join(' | ')}`,
  );
}

function formOf(button: Element, forms: readonly Element[]): Element {
  const { form: id } = button.attribs;
  const form = forms.find((one) =>
    id === undefined
      ? DomUtils.getElementsByTagName('button', one).includes(button)
      : one.attribs['id'] === id,
  );
  if (!form) throw new Error(`the button "${wordsOf(button)}" stands in no form`);
  return form;
}

/** What a browser would send: what stands in the form, with what one changed, and the button pressed. */
function bodyOf(form: Element, button: Element, changed: Fields): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of standing(form)) if (!(name in changed)) body.append(name, value);
  for (const [name, value] of Object.entries(changed))
    for (const one of value === undefined ? [] : [value].flat()) body.append(name, one);
  const { name, value = '' } = button.attribs;
  if (name !== undefined) body.append(name, value);
  return body;
}

function* standing(form: Element): Iterable<[name: string, value: string]> {
  for (const field of DomUtils.getElementsByTagName(isField, form)) {
    const { name, type = 'text', value, checked, disabled } = field.attribs;
    if (name === undefined || disabled !== undefined) continue;
    if (field.name === 'textarea') yield [name, DomUtils.textContent(field)];
    else if (field.name === 'select') yield [name, chosenIn(field)];
    else if (type !== 'checkbox' && type !== 'radio') yield [name, value ?? ''];
    else if (checked !== undefined) yield [name, value ?? 'on'];
  }
}

const isField = (name: string) => name === 'input' || name === 'select' || name === 'textarea';

function chosenIn(select: Element): string {
  const options = DomUtils.getElementsByTagName('option', select);
  const chosen = options.find((option) => option.attribs['selected'] !== undefined) ?? options[0];
  return chosen?.attribs['value'] ?? (chosen ? wordsOf(chosen) : '');
}

function wordsOf(element: Element | undefined): string {
  return element ? DomUtils.innerText(element).replace(/\s+/g, ' ').trim() : '';
}

function pathOf(href: string, from: string): string {
  const { pathname, search } = new URL(href, new URL(from, 'http://localhost'));
  return pathname + search;
}
