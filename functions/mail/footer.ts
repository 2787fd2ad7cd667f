import { say, type WordKey } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';

/** The paragraph of the foot that is for a letter's reader alone: on the web others stand in its place. */
const FOR_ITS_READER = 'for-its-reader';
const OF_ITS_READER = new RegExp(`(<p[^>]*) class="${FOR_ITS_READER}">.*?</p>`, 'gs');

/** A letter on the web: whoever reads it there has no pace to change, and reads online already. */
export function footForAnybody(
  html: string,
  language: string,
  { subscribe, letters }: { readonly subscribe: string; readonly letters: string },
): string {
  const link = (url: string, key: WordKey) =>
    `<a href="${inHtml(url)}">${inHtml(say(language, key))}</a>`;
  const ways = `${link(subscribe, 'letters.subscribe')} · ${link(letters, 'letters.title')}`;
  return html.replace(OF_ITS_READER, (foot, opening: string) => {
    const look = /<a( style="[^"]*")/.exec(foot)?.[1] ?? '';
    return `${opening}>${ways.replaceAll('<a', `<a${look}`)}</p>`;
  });
}

/** The foot of every letter, in Liquid: why it came, the pace, the way out, and who writes from where. */
export function footerOf(brand: Brand, language: string): { html: string; text: string } {
  const t = (key: WordKey) => say(language, key);
  const house = `${brand.legalName}, ${brand.postalAddress}`;
  const pace = say(language, 'mail.footer.pace', { pace: '%PACE%' });
  return {
    html: [
      `<p>{{ why }}</p>`,
      `<p class="${FOR_ITS_READER}">${inHtml(pace).replace('%PACE%', '{{ frequency }}')} ${inHtml(t('mail.footer.question'))}<br>`,
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
