import { say } from '../../base/words.ts';
import { inLanguage, type Brand } from '../../people/brand.ts';
import { escaped } from '../template/escapes.ts';
import { frenchSpaces } from '../template/markdown.ts';
import type { Leaf, Words } from './block.ts';
import type { BlockLook } from './block-look.ts';
import { fragmentOf, linesOf, plainWords } from './fragment.ts';

/** For whom a letter of blocks is made: the house, the language, the look. */
export type Setting = {
  readonly brand: Brand;
  readonly language: string;
  readonly look: BlockLook;
};

/** One component on one line; nothing for a block that says nothing yet. */
export function leafMjml(leaf: Leaf, setting: Setting, widthPx: number): string {
  const { look, language } = setting;
  switch (leaf.kind) {
    case 'heading': {
      const words = saidInLines(leaf.words, setting);
      const name = `h${leaf.level}`;
      return (
        words &&
        text(
          look.headings[leaf.level - 1]!,
          `<${name} style="margin:0;font-size:inherit;line-height:inherit">${words}</${name}>`,
        )
      );
    }
    case 'text': {
      const html = frenchIn(setting, inLanguage(leaf.words, language, setting.brand));
      const rich = fragmentOf(html, 'text', (name) => look.rich[name]);
      const shown = leaf.size === 'small' ? look.small : look.text;
      return hasWords(rich) ? text(shown, withoutLastSpace(rich)) : '';
    }
    case 'picture':
      return leaf.url && picture(leaf, setting, widthPx);
    case 'button': {
      const words = said(leaf.words, setting);
      return words && leaf.link
        ? `<mj-button css-class="button" href="${attribute(leaf.link)}" ${look.button}>${words}</mj-button>`
        : '';
    }
    case 'divider':
      return `<mj-divider css-class="line" ${look.divider} />`;
    case 'space':
      return `<mj-spacer height="${SPACES[leaf.height]}px" />`;
    case 'quote': {
      const words = saidInLines(leaf.words, setting);
      const by = leaf.by === undefined ? '' : said(leaf.by, setting);
      const byLine = by && `<p style="${look.by}">— ${by}</p>`;
      return (
        words &&
        text(
          look.text,
          `<blockquote style="${look.quote}"><p style="margin:0">${words}</p>${byLine}</blockquote>`,
        )
      );
    }
    case 'question':
      return question(leaf, setting);
    case 'pace':
      return text(look.small, paceSentence(language));
    case 'signature':
      return signature(leaf, setting);
    case 'html': {
      const html = fragmentOf(inLanguage(leaf.words, language, setting.brand), 'html');
      return html && `<mj-text css-class="own" ${look.own}>${html}</mj-text>`;
    }
  }
}

const SPACES = { small: 12, medium: 28, large: 56 };

const text = (attributes: string, inside: string) =>
  `<mj-text css-class="ink" ${attributes}>${inside}</mj-text>`;

function picture(
  { url, alt, link, width }: Extract<Leaf, { kind: 'picture' }>,
  setting: Setting,
  widthPx: number,
): string {
  const px = Math.floor(width === 'half' ? widthPx / 2 : widthPx);
  const href = link ? ` href="${attribute(link)}"` : '';
  return `<mj-image src="${attribute(url)}" alt="${said(alt, setting)}" width="${px}px"${href} ${setting.look.picture} />`;
}

/** The sentence of the foot, where its author wants it said. */
function paceSentence(language: string): string {
  const pace = say(language, 'mail.footer.pace', { pace: '%PACE%' });
  const change = escaped(say(language, 'mail.footer.change'));
  return `${escaped(pace).replace('%PACE%', '{{ frequency }}')} ${escaped(say(language, 'mail.footer.question'))} <a href="{{ links.preferences }}" style="text-decoration:underline;color:inherit">${change}</a>`;
}

function signature(
  { name, role, picture: url, answers }: Extract<Leaf, { kind: 'signature' }>,
  setting: Setting,
): string {
  if (name.trim() === '') return '';
  const { look, language } = setting;
  const who = plainWords(name);
  const roleLine = role === undefined ? '' : said(role, setting);
  const answer = answers ? say(language, 'mail.block.answers', { name: name.trim() }) : '';
  const lines = [
    `<strong>${who}</strong>`,
    ...[roleLine, escaped(answer)]
      .filter(Boolean)
      .map((line) => `<span style="${look.role}">${line}</span>`),
  ].join('<br>');
  const face = url
    ? `<td width="72" valign="top"><img src="${attribute(url)}" alt="" width="56" height="56" style="display:block;border-radius:28px"></td>`
    : '';
  return text(
    look.signature,
    `<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr>${face}<td valign="middle" style="${look.signed}">${lines}</td></tr></table>`,
  );
}

/** Each answer is a link to a page that shows it and has a button; the letter itself changes nothing. */
function question(
  { id, words, answers }: Extract<Leaf, { kind: 'question' }>,
  setting: Setting,
): string {
  const asked = said(words, setting);
  const each = answers.map((answer) => ({ id: answer.id, words: said(answer.words, setting) }));
  if (asked === '' || each.some((answer) => answer.words === '')) return '';
  const { look } = setting;
  const rows = each.map(
    (answer) =>
      `<tr><td style="padding:0 0 10px"><a href="{{ links.answer }}?q=${id}&amp;a=${answer.id}" class="answer" style="${look.answer}">${answer.words}</a></td></tr>`,
  );
  return text(
    look.text,
    `<p style="${look.asked}">${asked}</p><table role="presentation" border="0" cellpadding="0" cellspacing="0">${rows.join('')}</table>`,
  );
}

function said(words: Words, setting: Setting): string {
  return plainWords(frenchIn(setting, inLanguage(words, setting.language, setting.brand)));
}

/** The same, broken where its author broke it. */
function saidInLines(words: Words, setting: Setting): string {
  const text = frenchIn(setting, inLanguage(words, setting.language, setting.brand));
  return linesOf(text).map(plainWords).filter(Boolean).join('<br>');
}

const frenchIn = ({ language }: Setting, text: string) =>
  language === 'fr' ? text.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}|<[^>]*>|[^{<]+/g, spaced) : text;
const spaced = (part: string) => (/^[{<]/.test(part) ? part : frenchSpaces(part));

/** An address as its author wrote it: Liquid in it is read before any quote. */
const attribute = (url: string) => plainWords(url);

const hasWords = (html: string) => html.replace(/<[^>]*>/g, '').trim() !== '';

/** What stands last in a text needs no space below: its block has one. */
const withoutLastSpace = (html: string) =>
  html.replace(
    /style="margin:0 0 \d+px([^"]*)"(?=[^]*$)(?![^]*style="margin:0 0 )/,
    'style="margin:0$1"',
  );
