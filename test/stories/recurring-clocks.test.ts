import { expect, it } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { given } from '../api/cast.ts';
import type { StoryTown } from '../town.ts';
import { CLAIRE, townWithClaire } from './reader-cast.ts';

const PARIS = 'Europe/Paris';
/** Monday; clocks go back on Sunday the 25th in Europe, and a week later in America. */
const OCTOBER = Date.UTC(2026, 9, 12, 10);
/** Monday; clocks go forward on Sunday the 29th in Europe. */
const MARCH = Date.UTC(2027, 2, 15, 10);

async function series(rhythm: object, at: number) {
  const { town } = await townWithClaire({ timeZone: PARIS }, { at });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    ...{ name: 'Encore', topic: 'arrivages', subject: 'Encore' },
    content: { format: 'markdown', source: 'Bonjour.' },
  });
  await town.call('POST', `/campaigns/${id}/repeat`, { rhythm: { unit: 'week', ...rhythm } });
  return { town, id };
}
const came = (town: StoryTown, to: string) =>
  town.mails(to).map((mail) => new Date(mail.at).toISOString().slice(0, 16));
const leaves = async (town: StoryTown, id: string) => {
  type Coming = { series: { next: { leavesAt: string }[] } };
  const { series: shown } = await town.call<Coming>('GET', `/campaigns/${id}/repeat`);
  return shown.next.map(({ leavesAt }) => leavesAt.slice(0, 16));
};

it('a letter of every Sunday leaves once at ten, before the clocks go back, on that day, and after', async () => {
  const { town, id } = await series({ weekdays: [7], at: '10:00', timeZone: PARIS }, OCTOBER);
  const told = await leaves(town, id);
  expect(told.slice(0, 3)).toEqual(['2026-10-18T08:00', '2026-10-25T09:00', '2026-11-01T09:00']);
  await town.passTime(21 * DAY);
  expect(came(town, CLAIRE)).toEqual(told.slice(0, 3));
});

it('an hour that comes twice in that night leaves once, and one that does not come leaves at the next there is', async () => {
  // The house has no night: nothing but its clocks decides.
  const openAllNight = { quiet: { fromMinutes: 0, toMinutes: 0 } };
  const autumn = await series({ weekdays: [7], at: '02:30', timeZone: PARIS }, OCTOBER);
  await autumn.town.call('PATCH', '/brand', openAllNight, { 'if-match': '*' });
  await autumn.town.passTime(21 * DAY);
  expect(came(autumn.town, CLAIRE)).toEqual([
    ...['2026-10-18T00:30', '2026-10-25T00:30', '2026-11-01T01:30'],
  ]);
  const spring = await series({ weekdays: [7], at: '02:30', timeZone: PARIS }, MARCH);
  expect((await leaves(spring.town, spring.id)).slice(0, 3)).toEqual([
    ...['2027-03-21T01:30', '2027-03-28T01:00', '2027-04-04T00:30'],
  ]);
});

it('at each reader’s own clock it is ten for everybody, in the week in which only Europe has changed its clocks too', async () => {
  const { town } = await series({ weekdays: [7], at: '10:00', timeZone: 'reader' }, OCTOBER);
  const nina = 'nina@example.org';
  await town.call('POST', '/people', {
    ...{ email: nina, frequency: 'immediate', timeZone: 'America/New_York' },
    subscriptions: [given('arrivages')],
  });
  await town.passTime(28 * DAY);
  expect(came(town, CLAIRE)).toEqual([
    ...['2026-10-18T08:00', '2026-10-25T09:00', '2026-11-01T09:00', '2026-11-08T09:00'],
  ]);
  expect(came(town, nina)).toEqual([
    ...['2026-10-18T14:00', '2026-10-25T14:00', '2026-11-01T15:00', '2026-11-08T15:00'],
  ]);
});
