import { fault } from './faults.ts';
import { escaped, onOneLine } from './escapes.ts';
import {
  asDocument,
  FOOT,
  hiddenPreheader,
  layOut,
  plainFoot,
  spokenIn,
  styledFoot,
} from './layout.ts';
import type { LetterSource } from './letter.ts';
import { COLUMN_PX, lookOf } from './look.ts';
import { BUTTON, renderMarkdown } from './markdown.ts';
import { marked } from './marks.ts';
import { renderMjml } from './mjml.ts';
import type { Parts } from './parts.ts';
import { LetterRefused } from './pieces.ts';
import { sanitise } from './sanitise.ts';
import { tooDeep } from './spots.ts';
import type { Tell } from './tell.ts';

/** The letter's HTML with marks, before its foot: what is read for the text part, and the whole page. */
export type Document = {
  readonly body: string;
  readonly page: string;
  /** The page with a foot, or without when the letter has its own. */
  readonly withFoot: (foot: string | undefined) => string;
};

export async function documentOf(letter: LetterSource, parts: Parts): Promise<Document> {
  const { marks, pieces, source, preheader, tell } = parts;
  const text = marked(source.pieces, source.first, marks);
  const hidden = escaped(onOneLine(marked(preheader.pieces, preheader.first, marks)));
  const opened = (page: string) =>
    hidden === '' ? page : page.replace(/<body[^>]*>/, (body) => body + hiddenPreheader(hidden));

  if (letter.format === 'markdown') {
    const look = lookOf(letter.brand.colour);
    const body = renderMarkdown(text, { language: letter.language, look, marks, pieces });
    if (body.includes(BUTTON))
      throw new LetterRefused([
        tell.atWords(BUTTON, fault('button-not-alone', { button: BUTTON })),
      ]);
    const page = opened(layOut(letter, look, body));
    return {
      body,
      page,
      withFoot: (foot) =>
        page.replace(FOOT, () => (foot === undefined ? '' : styledFoot(foot, look.footLink))),
    };
  }

  refuseTooDeep(text, tell);
  const html =
    letter.format === 'mjml' || letter.format === 'blocks'
      ? await renderMjml(text, { language: letter.language, marks, pieces, tell })
      : text;
  const body = sanitise(html, marks);
  const page = opened(asPage(letter, body));
  return {
    body,
    page,
    withFoot: (foot) => page.replace(FOOT, () => (foot === undefined ? '' : footOf(letter, foot))),
  };
}

function footOf({ format, brand }: LetterSource, foot: string): string {
  if (format !== 'blocks') return plainFoot(foot);
  const look = lookOf(brand.colour);
  return `<div class="foot" style="max-width:${COLUMN_PX}px;margin:0 auto;box-sizing:border-box;${look.foot}">${styledFoot(foot, look.footLink)}</div>`;
}

const DEPTH_MOST = 200;

function refuseTooDeep(text: string, tell: Tell): void {
  const at = tooDeep(text, DEPTH_MOST);
  if (at === undefined) return;
  const line = text.slice(0, at).split('\n').length;
  throw new LetterRefused([tell.atLine(line, fault('too-deep', { most: DEPTH_MOST }))]);
}

/** Authors write a whole document or only what stands in its body; both become a whole one. */
function asPage({ language, brand, format }: LetterSource, html: string): string {
  if (!/<body[\s>]/.test(html) || !/<html[\s>]/.test(html)) {
    const inner = html.replace(/<\/?(?:html|head|body)(?:\s[^>]*)?>/g, '');
    return asDocument(
      { language, title: brand.name },
      `<body style="margin:0">\n<div role="article" aria-roledescription="email" ${spokenIn(language)}>\n${inner.trim()}\n${FOOT}</div>\n</body>`,
    );
  }
  const spoken = html.replace(
    /<html([^>]*)>/,
    (_, attributes: string) => `<html${attributes}${missing(attributes, language)}>`,
  );
  const titled = spoken.replace(
    /<title>\s*<\/title>/,
    () => `<title>${escaped(brand.name)}</title>`,
  );
  return `<!doctype html>\n${withPlaceForFoot(titled.trim(), format === 'mjml' || format === 'blocks')}\n`;
}

function missing(attributes: string, language: string): string {
  return spokenIn(language)
    .split(' ')
    .filter((attribute) => !attributes.includes(` ${attribute.split('=')[0]}=`))
    .map((attribute) => ` ${attribute}`)
    .join('');
}

/** The foot belongs to the letter: inside MJML's own wrapper, else at the end of the author's body. */
function withPlaceForFoot(page: string, isMjml: boolean): string {
  const end = page.lastIndexOf('</body>');
  const wrapper = isMjml ? page.lastIndexOf('</div>', end) : -1;
  const at = wrapper === -1 ? end : wrapper;
  return page.slice(0, at) + FOOT + page.slice(at);
}
