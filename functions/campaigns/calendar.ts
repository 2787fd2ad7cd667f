import type { Ports } from '../base/ports.ts';
import { addDays, instantOf, wallTimeIn, type Instant, type LocalDate } from '../base/time.ts';
import type { Figures } from '../mail/figures.ts';
import type { Brand } from '../people/brand.ts';
import { peopleIn, readBrand, readersIn, type Someone } from '../people/store.ts';
import type { Decision } from '../policy/decision.ts';
import type { Campaign, Schedule } from './campaign.ts';
import { liveThrough, type Planned } from './forecast.ts';
import { isComing, placedBefore, plannedOf, type Move } from './placed.ts';
import { standingOf, type CampaignState } from './view.ts';

/** How the readers of a planned campaign will meet it; of a sample of readers, in their proportion. */
export type Forecast = Record<Decision['kind'] | 'candidates', number> & {
  readonly byReason: Record<string, number>;
};
export type CalendarEntry = {
  readonly campaign: Campaign;
  readonly schedule: Schedule;
  readonly state: CampaignState;
  readonly forecast: Forecast | undefined;
  readonly figures: Figures | undefined;
};
export type CalendarDay = {
  readonly date: LocalDate;
  readonly entries: readonly CalendarEntry[];
  /** How many readers' own letters leave on it. */
  readonly letters: number;
};
export type Calendar = {
  readonly timeZone: string;
  /** The readers that were asked, and how many there are for each of them. */
  readonly asked: { readonly readers: number; readonly each: number };
  readonly days: readonly CalendarDay[];
};
export type CalendarWish = {
  readonly from: LocalDate;
  readonly days: number;
  readonly move?: Move;
};

/** Enough readers for a share within two in a hundred, and few enough for a page that answers at once. */
const READERS_ASKED = 2_500;
const SEGMENTS = 64;
const PAGE = 500;

/** The days of a calendar in the house's zone: what left, what will leave, and how readers' paces meet it. */
export async function calendarOf(ports: Ports, wish: CalendarWish): Promise<Calendar> {
  const brand = await readBrand(ports);
  const { timeZone } = brand;
  const dates = Array.from({ length: wish.days }, (_, day) => addDays(wish.from, day));
  const until = instantOf(timeZone, { date: addDays(wish.from, wish.days), minutes: 0 });
  const all = await placedBefore(ports, until, wish.move);
  const coming = all.filter((one) => isComing(one) && one.schedule.startsAt < until);
  const planned = await plannedOf(ports, brand, coming);
  const { forecasts, letters, asked } = await forecastOf(ports, brand, planned, until);
  const dayOf = ({ startsAt }: Schedule) => wallTimeIn(timeZone, startsAt).date;
  const days = await Promise.all(
    dates.map(async (date) => ({
      date,
      letters: letters.get(date) ?? 0,
      entries: await Promise.all(
        all
          .filter(({ schedule }) => dayOf(schedule) === date)
          .map(async ({ campaign, schedule }) => {
            const { state, figures } = await standingOf(ports, campaign);
            const forecast = forecasts.get(campaign.campaignId);
            return {
              ...{ campaign, schedule, state, forecast },
              figures: campaign.state === 'started' ? figures : undefined,
            };
          }),
      ),
    })),
  );
  return { timeZone, asked, days };
}

async function forecastOf(
  ports: Ports,
  brand: Brand,
  planned: readonly Planned[],
  until: Instant,
): Promise<{
  forecasts: ReadonlyMap<string, Forecast>;
  letters: ReadonlyMap<LocalDate, number>;
  asked: Calendar['asked'];
}> {
  const { people, each } = await someReaders(
    ports,
    planned.some(({ asksProfile }) => asksProfile),
  );
  const forecasts = new Map(planned.map(({ campaignId }) => [campaignId, nobody()]));
  const letters = new Map<LocalDate, number>();
  for (const person of people)
    liveThrough(person, planned, until, brand, {
      campaign: (campaignId, { kind, because }) => {
        const forecast = forecasts.get(campaignId)!;
        forecast.candidates += each;
        forecast[kind] += each;
        forecast.byReason[because] = (forecast.byReason[because] ?? 0) + each;
      },
      letter: (date) => letters.set(date, (letters.get(date) ?? 0) + each),
    });
  return {
    letters: new Map([...letters].map(([date, count]) => [date, Math.round(count)])),
    forecasts: new Map([...forecasts].map(([id, forecast]) => [id, rounded(forecast)])),
    asked: { readers: people.length, each },
  };
}

const nobody = (): Forecast => ({
  ...{ candidates: 0, send: 0, hold: 0, digest: 0, drop: 0 },
  byReason: {},
});

/** Ids are pure chance, so a share of the segments is a fair sample; small houses are asked whole. */
async function someReaders(
  { table }: Ports,
  withProfiles: boolean,
): Promise<{ people: Someone[]; each: number }> {
  const [rows, limit, someIn] = withProfiles
    ? (['all', 2 * PAGE, peopleIn] as const)
    : (['readers', PAGE, readersIn] as const);
  const people: Someone[] = [];
  for (let index = 0; index < SEGMENTS; index += 1) {
    let from: string | undefined;
    do {
      const page = await table.scanPeople({ index, of: SEGMENTS }, from, limit, rows);
      people.push(...someIn(page));
      from = page.next;
    } while (from !== undefined);
    if (people.length >= READERS_ASKED) return { people, each: SEGMENTS / (index + 1) };
  }
  return { people, each: 1 };
}

function rounded({ byReason, ...counts }: Forecast): Forecast {
  const whole = (figures: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(figures).map(([name, count]) => [name, Math.round(count)]));
  return { ...(whole(counts) as typeof counts), byReason: whole(byReason) };
}
