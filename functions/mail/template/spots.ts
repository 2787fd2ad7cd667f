import type { FaultCode } from './faults.ts';
import type { Marks } from './marks.ts';

/** Where a mark stands in HTML, and what an author must hear when nothing may stand there. */
export type Spot = {
  readonly index: number;
  readonly begin: number;
  readonly end: number;
  /** The same words mean the same surroundings: open elements, tag, attribute. */
  readonly context: string;
  readonly place: 'text' | 'attribute' | 'url' | 'nowhere';
  /** Of the attribute value it stands in, so that an address is read as one. */
  readonly attribute?: Attribute;
  readonly why?: FaultCode;
};
export type Attribute = {
  readonly element: string;
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the HTML. */
  readonly begin: number;
};
/** Every mark in order, and every address, also those without a mark. */
export type Scan = { readonly spots: readonly Spot[]; readonly urls: readonly Attribute[] };

const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const URLS = new Set(
  'href src background cite action formaction poster longdesc data xlink:href'.split(' '),
);
const LIST_OF_URLS = new Set(['srcset', 'ping']);
const RAW = new Set(['script', 'style', 'xmp', 'noembed', 'noframes', 'iframe']);
const ONLY_TEXT = new Set(['title', 'textarea']);

/** Elements that end by themselves, so that their number says nothing of depth. */
const ENDS_ITSELF = new Set('p li dt dd tr td th thead tbody tfoot colgroup'.split(' '));

/** Where elements stand deeper in each other than this, if they do: a letter never does, and parsers suffer. */
export function tooDeep(html: string, most: number): number | undefined {
  let depth = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const found = matchAt(/<(\/?)([a-zA-Z][\w:-]*)/y, html, at);
    const name = found?.[2]?.toLowerCase() ?? '';
    if (name === '' || VOID.has(name) || ENDS_ITSELF.has(name)) continue;
    depth = found?.[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > most) return at;
  }
  return undefined;
}

/**
 * Reads HTML as a mail program does and tells where each mark stands. What Outlook alone reads
 * (`<!--[if mso]>`) is HTML there, with open elements of its own.
 */
export function scanHtml(html: string, marks: Marks): Scan {
  const spots: Spot[] = [];
  const urls: Attribute[] = [];
  const open: string[] = [];
  const openInOutlook: string[] = [];
  let isInOutlook = false;
  let at = 0;

  const stack = () => (isInOutlook ? openInOutlook : open);
  const surroundings = () =>
    `${isInOutlook ? 'Outlook ' : ''}${open.join(' ')}|${openInOutlook.join(' ')}`;

  function note(
    begin: number,
    end: number,
    found: Pick<Spot, 'place' | 'attribute' | 'why'> & { within?: string },
  ) {
    const { within = '', ...rest } = found;
    for (const part of marks.split(html.slice(begin, end)))
      if ('kind' in part)
        spots.push({
          ...rest,
          index: part.index,
          begin: begin + part.begin,
          end: begin + part.end,
          context: surroundings() + within,
        });
  }
  const nowhere = (begin: number, end: number, why: FaultCode) =>
    note(begin, end, { place: 'nowhere', why });

  function until(sign: string, from: number): number {
    const found = html.indexOf(sign, from);
    return found === -1 ? html.length : found;
  }

  function readMarkup(): number {
    const opening = matchAt(/<!--\[if [^\]>]*\]>(<!--\s*-->|<!-->)?/y, html, at);
    if (opening) {
      isInOutlook = opening[1] === undefined;
      return at + opening[0].length;
    }
    const closing = matchAt(/(?:<!--)?<!\[endif\]-->/y, html, at);
    if (closing) {
      isInOutlook = false;
      return at + closing[0].length;
    }
    if (html.startsWith('<!--', at)) {
      const end = until('-->', at + 4);
      nowhere(at, end, 'liquid-in-comment');
      return end + 3;
    }
    if (/^<[!?]/.test(html.slice(at, at + 2))) return until('>', at) + 1;
    const name = matchAt(/<(\/?)([a-zA-Z][^\s/>]*)/y, html, at);
    if (!name) return at + 1;
    const tag = name[2]!.toLowerCase();
    nowhere(at, at + name[0].length, 'liquid-in-element-name');
    if (name[1] === '') return readOpeningTag(tag, at + name[0].length);
    const last = stack().lastIndexOf(tag);
    if (last !== -1) stack().splice(last);
    return until('>', at) + 1;
  }

  function readOpeningTag(element: string, from: number): number {
    let cursor = from;
    while (cursor < html.length) {
      cursor += matchAt(/\s*/y, html, cursor)![0].length;
      const isSelfClosed = html.startsWith('/>', cursor);
      if (isSelfClosed || html[cursor] === '>')
        return opened(
          element,
          cursor + (isSelfClosed ? 2 : 1),
          isSelfClosed && element.includes(':'),
        );
      if (html[cursor] === '/') cursor += 1;
      else cursor = readAttribute(element, cursor);
    }
    return cursor;
  }

  function readAttribute(element: string, from: number): number {
    const { 0: all, 1: name = '', 2: equals } = matchAt(/([^\s=>/]*)(\s*=\s*)?/y, html, from)!;
    nowhere(from, from + name.length, 'liquid-beside-attribute');
    let begin = from + Math.max(all.length, 1);
    if (equals === undefined) return begin;
    const quote = html[begin];
    if (quote !== '"' && quote !== "'") {
      const value = matchAt(/[^\s>]*/y, html, begin)![0];
      nowhere(begin, begin + value.length, 'liquid-without-quotes');
      return begin + value.length;
    }
    begin += 1;
    const end = until(quote, begin);
    noteValue({ element, name: name.toLowerCase(), value: html.slice(begin, end), begin }, quote);
    return end + 1;
  }

  function noteValue(attribute: Attribute, quote: string): void {
    const { name, begin, value, element } = attribute;
    const end = begin + value.length;
    if (URLS.has(name)) urls.push(attribute);
    if (name === 'style') return nowhere(begin, end, 'liquid-in-style');
    if (name.startsWith('on')) return nowhere(begin, end, 'liquid-in-script');
    if (LIST_OF_URLS.has(name)) return nowhere(begin, end, 'liquid-in-address-list');
    const place = URLS.has(name) ? 'url' : 'attribute';
    note(begin, end, { place, attribute, within: ` <${element} ${name}=${quote}${begin}` });
  }

  function opened(element: string, from: number, isClosed: boolean): number {
    if (VOID.has(element) || isClosed) return from;
    if (RAW.has(element) || ONLY_TEXT.has(element)) {
      const end = until(`</${element}`, from);
      if (RAW.has(element))
        nowhere(from, end, element === 'style' ? 'liquid-in-style' : 'liquid-in-script');
      else note(from, end, { place: 'text', within: ` <${element}>` });
      return until('>', end) + 1;
    }
    stack().push(element);
    return from;
  }

  while (at < html.length) {
    const next = until('<', at);
    note(at, next, { place: 'text' });
    at = next;
    if (at < html.length) at = readMarkup();
  }
  return { spots, urls };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
