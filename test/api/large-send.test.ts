import { describe, expect, it } from 'vitest';
import { memberOf, type Role } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { someIssuer } from '../team/issuer.ts';
import { addPerson, given, withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Campaign = ProblemBody & {
  id: string;
  state: string;
  schedule: { startsAt: string } | null;
  asked: { by: { name: string }; leaves: { at: string } } | null;
  checked: { by: { name: string }; how: string; second: { name: string } | null } | null;
};
type Log = { items: { act: string; outcome: string; facts: object; by: { name: string } }[] };

/** A house for which three readers are many, and a letter to all three. */
async function house(needs: 'number' | 'second-person') {
  const { signIn, token } = someIssuer();
  const desk = await openDesk({ signIn });
  const add = async (name: string, role: Role) => {
    const member = memberOf(desk.ports, { name, email: `${name}@example.org`, role });
    await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
    return { authorization: `Bearer ${await token(member.email)}` };
  };
  await withTopics(desk, 'news');
  for (const name of ['a', 'b', 'c'])
    await addPerson(desk, { email: `${name}@example.org`, subscriptions: [given('news')] });
  const largeSend = { readers: 2, needs };
  await desk.ask('PATCH', '/brand', { largeSend }, { 'if-match': '*' });
  const letter = {
    name: 'One',
    topic: 'news',
    subject: 'One',
    content: { format: 'markdown', source: 'One' },
  };
  const { body } = await desk.ask<Campaign>('POST', '/campaigns', letter);
  const path = `/campaigns/${body.id}`;
  const show = async () => (await desk.ask<Campaign>('GET', path)).body;
  const schedule = (headers: Record<string, string>, more: object = {}) =>
    desk.ask<Campaign>(
      'POST',
      `${path}/schedule`,
      { at: 'now', timeZone: 'Europe/Paris', ...more },
      headers,
    );
  return {
    desk,
    path,
    show,
    schedule,
    nadia: await add('nadia', 'sender'),
    omar: await add('omar', 'sender'),
  };
}
const inMinutes = (at: number, minutes: number) => new Date(at + minutes * 60_000).toISOString();

describe('a send to many', () => {
  it('wants its number typed, the right one, and leaves in two minutes', async () => {
    const { desk, schedule, nadia } = await house('number');
    const blind = await schedule(nadia);
    expect([blind.status, blind.body.code]).toEqual([409, 'second-look-needed']);
    const wrong = await schedule(nadia, { expect: 30 });
    expect(wrong.body.code).toBe('expected-another-number');
    const soon = await schedule(nadia, { expect: 3, at: '2026-01-05T11:01' });
    expect(soon.body).toMatchObject({ state: 'scheduled', checked: { how: 'number' } });
    expect(soon.body.schedule?.startsAt).toBe(inMinutes(desk.ports.now(), 2));
    const { items } = (await desk.ask<Log>('GET', '/audit')).body;
    expect(
      items.find(({ outcome, act }) => /schedule/.test(act) && outcome === 'done'),
    ).toMatchObject({
      by: { name: 'nadia' },
      facts: { readers: 3, typed: true },
    });
  });

  it('waits for a second person, who is not the first and not a program', async () => {
    const { desk, path, show, schedule, nadia, omar } = await house('second-person');
    const asked = await schedule(nadia);
    expect(asked.body).toMatchObject({ state: 'draft', asked: { by: { name: 'nadia' } } });
    const yes = (headers?: Record<string, string>) =>
      desk.ask<Campaign>('POST', `${path}/approve`, undefined, headers);
    for (const headers of [nadia, undefined])
      expect((await yes(headers)).body.code).toBe('second-person-needed');
    await desk.passTime(3_600_000);
    const done = await yes(omar);
    expect(done.body).toMatchObject({
      state: 'scheduled',
      asked: null,
      checked: { how: 'second-person', by: { name: 'nadia' }, second: { name: 'omar' } },
    });
    expect(done.body.schedule?.startsAt).toBe(inMinutes(desk.ports.now(), 2));
    expect((await yes(omar)).body.code).toBe('state-does-not-allow');
    await desk.passTime(3 * 60_000);
    expect((await show()).state).toBe('sent');
  });

  it('of a program needs no number typed, but waits for a second person where the house wants one', async () => {
    const numbered = await house('number');
    const done = await numbered.schedule({});
    expect(done.body).toMatchObject({ state: 'scheduled', checked: { how: 'program' } });
    const { schedule, desk, path, omar } = await house('second-person');
    expect((await schedule({})).body).toMatchObject({
      state: 'draft',
      asked: { by: { name: 'laptop' } },
    });
    const yes = await desk.ask<Campaign>('POST', `${path}/approve`, undefined, omar);
    expect(yes.body.state).toBe('scheduled');
  });

  it('has to be asked for again when its letter has changed meanwhile', async () => {
    const { desk, path, show, schedule, nadia, omar } = await house('second-person');
    await schedule(nadia);
    await desk.ask('PATCH', path, { subject: 'Another' }, { 'if-match': '*' });
    expect((await show()).asked).toBeNull();
    const yes = await desk.ask<Campaign>('POST', `${path}/approve`, undefined, omar);
    expect(yes.body.code).toBe('state-does-not-allow');
  });

  it.each(['number', 'second-person'] as const)('can be taken back (%s)', async (needs) => {
    const { desk, path, show, schedule, nadia } = await house(needs);
    await schedule(nadia, { expect: 3 });
    await desk.ask('POST', `${path}/unschedule`, undefined, nadia);
    expect(await show()).toMatchObject({
      state: 'draft',
      asked: null,
      checked: null,
      schedule: null,
    });
    await desk.passTime(600_000);
    expect(desk.mailbox.count()).toBe(0);
  });
});

describe('a send to few', () => {
  it('wants neither, and "now" still leaves two minutes to take it back', async () => {
    const { desk, schedule, nadia } = await house('second-person');
    await desk.ask(
      'PATCH',
      '/brand',
      { largeSend: { readers: 3, needs: 'second-person' } },
      { 'if-match': '*' },
    );
    const readers = await schedule(nadia, { timeZone: 'reader' });
    expect(readers.status).toBe(422);
    const done = await schedule(nadia);
    expect(done.body).toMatchObject({ state: 'scheduled', checked: { how: 'few' } });
    expect(done.body.schedule?.startsAt).toBe(inMinutes(desk.ports.now(), 2));
  });
});
