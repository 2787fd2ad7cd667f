import { html } from 'hono/html';
import type { Markup } from '../base/page.ts';
import { longDateIn, say } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';
import type { ListedLetter } from './archive.ts';

/** What the house published for everybody. */
export function lettersPage(
  letters: readonly ListedLetter[],
  brand: Brand,
  language: string,
): Markup {
  const listed = letters.map(
    (letter) =>
      html`<li lang="${letter.language}">
        <p>
          <a href="${letter.url}">${letter.title}</a><br />
          <small>${longDateIn(language, brand.timeZone, letter.publishedAt)}</small>
        </p>
        ${letter.summary === '' ? '' : html`<p>${letter.summary}</p>`}
      </li>`,
  );
  return html`<h1>${say(language, 'letters.title')}</h1>
    <p>
      ${say(language, letters.length > 0 ? 'letters.intro' : 'letters.none', { brand: brand.name })}
    </p>
    ${
      letters.length > 0
        ? html`<ul>
            ${listed}
          </ul>`
        : ''
    }
    <p>
      <a href="/subscribe?lang=${language}">${say(language, 'letters.subscribe')}</a> ·
      <a href="/letters.rss?lang=${language}">${say(language, 'letters.feed')}</a>
    </p>`;
}

/** The same as RSS 2.0. */
export function lettersFeed(
  letters: readonly ListedLetter[],
  brand: Brand,
  language: string,
  publicUrl: string,
): string {
  const items = letters.map(
    ({ title, summary, url, publishedAt }) =>
      `<item><title>${inXml(title)}</title><link>${inXml(url)}</link><guid>${inXml(url)}</guid>` +
      `<pubDate>${new Date(publishedAt).toUTCString()}</pubDate><description>${inXml(summary)}</description></item>`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>` +
    `<title>${inXml(brand.name)}</title><link>${inXml(publicUrl)}/letters</link>` +
    `<description>${inXml(say(language, 'letters.intro', { brand: brand.name }))}</description>` +
    `<language>${language}</language>${items.join('')}</channel></rss>`
  );
}

function inXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
