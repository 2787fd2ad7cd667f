import { describe, expect, it } from 'vitest';
import { restMailing } from '../../functions/mail/rest.ts';
import { readMailing } from '../../functions/mail/store.ts';
import { given } from '../api/cast.ts';
import { CLAIRE, publish, townWithClaire } from './reader-cast.ts';

type Day = { readonly state: string; readonly finishedAt: string | null };
const ANN = 'ann@example.org';
const TUESDAY = '2026-01-06';
const at = (time: string, day = TUESDAY) => Date.parse(`${day}T${time}:00+01:00`);

/** Claire reads once a week; one piece of news waits for Tuesday, 9:00 in Paris. */
async function townBeforeTuesday() {
  const { town } = await townWithClaire({ frequency: 'weekly' });
  await publish(town, 'arrivages', 'Du beau');
  const mailing = async () => (await readMailing(town.ports, `letter-${TUESDAY}`))?.it;
  const day = () => town.call<Day>('GET', `/digests/${TUESDAY}`);
  return { town, mailing, day };
}

describe('the letters of a day', () => {
  it('come to rest once their day is over in the last zone of the world', async () => {
    const { town, mailing, day } = await townBeforeTuesday();
    await town.passTime({ to: at('14:00', '2026-01-07') });
    expect(await mailing()).toMatchObject({ state: 'sending', finishedAt: null });
    expect(await day()).toMatchObject({ state: 'sending', finishedAt: null });
    await town.passTime({ to: at('18:00', '2026-01-07') });
    expect(await mailing()).toMatchObject({ state: 'sent', planned: true });
    expect(await day()).toMatchObject({ state: 'sent', finishedAt: expect.any(String) as string });
  });

  it('do not while somebody must still let them leave, and do soon after they were let', async () => {
    const { town, mailing } = await townBeforeTuesday();
    await town.nobodyUntil(at('16:00'));
    await town.passTime({ to: at('12:00', '2026-01-12') });
    expect(await mailing()).toMatchObject({ state: 'paused', blockedBecause: 'late' });
    await town.call('POST', `/digests/${TUESDAY}/approve`);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await mailing()).toMatchObject({ state: 'sent' });
  });

  it('rest each with its own day, and a later day does not wake an earlier one', async () => {
    const { town, mailing } = await townBeforeTuesday();
    await town.passTime({ to: at('18:00', '2026-01-07') });
    await publish(town, 'ateliers', 'Du neuf');
    const before = await mailing();
    await town.passTime({ to: at('18:00', '2026-01-15') });
    expect(town.mails(CLAIRE)).toHaveLength(2);
    expect(await mailing()).toEqual(before);
    expect((await readMailing(town.ports, 'letter-2026-01-13'))?.it.state).toBe('sent');
  });
});

describe('a day of letters that had come to rest', () => {
  /** Claire has hers, Ann in Los Angeles will be due nine hours later; whoever looks after the day is too early. */
  const restedEarly = async () => {
    const { town, mailing } = await townBeforeTuesday();
    await town.call('POST', '/people', {
      email: ANN,
      frequency: 'weekly',
      timeZone: 'America/Los_Angeles',
      subscriptions: [given('arrivages')],
    });
    await publish(town, 'arrivages', 'Du neuf');
    await town.passTime({ to: at('12:00') });
    expect(town.mails(CLAIRE)).toHaveLength(1);
    await restMailing(town.ports, `letter-${TUESDAY}`);
    expect(await mailing()).toMatchObject({ state: 'sent' });
    return { town, mailing };
  };

  it('is at work again for letters that are made after all, and rests again', async () => {
    const { town, mailing } = await restedEarly();
    await town.nobodyUntil(at('19:00'));
    await town.passTime({ to: at('19:10') });
    expect(town.mails(ANN)).toHaveLength(1);
    expect(await mailing()).toMatchObject({ state: 'sent' });
  });

  it('stands still until somebody looked, when they are made too late', async () => {
    const { town, mailing } = await restedEarly();
    await town.nobodyUntil(at('20:00', '2026-01-09'));
    expect(town.mails(ANN)).toEqual([]);
    expect(await mailing()).toMatchObject({ state: 'paused', blockedBecause: 'late' });
    await town.call('POST', `/digests/${TUESDAY}/approve`);
    expect(town.mails(ANN)).toHaveLength(1);
    expect(await mailing()).toMatchObject({ state: 'sent' });
  });
});

describe('the welcomes of a day', () => {
  it('come to rest too', async () => {
    const { town } = await townBeforeTuesday();
    await town.passTime({ to: at('18:00', '2026-01-07') });
    const open = [];
    for await (const row of town.ports.table.query('records', 'agenda#rest-mailing'))
      open.push(row);
    expect(open).toEqual([]);
  });
});
