import { Parser } from 'htmlparser2';
import { BLOCKS } from './engine.ts';
import type { Escape } from './escapes.ts';
import type { MarkKind, Marks } from './marks.ts';
import type { Piece } from './pieces.ts';

type TextSetting = {
  readonly marks: Marks;
  readonly pieces: readonly Piece[];
  /** How the HTML part escapes an output that stands in an address. */
  readonly urlEscapes: ReadonlyMap<number, Escape>;
};

const UNREAD = new Set(['head', 'style', 'script', 'title', 'noscript', 'template']);
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre dl figure'.split(' '));
const LINES = new Set(
  'div section article header footer main nav tr td th li dt dd center tbody thead figcaption caption'.split(
    ' ',
  ),
);

/**
 * The letter for those who read plain text, written from the structure of its HTML: what is hidden
 * there stays unsaid, a link is followed by its address. Marks stay marks.
 */
export function textOf(html: string, setting: TextSetting): string {
  const page = new TextPage(setting);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => page.open(name, attributes),
      onclosetag: (name) => page.close(name),
      ontext: (text) => page.say(text),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return page.text;
}

type Link = { readonly url: string; readonly from: number };
type List = { readonly isNumbered: boolean; count: number };

/**
 * Writes as it reads. Every block ends its own lines, so that a line end belongs to the branch its
 * block stands in and goes when the branch goes.
 */
class TextPage {
  readonly #setting: TextSetting;
  readonly #lists: List[] = [];
  readonly #links: (Link | undefined)[] = [];
  readonly #tables: boolean[] = [];
  readonly #branches: { readonly name: string; readonly lineEnds: number }[] = [];
  #hiddenDepth = 0;
  #quoteDepth = 0;
  #preDepth = 0;
  /** Line ends since the last word; a page begins as if there were plenty. */
  #lineEnds = 2;
  #out = '';

  constructor(setting: TextSetting) {
    this.#setting = setting;
  }

