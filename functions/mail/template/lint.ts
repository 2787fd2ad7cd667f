import { Parser } from 'htmlparser2';
import { contrastOf } from './colour.ts';
import type { Compiled } from './letter.ts';

/** What a careful colleague would say before a letter leaves. An error can hurt readers; the rest is advice. */
export type Remark = {
  readonly code: RemarkCode;
  readonly level: 'error' | 'advice';
  /** The words, the address or the number it is about. */
  readonly what: string;
  /** Of which of several languages, where it is not said of the one that is shown. */
  readonly language?: string;
};
export const REMARKS = [
  'subject-long',
  'subject-loud',
  'preheader-missing',
  'preheader-long',
  'picture-without-alt',
  'picture-alt-is-a-file-name',
  'link-without-words',
  'link-says-nothing',
  'link-leads-nowhere',
  'link-not-encrypted',
  'words-hard-to-see',
  'heading-skipped',
  'letter-large',
  'field-may-be-empty',
  'block-empty',
  'not-translated',
  'words-of-a-starter',
] as const;
export type RemarkCode = (typeof REMARKS)[number];

/** What mailboxes on phones still show of a subject and of the words after it. */
const SUBJECT_SHOWN = 70;
const PREHEADER_SHOWN = 130;
const LARGE_BYTES = 70 * 1024;
const READABLE = 4.5;
const REMARKS_MOST = 50;

/** Reads a letter as it would arrive. */
export function lint(
  letter: {
    readonly subject: string;
    readonly preheader: string;
    readonly html: string;
  },
  { holes }: Pick<Compiled, 'holes'>,
  publicUrl: string,
): Remark[] {
  const remarks = [
    ...subjectRemarks(letter.subject),
    ...preheaderRemarks(letter.preheader),
    ...pageRemarks(letter.html, publicUrl),
    ...sizeRemarks(letter.html),
    ...fieldRemarks(holes),
  ];
  const known = new Map(remarks.map((remark) => [`${remark.code} ${remark.what}`, remark]));
  return [...known.values()].slice(0, REMARKS_MOST);
}

const advice = (code: RemarkCode, what: string): Remark => ({ code, level: 'advice', what });
const error = (code: RemarkCode, what: string): Remark => ({ code, level: 'error', what });

function subjectRemarks(subject: string): Remark[] {
  const letters = subject.replace(/[^\p{L}]/gu, '');
  const isLoud =
    /[!?]{2}/.test(subject) || (letters.length > 8 && letters === letters.toUpperCase());
  return [
    ...(subject.length > SUBJECT_SHOWN ? [advice('subject-long', String(subject.length))] : []),
    ...(isLoud ? [advice('subject-loud', subject)] : []),
  ];
}

function preheaderRemarks(preheader: string): Remark[] {
  if (preheader === '') return [advice('preheader-missing', '')];
  return preheader.length > PREHEADER_SHOWN
    ? [advice('preheader-long', String(preheader.length))]
    : [];
}

function sizeRemarks(html: string): Remark[] {
  const bytes = Buffer.byteLength(html);
  return bytes > LARGE_BYTES ? [advice('letter-large', String(Math.ceil(bytes / 1024)))] : [];
}

/** A value of the reader's that is shown as it is: with nothing in it, a gap. */
function fieldRemarks(holes: Compiled['holes']): Remark[] {
  return fieldsWithoutFallback(holes).map((name) => advice('field-may-be-empty', name));
}

