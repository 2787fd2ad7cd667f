/** Components whose inside is the author's own HTML. */
const HOLDS_HTML = new Set(
  'mj-text mj-button mj-raw mj-table mj-preview mj-title mj-style mj-navbar-link mj-social-element mj-accordion-title mj-accordion-text mj-html-attribute'.split(
    ' ',
  ),
);
/** A tag of a component, what stands between two, or HTML inside one that is left alone. */
export type MjmlPart =
  | {
      readonly kind: 'tag';
      readonly text: string;
      readonly name: string;
      readonly isClosing: boolean;
    }
  | { readonly kind: 'between'; readonly text: string; readonly begin: number }
  | { readonly kind: 'html'; readonly text: string };

/** Takes MJML apart into its components' tags, what stands between them, and HTML that is left alone. */
export function* mjmlParts(source: string): Generator<MjmlPart> {
  let at = 0;
  while (at < source.length) {
    const next = indexFrom(source, '<', at);
    if (next > at) yield { kind: 'between', text: source.slice(at, next), begin: at };
    if (next === source.length) return;
    if (source.startsWith('<!--', next)) {
      at = indexFrom(source, '-->', next) + 3;
      continue;
    }
    at = tagEnd(source, next);
    const text = source.slice(next, at);
    const [, slash, name = ''] = /^<(\/?)([^\s/>]*)/.exec(text)!;
    yield { kind: 'tag', text, name: name.toLowerCase(), isClosing: slash === '/' };
    if (slash === '/' || text.endsWith('/>') || !HOLDS_HTML.has(name.toLowerCase())) continue;
    const end = indexFrom(source, `</${name}`, at);
    yield { kind: 'html', text: source.slice(at, end) };
    at = end;
  }
}

function indexFrom(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from);
  return found === -1 ? source.length : found;
}

/** After the `>` that ends a tag; one in quotes does not. */
function tagEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== '>') {
    const sign = source[at]!;
    at = sign === '"' || sign === "'" ? indexFrom(source, sign, at + 1) + 1 : at + 1;
  }
  return Math.min(at + 1, source.length);
}
