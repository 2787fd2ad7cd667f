import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { styleFor } from './page-style.ts';
import { directionOf, say, speaks } from './words.ts';

export type Markup = ReturnType<typeof html>;

/** Whose page it is: as much of a brand as a page shows. */
export type PageBrand = {
  readonly name: string;
  readonly legalName: string;
  readonly postalAddress: string;
  readonly privacyUrl: string | null;
  readonly colour: string;
  readonly logoUrl: string | null;
  readonly languages: readonly string[];
};

export type Page = {
  readonly brand: PageBrand;
  /** Where our own pages stand. */
  readonly home: string;
  readonly language: string;
  readonly title: string;
  readonly body: Markup;
};

/**
 * Answers a whole page. Nothing in it comes from anywhere else and nothing in it runs; the address
 * it stands at is told to nobody, because it may hold a token.
 */
export async function answerPage(
  c: Context,
  status: ContentfulStatusCode,
  page: Page,
): Promise<Response> {
  const style = stylesheet(page.brand.colour);
  const markup = await frame(c, page, style.text);
  return c.html(squeezed(markup.toString()), status, {
    'content-language': page.language,
    'content-security-policy': policy(style.hash),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}

/**
 * A page fits into the first packets of an answer: what is there for the eyes of its writer is left
 * out. Text is escaped by then, so no reader's word can look like the end of a tag.
 */
function squeezed(markup: string): string {
  return markup
    .replace(/\s*\n\s*/g, '\n')
    .replace(/\s*\/?>\n?(?=[^<\n]*\n?<\/option>)/g, '>')
    .replace(/\s*<\/option>/g, '')
    .replace(/(?<=")\s*\/?>/g, '>')
    .replace(/\n>/g, '>');
}

function frame(c: Context, { brand, home, language, title, body }: Page, style: string): Markup {
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${brand.name}</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">${say(language, 'frame.skip')}</a>
        <header>${signOf(brand, home)} ${languageSwitch(c, brand, language)}</header>
        <main id="main">${body}</main>
        <footer>
          ${brand.legalName}, ${brand.postalAddress}
          ${
            brand.privacyUrl
              ? html`· <a href="${brand.privacyUrl}">${say(language, 'frame.privacy')}</a>`
              : ''
          }
        </footer>
      </body>
    </html>`;
}

/** A logo is shown from our own house only: a picture from elsewhere would tell who looks. */
function signOf({ name, logoUrl }: PageBrand, home: string): Markup {
  return logoUrl?.startsWith(`${home}/`)
    ? html`<img src="${logoUrl}" alt="${name}" />`
    : html`<b>${name}</b>`;
}

/** The same address in another language; other questions in the address stay as they are. */
function languageSwitch(c: Context, { languages }: PageBrand, language: string): Markup | string {
  const offered = languages.filter(speaks);
  if (offered.length < 2) return '';
  const links = offered.map((other) => {
    const name = say(other, 'language.name');
    if (other === language) return html`<span lang="${other}" aria-current="true">${name}</span>`;
    const query = new URLSearchParams({ ...c.req.query(), lang: other });
    return html`<a lang="${other}" hreflang="${other}" href="?${query.toString()}">${name}</a>`;
  });
  return html`<nav aria-label="${say(language, 'language.switch')}">${links}</nav>`;
}

/** The language asked for in the address, when it is one we and the brand speak. */
export function languageAsked(c: Context, brand: Pick<PageBrand, 'languages'>): string | undefined {
  const asked = c.req.query('lang');
  return asked !== undefined && brand.languages.includes(asked) && speaks(asked)
    ? asked
    : undefined;
}

/** The first of a browser's languages that the brand and we speak. */
export function languageAccepted(
  c: Context,
  brand: Pick<PageBrand, 'languages'>,
): string | undefined {
  return (c.req.header('accept-language') ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => brand.languages.includes(language) && speaks(language));
}

const policy = (hash: string) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const stylesheets = new Map<string, { readonly text: string; readonly hash: string }>();

function stylesheet(colour: string) {
  let made = stylesheets.get(colour);
  if (!made) {
    const text = styleFor(colour);
    made = { text, hash: createHash('sha256').update(text).digest('base64') };
    stylesheets.set(colour, made);
  }
  return made;
}
