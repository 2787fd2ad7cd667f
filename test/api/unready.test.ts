import { describe, expect, it } from 'vitest';
import { withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Campaign = ProblemBody & {
  id: string;
  state: string;
  ready: boolean;
  remarks: { path: string; detail: string }[];
  content: { source: string };
};
const BROKEN = 'Bonjour\n\n{% if person.givenName %}oui';
const WHOLE = 'Bonjour\n\n{% if person.givenName %}oui{% endif %}';
const contentOf = (source: string) => ({ content: { format: 'markdown', source } });
const NOON = { at: '2026-01-06T12:00', timeZone: 'Europe/Paris' };

async function house() {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  const letter = { name: 'One', topic: 'news', subject: 'One', ...contentOf('One') };
  const made = await desk.ask<Campaign>('POST', '/campaigns', letter);
  const path = `/campaigns/${made.body.id}`;
  const save = (source: string, query = '?unready=keep') =>
    desk.ask<Campaign>('PATCH', path + query, contentOf(source), { 'if-match': '*' });
  const show = async () => (await desk.ask<Campaign>('GET', path)).body;
  return { desk, letter, path, save, show };
}

describe('a letter that is not finished', () => {
  it('is kept as it was left, with the line and column to mend, and goes on from there', async () => {
    const { desk, save, show } = await house();
    const saved = await save(BROKEN);
    expect(saved.status).toBe(200);
    for (const body of [saved.body, await show()]) {
      expect([body.ready, body.content.source]).toEqual([false, BROKEN]);
      expect(body.remarks[0]?.path).toMatch(/^content\.source:3:\d+$/);
    }
    const list = await desk.ask<{ items: Campaign[] }>('GET', '/campaigns');
    expect(list.body.items.map(({ ready }) => ready)).toEqual([false]);
    const mended = await save(WHOLE);
    expect([mended.body.ready, mended.body.remarks]).toEqual([true, []]);
  });

  it('is refused, and nothing is changed, when a program does not ask to keep it', async () => {
    const { save, show } = await house();
    const refused = await save(BROKEN, '');
    expect([refused.status, refused.body.code]).toEqual([422, 'template-invalid']);
    expect((await show()).content.source).toBe('One');
  });

  it('reaches nobody: it is not rehearsed, tried, scheduled or given to a second person', async () => {
    const { desk, path, save, show } = await house();
    await save(BROKEN);
    const largeSend = { readers: 0, needs: 'second-person' };
    for (const care of [{}, { largeSend }]) {
      await desk.ask('PATCH', '/brand', care, { 'if-match': '*' });
      for (const [act, body] of [
        ['dry-run', undefined],
        ['test', { to: 'claire@example.org' }],
        ['schedule', NOON],
        ['schedule', { ...NOON, expect: 0 }],
      ] as const) {
        const answer = await desk.ask<ProblemBody>('POST', `${path}/${act}`, body);
        expect([act, answer.status, answer.body.code]).toEqual([act, 422, 'template-invalid']);
        expect(answer.body.errors?.[0]?.path).toMatch(/^content\.source:3:/);
      }
      expect(await show()).toMatchObject({ state: 'draft', asked: null });
    }
    await save(WHOLE);
    await desk.ask(
      'PATCH',
      '/brand',
      { largeSend: { readers: 5, needs: 'number' } },
      { 'if-match': '*' },
    );
    const done = await desk.ask<Campaign>('POST', `${path}/schedule`, NOON);
    expect([done.status, done.body.state, done.body.ready]).toEqual([200, 'scheduled', true]);
  });

  it('is in the versions, is gone back to, and is doubled, like every other', async () => {
    const { desk, path, save, show } = await house();
    await save(BROKEN);
    await desk.passTime(6 * 60_000);
    await save(WHOLE);
    type Versions = { items: { number: number }[] };
    const { items } = (await desk.ask<Versions>('GET', `${path}/versions`)).body;
    const back = await desk.ask<Campaign>(
      'POST',
      `${path}/versions/${items[0]!.number}/restore`,
      undefined,
      { 'if-match': '*' },
    );
    expect([back.status, back.body.ready]).toEqual([200, false]);
    expect((await show()).content.source).toBe(BROKEN);
    const twin = await desk.ask<Campaign>('POST', `${path}/duplicate`);
    expect([twin.status, twin.body.ready, twin.body.content.source]).toEqual([201, false, BROKEN]);
  });

  it('may begin so: what was brought along is kept before it is mended', async () => {
    const { desk, letter } = await house();
    const made = await desk.ask<Campaign>('POST', '/campaigns?unready=keep', {
      ...letter,
      ...contentOf(BROKEN),
    });
    expect([made.status, made.body.ready]).toEqual([201, false]);
  });

  it('whose end has passed meanwhile is kept too, and does not leave', async () => {
    const { desk, path, show } = await house();
    const expiresAt = '2026-01-05T11:00:00Z';
    const change = (body: object) =>
      desk.ask<Campaign>('PATCH', `${path}?unready=keep`, body, { 'if-match': '*' });
    await change({ expiresAt });
    await desk.passTime(2 * 3_600_000);
    expect((await change({ name: 'Two' })).body.ready).toBe(false);
    expect((await show()).remarks.map((remark) => remark.path)).toEqual(['expiresAt']);
    const answer = await desk.ask<ProblemBody>('POST', `${path}/schedule`, NOON);
    expect([answer.status, answer.body.code]).toEqual([422, 'moment-passed']);
  });
});