/** As `person.givenName`, `person.fields.city`: shown as they are, with no words for when there is nothing in them. */
export function fieldsWithoutFallback(holes: Compiled['holes']): string[] {
  const names = holes.flatMap(({ liquid }) => {
    const [, name] =
      /^\{\{-?\s*(person\.(?:givenName|familyName|fields|facts)[\w."'[\]-]*)/.exec(liquid) ?? [];
    return name === undefined || /\|\s*default\b/.test(liquid) ? [] : [name];
  });
  return [...new Set(names)];
}

function pageRemarks(html: string, publicUrl: string): Remark[] {
  const page = new Page(publicUrl);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => page.open(name, attributes),
      ontext: (text) => page.say(text),
      onclosetag: (name) => page.close(name),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return page.remarks;
}

type Element = {
  readonly name: string;
  readonly ink: string;
  readonly paper: string;
  readonly isHidden: boolean;
};
type Link = { readonly url: string; words: string };
const VAGUE = /^(?:cliquez ici|ici|lien|voir|click here|here|link|this link|more)$/i;
const UNREAD = new Set(['head', 'style', 'title']);

class Page {
  readonly remarks: Remark[] = [];
  readonly #elements: Element[] = [];
  #link: Link | undefined;
  #lastHeading = 0;
  /** Where the house itself is open: its own links are not the author's to mend. */
  readonly #publicUrl: string;

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const around = this.#elements.at(-1) ?? {
      name: '',
      ink: '#000000',
      paper: '#ffffff',
      isHidden: false,
    };
    const style = stylesOf(attributes.style ?? '');
    this.#elements.push({
      name,
      ink: colourIn(style.get('color')) ?? around.ink,
      paper:
        colourIn(style.get('background-color') ?? style.get('background')) ??
        colourIn(attributes.bgcolor) ??
        around.paper,
      isHidden: around.isHidden || UNREAD.has(name) || /^none\b/.test(style.get('display') ?? ''),
    });
    if (name === 'img') this.#picture(attributes);
    if (name === 'a' && attributes.href !== undefined)
      this.#link = { url: attributes.href.trim(), words: '' };
    if (/^h[1-6]$/.test(name)) this.#heading(Number(name[1]));
  }

  say(text: string): void {
    const element = this.#elements.at(-1);
    if (!element || element.isHidden || text.trim() === '') return;
    if (this.#link) this.#link.words += text;
    if (contrastOf(element.ink, element.paper) < READABLE)
      this.remarks.push(advice('words-hard-to-see', short(text)));
  }

  close(name: string): void {
    if (name === 'a' && this.#link) this.#judge(this.#link);
    if (name === 'a') this.#link = undefined;
    this.#elements.pop();
  }

  #picture({ src = '', alt }: Readonly<Record<string, string>>): void {
    if (this.#link) this.#link.words += alt ?? '';
    if (alt === undefined) this.remarks.push(error('picture-without-alt', short(src)));
    else if (/^[\w-]+\.(?:jpe?g|png|gif|webp)$/i.test(alt.trim()))
      this.remarks.push(advice('picture-alt-is-a-file-name', short(alt)));
  }

  #heading(level: number): void {
    if (this.#lastHeading > 0 && level > this.#lastHeading + 1)
      this.remarks.push(advice('heading-skipped', `h${this.#lastHeading} h${level}`));
    this.#lastHeading = level;
  }

  #judge({ url, words }: Link): void {
    const said = words.replace(/\s+/g, ' ').trim();
    if (said === '') this.remarks.push(error('link-without-words', short(url)));
    else if (VAGUE.test(said)) this.remarks.push(advice('link-says-nothing', said));
    if (url === '' || url === '#') this.remarks.push(error('link-leads-nowhere', short(said)));
    else if (/^http:\/\//i.test(url) && !url.startsWith(this.#publicUrl))
      this.remarks.push(advice('link-not-encrypted', short(url)));
  }
}

function stylesOf(style: string): ReadonlyMap<string, string> {
  return new Map(
    style.split(';').map((one): [string, string] => {
      const [name = '', ...value] = one.split(':');
      return [name.trim().toLowerCase(), value.join(':').trim().toLowerCase()];
    }),
  );
}

const NAMED: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' };

/** Only what we can be sure of: `#rgb`, `#rrggbb`, `rgb(…)`, black and white. */
function colourIn(value: string | undefined): string | undefined {
  const text = value?.trim() ?? '';
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})\b/i.exec(text)?.[1];
  if (hex?.length === 3) return `#${[...hex].map((digit) => digit + digit).join('')}`;
  if (hex !== undefined) return `#${hex}`;
  const parts = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)/.exec(text)?.slice(1);
  if (parts)
    return `#${parts.map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0')).join('')}`;
  return NAMED[text.split(' ')[0]!];
}

const short = (text: string) => {
  const said = text.replace(/\s+/g, ' ').trim();
  return said.length > 60 ? `${said.slice(0, 57)}…` : said;
};
