import { directionOf } from '../../base/words.ts';
import { escaped } from './escapes.ts';
import type { LetterSource } from './letter.ts';
import { COLUMN_PX, type Look } from './look.ts';

/** Our own letter: one calm column, light and dark, read in order by a screen reader. */
export function layOut(
  { language, brand }: Pick<LetterSource, 'language' | 'brand'>,
  look: Look,
  body: string,
): string {
  const name = escaped(brand.name);
  const logo = brand.logoUrl
    ? `<img src="${escaped(brand.logoUrl)}" alt="${name}" height="40" style="height:40px;width:auto;border:0" class="name">`
    : `<span class="name" style="${look.name}">${name}</span>`;
  const table = (attributes: string, inner: string) =>
    `<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" ${attributes}>\n${inner}\n</table>`;
  const column = table(
    `style="max-width:${COLUMN_PX}px;margin:0 auto"`,
    `<tr><td class="head" style="${look.head}">${logo}</td></tr>
<tr><td class="card" style="${look.card}">
${body.trim()}
</td></tr>
<tr><td class="foot" style="${look.foot}">${FOOT}</td></tr>`,
  );
  const page = table(
    `class="page" style="${look.page}"`,
    `<tr><td align="center" style="padding:20px 10px">
<!--[if mso]><table role="presentation" align="center" width="${COLUMN_PX}"><tr><td><![endif]-->
${column}
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>`,
  );
  return asDocument(
    { language, title: brand.name, css: look.css },
    `<body class="page" style="${look.page}">\n<div role="article" aria-roledescription="email" aria-label="${name}" ${spokenIn(language)}>\n${page}\n</div>\n</body>`,
  );
}

/** Where the foot goes in our own layout. */
export const FOOT = '<!--foot-->';

/** The attributes that tell a screen reader the voice and a browser the direction. */
export const spokenIn = (language: string) =>
  `lang="${escaped(language)}" dir="${directionOf(language)}"`;

/** A body becomes a document that mail programs read as it was meant. */
export function asDocument(
  {
    language,
    title,
    css,
  }: { readonly language: string; readonly title: string; readonly css?: string },
  body: string,
): string {
  // Words whose colour was chosen for white paper stay on white paper.
  const scheme = css === undefined ? 'light' : 'light dark';
  return `<!doctype html>
<html ${spokenIn(language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${scheme}">
<meta name="supported-color-schemes" content="${scheme}">
<title>${escaped(title)}</title>
${css === undefined ? '' : `<style>${css}</style>\n`}</head>
${body}
</html>
`;
}

/** What a mailbox shows beside the subject, then blanks so that it shows nothing after it. */
export function hiddenPreheader(preheader: string): string {
  const blanks = '\u00a0\u200c'.repeat(80);
  return `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px">${preheader}${blanks}</div>`;
}

/** A foot for a letter whose layout is its author's. */
export function plainFoot(html: string): string {
  return `<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td align="center" style="padding:24px 16px"><table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" style="max-width:${COLUMN_PX}px"><tr><td style="font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:1.6;color:#665d59;background:#ffffff;border-radius:10px;padding:16px 20px 6px">${styledFoot(html, 'color:#665d59;text-decoration:underline')}</td></tr></table></td></tr></table>`;
}

/** Gives links and paragraphs of a foot their look, where they have none of their own. */
export function styledFoot(html: string, link: string): string {
  return html.replace(/<(p|a)(?=[\s>])([^>]*)>/g, (all, name: string, rest: string) =>
    /\sstyle=/.test(rest)
      ? all
      : `<${name} style="${name === 'a' ? link : 'margin:0 0 10px'}"${rest}>`,
  );
}
