import { say } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';
import type { ServiceLetter } from './delivery.ts';
import { serviceFooterOf } from './footer.ts';
import type { LetterSource } from './template/compile.ts';

/** A transactional letter as a template. Its words are plain text: nothing in them is markup or Liquid. */
export function serviceSource(letter: ServiceLetter, brand: Brand): LetterSource {
  const paragraphs = letter.paragraphs.map(plain);
  const button = letter.button
    ? [`[${plain(letter.button.label)}]({{ links.action }}){.button}`]
    : [];
  return {
    language: letter.language,
    subject: plainLine(letter.subject),
    format: 'markdown',
    source: [...paragraphs, ...button, ...letter.after.map(plain)].join('\n\n'),
    footer: serviceFooterOf(brand, letter.language),
    brand: brandOf(brand),
  };
}

export const serviceWhy = (letter: ServiceLetter, brand: Brand) =>
  say(letter.language, 'mail.why.service', { brand: brand.name });

/** What the layout shows of a house. */
export function brandOf(brand: Brand): LetterSource['brand'] {
  return {
    name: brand.name,
    colour: brand.colour,
    ...(brand.logoUrl === null ? {} : { logoUrl: brand.logoUrl }),
  };
}

/** Every sign that Markdown or Liquid could read is escaped. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#+\-.!|~&%$]/g, (sign) =>
      sign === '%' || sign === '$' ? sign : `\\${sign}`,
    );
}

/** One line of fixed text in a Liquid template. */
export const plainLine = (text: string) => text.replace(/\{(?=[{%])/g, '{ ');
