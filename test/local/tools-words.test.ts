import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { HERE } from '../../infra/local/tools/voice.ts';
import { callTo, destination } from '../ports/mailer.ts';
import { openTown, type StoryTown } from '../town.ts';

const FRENCH = { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' };

/** The words of a page, without its tags. */
async function words(town: StoryTown, path: string, language: Record<string, string>) {
  const answer = await town.request(path, { headers: { accept: 'text/html', ...language } });
  const html = (await answer.text()).replace(/<style>.*<\/style>/s, '');
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  return { text, lang: /<html lang="(\w+)"/.exec(html)?.[1], answer };
}

describe('the pages of this machine', () => {
  test('say the same things in every language, and ask for the same facts', () => {
    const asked = (text: string) => [...new Set(text.match(/\{\w+(?=[,}])/g))].sort();
    const { fr, en, ...others } = HERE;
    expect(Object.keys(others)).toEqual([]);
    expect(Object.keys(en!)).toEqual(Object.keys(fr!));
    for (const [key, text] of Object.entries(fr!)) {
      const english = en![key as keyof typeof en];
      expect(asked(english), key).toEqual(asked(text));
      for (const one of [text, english]) expect(() => new IntlMessageFormat(one)).not.toThrow();
    }
  });

  test.each([
    ['/', 'Nous sommes le lundi 5 janvier 2026 à 11:00'],
    ['/clock', 'Le temps ne passe que si vous le laissez passer.'],
    ['/mailbox', 'ada@example.org · lettre · lundi 5 janvier 2026 à 11:00'],
    ['/mailbox/messages/1', 'Ce qu’il devient'],
    ['/mailbox/messages/1/headers', 'En-têtes'],
    ['/sign-in', 'À qui est cette maison ?'],
  ])('%s speaks French to a French browser', async (path, said) => {
    const town = await openTown();
    await town.ports.mailer.send(callTo(destination('ada@example.org')));
    const { text, lang, answer } = await words(town, path, FRENCH);
    expect(lang).toBe('fr');
    expect(answer.headers.get('content-language')).toBe('fr');
    expect(text).toContain(said);
    // Whatever the English page says in letters of its own is said in French here.
    const english = Object.entries(HERE['en']!).filter(
      ([key, one]) => one.length > 12 && one !== HERE['fr']![key as keyof (typeof HERE)['fr']],
    );
    for (const [key, one] of english) expect(text, key).not.toContain(one);
  });

  test('speak English to everybody else', async () => {
    const town = await openTown();
    for (const language of ['de-DE,de;q=0.9', 'en-US,fr;q=0.5', 'x'.repeat(5_000), ''])
      expect((await words(town, '/clock', { 'accept-language': language })).lang).toBe('en');
  });

  test('say in French why time stays where it is', async () => {
    const town = await openTown();
    const headers = { ...FRENCH, 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'local=2026-01-04T09:00';
    const answer = await town.request('/clock', { method: 'POST', headers, body });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(
      'Le temps reste où il est. L’horloge ne revient jamais en arrière.',
    );
  });
});
