import { describe, expect, it } from 'vitest';
import { memberOf, type Role } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { someIssuer } from '../team/issuer.ts';
import { addPerson, given, withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Campaign = ProblemBody & {
  id: string;
  state: string;
  asked: { by: { name: string }; leaves: { at: string } } | null;
  checked: { by: { name: string }; how: string; second: { name: string } | null } | null;
  occurrence: { date: string; waits: string | null } | null;
};
type Page = { items: Campaign[] };
type Log = { items: { act: string; outcome: string; facts: object; by: { name: string } }[] };
const DAY = 86_400_000;
const RHYTHM = { unit: 'week', weekdays: [4], at: '10:00', timeZone: 'Europe/Paris' };

/** A house for which three readers are many, with so many of them. */
async function house(needs: 'number' | 'second-person', readers: number) {
  const { signIn, token } = someIssuer();
  const desk = await openDesk({ signIn });
  const add = async (name: string, role: Role) => {
    const member = memberOf(desk.ports, { name, email: `${name}@example.org`, role });
    await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
    return async () => ({ authorization: `Bearer ${await token(member.email)}` });
  };
  await withTopics(desk, 'news');
  let people = 0;
  const joined = async (more: number) => {
    for (const until = people + more; people < until; people += 1)
      await addPerson(desk, { email: `r${people}@example.org`, subscriptions: [given('news')] });
  };
  await joined(readers);
  await desk.ask('PATCH', '/brand', { largeSend: { readers: 2, needs } }, { 'if-match': '*' });
  const { body } = await desk.ask<Campaign>('POST', '/campaigns', {
    name: 'One',
    topic: 'news',
    subject: 'One',
    content: { format: 'markdown', source: 'One' },
  });
  const path = `/campaigns/${body.id}`;
  const nadia = await add('nadia', 'sender');
  const omar = await add('omar', 'sender');
  const letters = async () =>
    (await desk.ask<Page>('GET', `/campaigns?series=${body.id}`)).body.items.toReversed();
  return {
    ...{ desk, path, joined, nadia, omar, letters },
    show: async () => (await desk.ask<Campaign>('GET', path)).body,
    repeat: async (headers: Record<string, string>, more: object = {}) => {
      const answer = await desk.ask<Campaign>(
        'POST',
        `${path}/repeat`,
        { rhythm: RHYTHM, ...more },
        headers,
      );
      await desk.drain();
      return answer;
    },
    standing: async () =>
      (await letters()).map(({ state, occurrence }) => [state, occurrence?.waits ?? null]),
  };
}

describe('a letter to many that leaves again and again', () => {
  it('wants its number typed once, which counts for those to come while not many more get them', async () => {
    const { desk, repeat, nadia, joined, standing, letters } = await house('number', 10);
    const blind = await repeat(await nadia());
    expect([blind.status, blind.body.code]).toEqual([409, 'second-look-needed']);
    expect((await repeat(await nadia(), { expect: 3 })).body.code).toBe('expected-another-number');
    const done = await repeat(await nadia(), { expect: 10 });
    expect(done.body).toMatchObject({ state: 'recurring', checked: { how: 'number' } });
    const { items } = (await desk.ask<Log>('GET', '/audit')).body;
    expect(
      items.find(({ outcome, act }) => /repeat/.test(act) && outcome === 'done'),
    ).toMatchObject({
      by: { name: 'nadia' },
      facts: { readers: 10, typed: true, first: '2026-01-08' },
    });
    await joined(2);
    await desk.passTime(9 * DAY);
    expect(await standing()).toEqual([
      ['sent', null],
      ['scheduled', null],
    ]);
    expect((await letters())[0]?.checked).toMatchObject({ by: { name: 'nadia' }, how: 'number' });
    await desk.passTime(2 * DAY);
    await joined(1);
    await desk.passTime(4 * DAY);
    expect(await standing()).toEqual([
      ['sent', null],
      ['sent', null],
      ['draft', 'more-readers'],
    ]);
    const waiting = (await letters())[2]!;
    const typed = { at: '2026-01-22T10:00', timeZone: 'Europe/Paris', expect: 13 };
    await desk.ask('POST', `/campaigns/${waiting.id}/schedule`, typed, await nadia());
    await desk.passTime(7 * DAY);
    expect((await letters())[2]?.state).toBe('sent');
  });

  it('waits for a second person, who says yes to all of them; and for another when many more get one', async () => {
    const { desk, path, repeat, nadia, omar, joined, show, standing, letters } = await house(
      'second-person',
      10,
    );
    const asked = await repeat(await nadia());
    expect(asked.body).toMatchObject({
      state: 'draft',
      asked: { by: { name: 'nadia' }, leaves: { at: '2026-01-08T10:00' } },
    });
    const wish = await desk.ask<{ asked: object }>('GET', `${path}/repeat`);
    expect(wish.body.asked).toMatchObject({ rhythm: RHYTHM });
    const own = await desk.ask<Campaign>('POST', `${path}/approve`, undefined, await nadia());
    expect(own.body.code).toBe('second-person-needed');
    const yes = await desk.ask<Campaign>('POST', `${path}/approve`, undefined, await omar());
    expect(yes.body).toMatchObject({
      state: 'recurring',
      asked: null,
      checked: { how: 'second-person', by: { name: 'nadia' }, second: { name: 'omar' } },
    });
    await desk.drain();
    await desk.passTime(4 * DAY);
    await joined(5);
    await desk.passTime(5 * DAY);
    expect(await standing()).toEqual([
      ['sent', null],
      ['draft', 'more-readers'],
    ]);
    const waiting = (await letters())[1]!;
    expect(waiting.asked).toMatchObject({ leaves: { at: '2026-01-15T10:00' } });
    await desk.ask('POST', `/campaigns/${waiting.id}/approve`, undefined, await omar());
    await desk.passTime(2 * DAY);
    expect((await letters())[1]?.state).toBe('sent');
    expect((await show()).state).toBe('recurring');
  });

  it('is counted again when it leaves: many more readers since it was made, and somebody looks first', async () => {
    const { desk, repeat, nadia, joined, standing, letters } = await house('number', 10);
    await repeat(await nadia(), { expect: 10 });
    expect(await standing()).toEqual([['scheduled', null]]);
    await joined(3);
    await desk.passTime(4 * DAY);
    expect((await standing())[0]).toEqual(['draft', 'more-readers']);
    expect(desk.mailbox.count()).toBe(0);
    const [waiting] = await letters();
    const path = `/campaigns/${waiting!.id}/schedule`;
    const now = { at: 'now', timeZone: 'Europe/Paris' };
    const blind = await desk.ask<ProblemBody>('POST', path, now, await nadia());
    expect(blind.body.code).toBe('second-look-needed');
    await desk.ask('POST', path, { ...now, expect: 13 }, await nadia());
    await joined(9);
    await desk.passTime(DAY);
    // Who typed its number has seen it: it goes its own way, to whoever is there.
    expect((await standing())[0]).toEqual(['sent', null]);
    expect(desk.mailbox.count()).toBe(22);
  });

  it('leaves as it was made while a few more came, and counts for each date alone', async () => {
    const { desk, repeat, nadia, joined, standing } = await house('number', 10);
    await repeat(await nadia(), { expect: 10 });
    await joined(2);
    await desk.passTime(4 * DAY);
    expect((await standing())[0]).toEqual(['sent', null]);
    expect(desk.mailbox.count()).toBe(12);
  });

  it('that has grown asks the second person, whose yes lets it go at once', async () => {
    const { desk, path, repeat, nadia, omar, joined, letters, standing } = await house(
      'second-person',
      10,
    );
    await repeat(await nadia());
    await desk.ask('POST', `${path}/approve`, undefined, await omar());
    await desk.drain();
    await joined(3);
    await desk.passTime(4 * DAY);
    expect((await standing())[0]).toEqual(['draft', 'more-readers']);
    const [waiting] = await letters();
    expect(waiting!.asked).toMatchObject({ by: { name: 'nadia' }, leaves: { at: 'now' } });
    await desk.ask('POST', `/campaigns/${waiting!.id}/approve`, undefined, await omar());
    await desk.passTime(3 * 60_000);
    expect((await standing())[0]).toEqual(['sent', null]);
    expect(desk.mailbox.count()).toBe(13);
  });

  it('keeps its rhythm while another one waits for a second person', async () => {
    const { desk, path, repeat, nadia, omar, show, letters } = await house('second-person', 3);
    await repeat(await nadia());
    await desk.ask('POST', `${path}/approve`, undefined, await omar());
    await repeat(await nadia(), { rhythm: { ...RHYTHM, weekdays: [5] } });
    expect(await show()).toMatchObject({ state: 'recurring', asked: { by: { name: 'nadia' } } });
    await desk.ask('POST', `${path}/unschedule`, undefined, await nadia());
    expect(await show()).toMatchObject({ state: 'recurring', asked: null });
    await desk.passTime(5 * DAY);
    expect((await letters()).map(({ occurrence }) => occurrence?.date)).toEqual(['2026-01-08']);
  });

  it('is looked at again once its words have changed', async () => {
    const { desk, path, repeat, nadia, standing } = await house('number', 10);
    await repeat(await nadia(), { expect: 10 });
    await desk.ask('PATCH', path, { subject: 'Another' }, { 'if-match': '*' });
    await desk.passTime(DAY);
    expect(await standing()).toEqual([['draft', 'more-readers']]);
    await repeat(await nadia(), { expect: 10 });
    expect(await standing()).toEqual([['scheduled', null]]);
  });

  it('cannot be left half written, because it leaves by itself', async () => {
    const { desk, repeat, nadia, standing, path } = await house('number', 1);
    await repeat(await nadia(), { rhythm: { ...RHYTHM, from: '2026-02-01' } });
    const broken = { content: { format: 'markdown', source: '{{ nonsense' } };
    const refused = await desk.ask<ProblemBody>('PATCH', `${path}?unready=keep`, broken, {
      'if-match': '*',
    });
    expect(refused.body.code).toBe('template-invalid');
    await desk.passTime(32 * DAY);
    expect(await standing()).toEqual([['sent', null]]);
  });

  it('is one letter or another, never a copy of a copy', async () => {
    const { desk, repeat, nadia, letters } = await house('number', 1);
    await repeat(await nadia());
    const [one] = await letters();
    const again = await desk.ask<ProblemBody>('POST', `/campaigns/${one!.id}/repeat`, {
      rhythm: RHYTHM,
    });
    expect(again.body.code).toBe('state-does-not-allow');
    const gone = await repeat(await nadia(), { rhythm: { ...RHYTHM, until: '2026-01-06' } });
    expect(gone.body.code).toBe('moment-passed');
  });
});
