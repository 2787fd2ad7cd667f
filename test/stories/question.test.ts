import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/base/time.ts';
import { linkTo, openTown, type StoryTown } from '../town.ts';

const QUESTION = {
  id: 'taste',
  kind: 'question',
  words: { fr: 'Que préférez-vous ?', en: 'What do you prefer?' },
  answers: [
    { id: 'honey', words: { fr: 'Le miel', en: 'Honey' } },
    { id: 'wood', words: { fr: 'Le bois', en: 'Wood' } },
  ],
  field: 'taste',
};
const PROOF = { at: '2026-01-02T10:00:00Z', method: 'paper', words: 'Oui.' };

/** A letter that asks, in the mailbox of Ada. */
async function asked(more: object = {}) {
  const town = await openTown();
  await town.call('POST', '/topics', {
    id: 'arrivages',
    name: { fr: 'Arrivages', en: 'New in' },
    visibility: 'public',
  });
  const { id: ada } = await town.call<{ id: string }>('POST', '/people', {
    email: 'ada@example.org',
    language: 'fr',
    frequency: 'immediate',
    subscriptions: [{ topic: 'arrivages', consent: { state: 'given', proof: PROOF } }],
  });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Une question',
    topic: 'arrivages',
    subject: { fr: 'Une question', en: 'A question' },
    content: { format: 'blocks', source: { blocks: [{ ...QUESTION, ...more }] } },
  });
  await town.call('POST', `/campaigns/${id}/schedule`, {
    at: '2026-01-05T12:00',
    timeZone: 'Europe/Paris',
  });
  await town.passTime(3 * HOUR);
  const links = [
    ...town.lastMail('ada@example.org').html.matchAll(/href="([^"]*\/answer\/[^"]*)"/g),
  ];
  const [honey = '', wood = ''] = links.map(([, href]) =>
    href!.replaceAll('&amp;', '&').replace('http://localhost:3000', ''),
  );
  return { town, id, ada, honey, wood };
}
type Answers = { items: { id: string; answers: { id: string; count: number }[] }[] };
const counts = async (town: StoryTown, id: string) =>
  (await town.call<Answers>('GET', `/campaigns/${id}/answers`)).items[0]!.answers.map(
    ({ id: answer, count }) => [answer, count],
  );
const fieldsOf = async (town: StoryTown, id: string) =>
  (await town.call<{ fields: object }>('GET', `/people/${id}`)).fields;

describe('a question in a letter', () => {
  it('is answered by one tap and one button, and the house learns it', async () => {
    const { town, id, ada, wood } = await asked();
    const page = await town.open(wood);
    expect(page.html).toContain('Que préférez-vous ?');
    expect(await counts(town, id)).toEqual([
      ['honey', 0],
      ['wood', 0],
    ]);
    const after = await page.press('Le bois');
    expect(after.html).toContain('Votre réponse : « Le bois ».');
    expect(await counts(town, id)).toEqual([
      ['honey', 0],
      ['wood', 1],
    ]);
    expect(await fieldsOf(town, ada)).toEqual({ taste: 'wood' });
  });

  it('can be answered otherwise later, and counts each person once', async () => {
    const { town, id, ada, wood, honey } = await asked();
    await (await town.open(wood)).press('Le bois');
    await (await town.open(wood)).press('Le miel');
    await (await (await town.open(honey)).press('Le bois')).press('Le miel');
    expect(await counts(town, id)).toEqual([
      ['honey', 1],
      ['wood', 0],
    ]);
    expect(await fieldsOf(town, ada)).toEqual({ taste: 'honey' });
  });

  it('is not answered by a link that is only opened, altered, or of another purpose', async () => {
    const { town, id, wood } = await asked();
    const unsubscribe = linkTo('unsubscribe', town.lastMail('ada@example.org'));
    const [, token = ''] = /unsubscribe\/([^?]+)/.exec(unsubscribe) ?? [];
    expect((await town.request(`/answer/${token}?q=taste&a=wood`)).status).toBe(404);
    expect((await town.request(wood.replace(/\.(.)/, '.x$1'))).status).toBe(404);
    await town.request(wood);
    await town.request(wood, { method: 'HEAD' });
    expect((await counts(town, id)).map(([, count]) => count)).toEqual([0, 0]);
  });

  it('is refused with its page for an answer that it does not offer', async () => {
    const { town, id, wood } = await asked();
    const body = new URLSearchParams({ answer: 'stone' });
    expect((await town.request(wood, { method: 'POST', body })).status).toBe(422);
    expect((await counts(town, id)).map(([, count]) => count)).toEqual([0, 0]);
  });

  it('says that it is closed when it asks for a question that the letter has not', async () => {
    const { town, wood } = await asked();
    const page = await town.request(wood.replace('q=taste', 'q=smell'));
    expect(page.status).toBe(410);
    expect(await page.text()).toContain('plus ouverte');
  });

  it('costs no link of its own in a letter that asks nothing', async () => {
    const { town } = await asked({
      kind: 'text',
      words: '<p>Rien à demander.</p>',
      answers: undefined,
      field: undefined,
    });
    expect(town.lastMail('ada@example.org').html).not.toContain('/answer/');
  });
});
