import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../functions/base/time.ts';
import { takeEvents } from '../../functions/feedback/take.ts';
import { given } from '../api/cast.ts';
import { eventOf } from '../feedback/events.ts';
import type { StoryTown } from '../town.ts';
import { figuresOf, schedule, townWithClaire } from './reader-cast.ts';

type Shown = {
  readonly state: string;
  readonly because: string | null;
  readonly first: { readonly readers: number; readonly judgedAt: string | null } | null;
};
const READERS = 60;

/** A house for which more than twenty readers are many: sixteen of sixty go ahead, for a quarter of an hour. */
async function townWhereManyRead(setting: object = {}) {
  const { town } = await townWithClaire();
  for (let reader = 2; reader <= READERS; reader += 1)
    await town.call('POST', '/people', {
      email: `reader${reader}@example.org`,
      frequency: 'immediate',
      subscriptions: [given('arrivages')],
    });
  await town.call(
    'PATCH',
    '/brand',
    {
      largeSend: { readers: 20, needs: 'number' },
      firstPart: { percent: 10, least: 16, minutes: 15, bouncedPercent: 4, ...setting },
    },
    { 'if-match': '*' },
  );
  const campaign = await schedule(town, 'arrivages');
  await town.passTime(2 * MINUTE);
  const show = () => town.call<Shown>('GET', `/campaigns/${campaign}`);
  return { town, campaign, show };
}

const bounce = (town: StoryTown, mails: number) =>
  takeEvents(
    town.ports,
    town
      .mails()
      .slice(0, mails)
      .map((mail) => eventOf('dead', mail)),
  );

describe('a send to many', () => {
  it('begins with a part of it, and says when the rest follows', async () => {
    const { town, show } = await townWhereManyRead();
    const ahead = town.mails().length;
    expect(ahead).toBeGreaterThan(8);
    expect(ahead).toBeLessThanOrEqual(16);
    const { state, first } = await show();
    expect([state, first?.readers]).toEqual(['sending', 16]);
    const waits = Date.parse(first!.judgedAt!) - town.now();
    expect(waits).toBeGreaterThan(12 * MINUTE);
    expect(waits).toBeLessThanOrEqual(15 * MINUTE);
  });

  it('goes on by itself when its addresses are good', async () => {
    const { town, campaign, show } = await townWhereManyRead();
    await bounce(town, 2);
    await town.passTime(16 * MINUTE);
    expect(town.mails()).toHaveLength(READERS);
    expect(await show()).toMatchObject({ state: 'sent', first: null });
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: READERS, dead: 2 });
  });

  it('stands still with the reason when too many of them are dead, until somebody lets it go on', async () => {
    const { town, campaign, show } = await townWhereManyRead();
    const ahead = town.mails().length;
    await bounce(town, 3);
    await town.passTime(DAY);
    expect(town.mails()).toHaveLength(ahead);
    expect(await show()).toMatchObject({ state: 'paused', because: 'bounces' });
    await town.call('POST', `/campaigns/${campaign}/resume`);
    expect(town.mails()).toHaveLength(READERS);
    expect(await show()).toMatchObject({ state: 'sent', because: null, first: null });
  });

  it('can be paused meanwhile, and is judged once it goes on', async () => {
    const { town, campaign, show } = await townWhereManyRead();
    const ahead = town.mails().length;
    await town.call('POST', `/campaigns/${campaign}/pause`);
    await town.passTime(2 * MINUTE);
    await town.call('POST', `/campaigns/${campaign}/resume`);
    expect(town.mails()).toHaveLength(ahead);
    await town.passTime(15 * MINUTE);
    expect(await show()).toMatchObject({ state: 'sent', first: null });
    expect(town.mails()).toHaveLength(READERS);
  });

  it('stopped meanwhile, goes to nobody else', async () => {
    const { town, campaign } = await townWhereManyRead();
    const ahead = town.mails().length;
    await town.call('POST', `/campaigns/${campaign}/stop`);
    await town.passTime(DAY);
    expect(town.mails()).toHaveLength(ahead);
    expect(await figuresOf(town, campaign)).toMatchObject({
      accepted: ahead,
      dropped: READERS - ahead,
    });
  });

  it('goes to all at once where the house has set it so, and where they are few', async () => {
    const { town } = await townWhereManyRead({ percent: 100 });
    expect(town.mails()).toHaveLength(READERS);
    const few = await townWhereManyRead({ least: 4, percent: 1 });
    expect(few.town.mails().length).toBeLessThan(READERS);
    await few.town.call(
      'PATCH',
      '/brand',
      { largeSend: { readers: READERS, needs: 'number' } },
      { 'if-match': '*' },
    );
    await schedule(few.town, 'arrivages', 'Encore');
    const before = few.town.mails().length;
    await few.town.passTime(2 * MINUTE);
    expect(few.town.mails().length - before).toBe(READERS);
  });
});
