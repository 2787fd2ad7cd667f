import { say, type WordKey } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';

/** The foot of every letter, in Liquid: why it came, the pace, the way out, and who writes from where. */
export function footerOf(brand: Brand, language: string): { html: string; text: string } {
  const t = (key: WordKey) => say(language, key);
  const house = `${brand.legalName}, ${brand.postalAddress}`;
  const pace = say(language, 'mail.footer.pace', { pace: '%PACE%' });
  return {
    html: [
      `<p>{{ why }}</p>`,
      `<p>${inHtml(pace).replace('%PACE%', '{{ frequency }}')} ${inHtml(t('mail.footer.question'))}<br>`,
      `<a href="{{ links.preferences }}">${inHtml(t('mail.footer.change'))}</a> · `,
      `<a href="{{ links.unsubscribe }}">${inHtml(t('mail.footer.unsubscribe'))}</a> · `,
      `<a href="{{ links.view }}">${inHtml(t('mail.footer.view'))}</a></p>`,
      `<p>${inHtml(house)}</p>`,
    ].join(''),
    text: [
      '{{ why }}',
      `${inText(pace).replace('%PACE%', '{{ frequency }}')} ${t('mail.footer.question')}`,
      `${t('mail.footer.change')} ({{ links.preferences }})`,
      `${t('mail.footer.unsubscribe')} ({{ links.unsubscribe }})`,
      `${t('mail.footer.view')} ({{ links.view }})`,
      inText(house),
    ].join('\n'),
  };
}

/** The foot of a mail that was asked for or is owed: who writes, and how to stop being written to. */
export function serviceFooterOf(brand: Brand, language: string): { html: string; text: string } {
  const house = `${brand.legalName}, ${brand.postalAddress}`;
  const stop = say(language, 'mail.footer.stop');
  return {
    html: `<p>{{ why }}</p><p><a href="{{ links.unsubscribe }}">${inHtml(stop)}</a></p><p>${inHtml(house)}</p>`,
    text: `{{ why }}\n${inText(stop)} ({{ links.unsubscribe }})\n${inText(house)}`,
  };
}

/** Fixed text in a Liquid template in HTML: nothing in it may open a tag of either language. */
function inHtml(text: string): string {
  return text.replace(/[&<>"'{}%]/g, (sign) => (sign === '%' ? '%' : `&#${sign.charCodeAt(0)};`));
}

function inText(text: string): string {
  return text.replace(/\{(?=[{%])/g, '{ ');
}