  get text(): string {
    return `${this.#out.trimEnd()}\n`;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#hiddenDepth > 0 || UNREAD.has(name) || isHidden(attributes)) {
      if (!VOID.has(name)) this.#hiddenDepth += 1;
      return;
    }
    if (name === 'br') return this.#end(1, true);
    if (name === 'img') return this.#picture(attributes.alt ?? '');
    if (name === 'a') {
      this.#links.push(
        attributes.href ? { url: attributes.href, from: this.#out.length } : undefined,
      );
      return;
    }
    if (name === 'hr') {
      this.#end(2);
      this.#write('---');
      return this.#end(2);
    }
    if (PARAGRAPHS.has(name)) this.#end(this.#lists.length > 0 ? 1 : 2);
    else if (LINES.has(name) && !this.#isCell(name)) this.#end(1);
    this.#begin(name, attributes);
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'ul' || name === 'ol')
      this.#lists.push({ isNumbered: name === 'ol' && !this.#isInLoop(), count: 0 });
    else if (name === 'li') this.#bullet();
    else if (name === 'blockquote') this.#quoteDepth += 1;
    else if (name === 'pre') this.#preDepth += 1;
    else if (name === 'table') this.#tables.push(attributes.role !== 'presentation');
  }

  close(name: string): void {
    if (this.#hiddenDepth > 0) {
      if (!VOID.has(name)) this.#hiddenDepth -= 1;
      return;
    }
    if (name === 'a') return this.#endLink();
    if (name === 'blockquote') this.#quoteDepth -= 1;
    if (name === 'pre') this.#preDepth -= 1;
    if (this.#isCell(name)) this.#write(' | ');
    else if (
      PARAGRAPHS.has(name) ||
      (LINES.has(name) && !['li', 'tr', 'tbody'].includes(name) && this.#lineEnds === 0)
    )
      this.#end(this.#lists.length > (name === 'ul' || name === 'ol' ? 1 : 0) ? 1 : 2);
    else if (LINES.has(name)) this.#end(1);
    if (name === 'ul' || name === 'ol') this.#lists.pop();
    if (name === 'table') this.#tables.pop();
  }

  /** Words of the page, with the marks among them. */
  say(text: string): void {
    if (this.#hiddenDepth > 0) return;
    const { marks, pieces } = this.#setting;
    for (const part of marks.split(text)) {
      if ('text' in part) this.#words(part.text);
      else {
        const piece = pieces[part.index];
        if (piece?.kind === 'tag') this.#tag(piece.name, marks.of(part.index));
        else this.#write(marks.of(part.index));
      }
    }
  }

  #words(text: string): void {
    if (this.#preDepth > 0) {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.#end(1, true);
        if (line !== '') this.#write(line);
      }
      return;
    }
    const words = text
      .replace(/[\u200b\u200c\u200d\ufeff\u034f\u00ad]/g, '')
      .replace(/[ \t\r\n\f]+/g, ' ');
    const isFirst = this.#lineEnds > 0 || this.#out.endsWith(' ');
    const said = isFirst ? words.trimStart() : words;
    if (said === ' ' && this.#lineEnds === 0) this.#out += ' ';
    else if (said.trim() !== '') this.#write(said);
  }

  #tag(name: string, mark: string): void {
    this.#out += mark;
    const block = this.#branches.at(-1);
    if (Object.hasOwn(BLOCKS, name)) this.#branches.push({ name, lineEnds: this.#lineEnds });
    else if (name.startsWith('end')) this.#branches.pop();
    else if (block) this.#lineEnds = block.lineEnds;
  }

  #isInLoop = () => this.#branches.some(({ name }) => name === 'for');
  #isCell = (name: string) => (name === 'td' || name === 'th') && this.#tables.at(-1) === true;

  #bullet(): void {
    const list = this.#lists.at(-1);
    if (list) list.count += 1;
    const sign = list?.isNumbered && !this.#isInLoop() ? `${list.count}.` : '-';
    this.#write(`${'  '.repeat(Math.max(0, this.#lists.length - 1))}${sign} `);
    this.#lineEnds = 2;
  }

  #picture(alt: string): void {
    if (alt.trim() !== '') this.say(this.#links.at(-1) ? alt : `[${alt}]`);
  }

  #endLink(): void {
    const link = this.#links.pop();
    if (!link || link.url.startsWith('#')) return;
    const label = this.#out.slice(link.from).trim();
    const { marks, pieces, urlEscapes } = this.#setting;
    const url = marks
      .split(link.url)
      .map((part) => {
        if ('text' in part) return part.text;
        const kind: MarkKind = urlEscapes.get(part.index) === 'in_url' ? 'w' : 'p';
        return marks.as(pieces[part.index]?.kind === 'output' ? kind : 'x', part.index);
      })
      .join('');
    if (label === '') this.#write(url);
    else if (label !== link.url && `mailto:${label}` !== link.url && `tel:${label}` !== link.url) {
      this.#out = this.#out.trimEnd();
      this.#write(` (${url})`);
    }
  }

  #write(text: string): void {
    if (this.#lineEnds > 0 && this.#quoteDepth > 0 && /\n$|^$/.test(this.#out))
      this.#out += '> '.repeat(this.#quoteDepth);
    this.#out += text;
    this.#lineEnds = 0;
  }

  /** At least that many line ends here; `br` asks for one more each time. */
  #end(count: number, isAlways = false): void {
    const missing = isAlways ? 1 : Math.max(0, count - this.#lineEnds);
    if (missing === 0) return;
    this.#out = this.#out.replace(/[ |]+$/, '');
    this.#out += '\n'.repeat(missing);
    this.#lineEnds += missing;
  }
}

const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

function isHidden({ style, hidden }: Readonly<Record<string, string>>): boolean {
  return (
    hidden !== undefined || /(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)/i.test(style ?? '')
  );
}
