import { Parser } from 'htmlparser2';
import { escaped } from '../template/escapes.ts';

/** What may stand in the text of a block, and in a block of HTML that an author brings along. */
const TAGS = {
  text: new Set('p br strong b em i u s a ul ol li'.split(' ')),
  html: new Set(
    'p br strong b em i u s a ul ol li h1 h2 h3 h4 h5 h6 hr img table thead tbody tr td th caption div span blockquote small sub sup center font figure figcaption'.split(
      ' ',
    ),
  ),
} as const;
export type FragmentKind = keyof typeof TAGS;

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  img: ['src', 'alt', 'width', 'height'],
  table: ['width', 'border', 'cellpadding', 'cellspacing', 'role', 'align', 'bgcolor'],
  td: ['width', 'align', 'valign', 'bgcolor', 'colspan', 'rowspan'],
  th: ['width', 'align', 'valign', 'bgcolor', 'colspan', 'rowspan', 'scope'],
  font: ['color', 'face', 'size'],
};
const VOID = new Set(['br', 'hr', 'img']);
/** Not the space that holds two words together. */
const BLANKS = /[ \t\r\n\f]+/g;
const LIQUID = /\{\{[^]*?\}\}|\{%[^]*?%\}/g;

/** What a text of a block may not hold, in words for its author; undefined when all is well. */
export function fragmentProblem(html: string, kind: FragmentKind): string | undefined {
  let problem: string | undefined;
  read(setLiquidAside(html).text, {
    open: (name) => {
      if (!TAGS[kind].has(name)) problem ??= `<${name}> may not stand here`;
    },
  });
  return problem;
}

/** The style of an element of a text, by its tag. */
export type FragmentLook = (name: string) => string | undefined;

/**
 * HTML that is closed in itself whatever its author left open, with only what may stand there.
 * Liquid in it stays as it was written.
 */
export function fragmentOf(html: string, kind: FragmentKind, look: FragmentLook = () => undefined) {
  const { text, restore } = setLiquidAside(html);
  let out = '';
  const allowed = TAGS[kind];
  read(text, {
    open: (name, attributes) => {
      if (!allowed.has(name)) return;
      const style = kind === 'html' ? attributes.style : look(name);
      const kept = (ATTRIBUTES[name] ?? []).flatMap((key) =>
        attributes[key] === undefined ? [] : [` ${key}="${escaped(attributes[key])}"`],
      );
      out += `<${name}${kept.join('')}${style ? ` style="${escaped(style)}"` : ''}>`;
    },
    close: (name) => {
      if (allowed.has(name) && !VOID.has(name)) out += `</${name}>`;
    },
    say: (words) => (out += escaped(words)),
  });
  return restore(out.replace(BLANKS, ' ').trim());
}

/** Plain words of an author, safe in HTML; Liquid in them stays as it was written. */
export function plainWords(text: string): string {
  const { text: bare, restore } = setLiquidAside(text.replace(BLANKS, ' ').trim());
  return restore(escaped(bare));
}

/** Each line of plain words; a break inside Liquid is none. */
export function linesOf(text: string): string[] {
  const { text: bare, restore } = setLiquidAside(text);
  return bare.split('\n').map(restore);
}

type Handler = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly say?: (words: string) => void;
};

/** A parser that closes what is open at the end, and skips what nobody sees. */
function read(html: string, { open, close, say }: Handler): void {
  let unread = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        open?.(name, attributes);
        if (name === 'script' || name === 'style') unread += 1;
      },
      onclosetag: (name) => {
        if (name === 'script' || name === 'style') unread -= 1;
        close?.(name);
      },
      ontext: (words) => {
        if (unread === 0) say?.(words);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
}

/** Signs that no keyboard makes stand for Liquid meanwhile. */
function setLiquidAside(html: string) {
  const kept: string[] = [];
  const bare = html.replace(/[\ue000\ue001]/g, '');
  const text = bare.replace(LIQUID, (liquid) => `\ue000${kept.push(liquid) - 1}\ue001`);
  const restore = (made: string) =>
    made.replace(/\ue000(\d+)\ue001/g, (_, index: string) => kept[Number(index)]!);
  return { text, restore };
}
