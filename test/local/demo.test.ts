import { expect, it } from 'vitest';
import { DEMO_PAST_MS, seedDemo } from '../../infra/local/demo.ts';
import { DEMO_PEOPLE } from '../../infra/local/demo-people.ts';
import { MONDAY, openTown } from '../town.ts';

type Week = {
  readonly retained: number;
  readonly unsubscribed: number;
  readonly apart: { readonly oneClick: number };
};
type Report = {
  readonly week: Week;
  readonly before: Week;
  readonly file: { readonly people: number; readonly byState: Readonly<Record<string, number>> };
};
type Campaigns = {
  readonly items: readonly {
    readonly state: string;
    readonly figures: Readonly<Record<'retained' | 'unsubscribed' | 'dead' | 'complained', number>>;
  }[];
};

it('whoever first opens the demo sees readers who came to leave, most of whom stayed', async () => {
  const town = await openTown({ at: MONDAY - DEMO_PAST_MS });
  await seedDemo(town);
  expect(town.now()).toBe(MONDAY);
  const { week, before, file } = await town.call<Report>('GET', '/reports/today');
  for (const { retained, unsubscribed } of [week, before]) {
    expect(retained).toBeGreaterThan(unsubscribed);
    expect(unsubscribed).toBeGreaterThan(0);
  }
  expect(week.apart.oneClick).toBe(1);
  expect(file.people).toBe(DEMO_PEOPLE);
  expect(file.byState).toMatchObject({ unsubscribed: 6, bounced: 2, complained: 1 });
  const { items } = await town.call<Campaigns>('GET', '/campaigns?limit=50');
  const left = items.filter(({ state }) => state === 'sent');
  const sum = (name: keyof Campaigns['items'][number]['figures']) =>
    left.reduce((all, { figures }) => all + figures[name], 0);
  expect(sum('retained')).toBeGreaterThan(sum('unsubscribed'));
  expect([sum('dead'), sum('complained')]).toEqual([2, 1]);
  expect(left.filter(({ figures }) => figures.retained > 0).length).toBeGreaterThan(2);
});
