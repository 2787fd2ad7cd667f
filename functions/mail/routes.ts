import type { Context } from 'hono';
import { newApp } from '../base/http.ts';
import { answerPage, languageAccepted, languageAsked } from '../base/page.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { say, spoken } from '../base/words.ts';
import { readBrand } from '../people/store.ts';
import { publicLetters } from './archive.ts';
import { lettersFeed, lettersPage } from './pages.ts';
import { viewedLetter } from './viewed.ts';

/** Letters on the web: each under its unlisted page, the public ones in a list and a feed. */
export function letterRoutes(ports: Ports) {
  const house = async (c: Context) => {
    const brand = await readBrand(ports);
    c.header('vary', 'accept-language');
    const language = spoken(languageAsked(c, brand), languageAccepted(c, brand), brand.language);
    return { brand, language };
  };
  return newApp()
    .get('/view/:token', async (c) => {
      const letter = await viewedLetter(ports, c.req.param('token'));
      if (letter === undefined) throw new Problem('not-found');
      return c.html(letter, 200, {
        'content-security-policy':
          "default-src 'none'; img-src 'self' https: data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
        'cache-control': 'public, max-age=60',
        'x-content-type-options': 'nosniff',
      });
    })
    .get('/letters', async (c) => {
      const { brand, language } = await house(c);
      const letters = await publicLetters(ports, brand, language);
      return answerPage(c, 200, {
        brand,
        home: ports.publicUrl,
        language,
        title: say(language, 'letters.title'),
        body: lettersPage(letters, brand, language),
      });
    })
    .get('/letters.rss', async (c) => {
      const { brand, language } = await house(c);
      const letters = await publicLetters(ports, brand, language);
      return c.body(lettersFeed(letters, brand, language, ports.publicUrl), 200, {
        'content-type': 'application/rss+xml; charset=utf-8',
        'cache-control': 'public, max-age=300',
      });
    });
}
