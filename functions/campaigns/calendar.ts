import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { addDays, instantOf, wallTimeIn, type Instant, type LocalDate } from '../base/time.ts';
import { campaignAsked } from '../mail/asked.ts';
import type { Figures } from '../mail/figures.ts';
import type { Brand } from '../people/brand.ts';
import { peopleIn, readBrand, readTopic, type Person } from '../people/store.ts';
import type { Decision } from '../policy/decision.ts';
import { mailingIdOf, type Campaign, type Schedule } from './campaign.ts';
import { audienceOf } from './candidate.ts';
import { comingLetters } from './coming-letters.ts';
import { spelledOf } from './conditions.ts';
import { liveThrough, type Planned } from './forecast.ts';
import { scheduleOf } from './schedule.ts';
import { publicationOf } from './start.ts';
import { campaignsNewestFirst, readCampaign } from './store.ts';
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
  /** As if this campaign left at another local time of its zone. Nothing is moved. */
  readonly move?: { readonly campaignId: string; readonly at: string };
};

/** Enough readers for a share within two in a hundred, and few enough for a page that answers at once. */
const READERS_ASKED = 4_000;
const SEGMENTS = 64;
const PAGE = 1_000;
const CAMPAIGNS_READ = 2_000;

/** The days of a calendar in the house's zone: what left, what will leave, and how readers' paces meet it. */
export async function calendarOf(ports: Ports, wish: CalendarWish): Promise<Calendar> {
  const brand = await readBrand(ports);
  const { timeZone } = brand;
  const dates = Array.from({ length: wish.days }, (_, day) => addDays(wish.from, day));
  const until = instantOf(timeZone, { date: addDays(wish.from, wish.days), minutes: 0 });
  const all = await campaignsWith(ports, wish.move, until);
  const planned = await plannedBefore(ports, brand, all, until);
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

type Placed = {
  readonly campaign: Campaign;
  readonly schedule: Schedule;
  /** The letter of a date that is not made yet: whose it will be a copy of. */
  readonly copies?: string;
};

/** Every campaign with a moment, earliest first. */
async function campaignsWith(
  ports: Ports,
  move: CalendarWish['move'],
  until: Instant,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  let read = 0;
  let moved = false;
  for await (const { it } of campaignsNewestFirst(ports)) {
    if ((read += 1) > CAMPAIGNS_READ) break;
    // What waits for somebody has its day all the same.
    const schedule = it.schedule ?? (it.occurrence?.waits ? it.occurrence.planned : null);
    if (!schedule) continue;
    const isMoved = it.campaignId === move?.campaignId && it.state === 'scheduled';
    moved ||= isMoved;
    placed.push({
      campaign: it,
      schedule: isMoved ? movedTo(schedule, move.at, ports.now()) : schedule,
    });
  }
  if (move && !moved) throw new Problem('not-found');
  placed.push(...(await comingLetters(ports, until)));
  return placed.sort((one, other) => one.schedule.startsAt - other.schedule.startsAt);
}

const movedTo = ({ atReaders, timeZone }: Schedule, at: string, now: Instant): Schedule =>
  scheduleOf({ at, timeZone: atReaders ? 'reader' : timeZone }, now);

async function plannedBefore(
  ports: Ports,
  brand: Brand,
  all: readonly Placed[],
  until: Instant,
): Promise<Planned[]> {
  const coming = all.filter(
    ({ campaign, schedule, copies }) =>
      (campaign.state === 'scheduled' || copies !== undefined) && schedule.startsAt < until,
  );
  return Promise.all(
    coming.map(async ({ campaign, schedule, copies }, index) => {
      const { campaignId } = campaign;
      const input = await spelledOf(ports, await readCampaign(ports, copies ?? campaignId));
      const topic = await readTopic(ports, input.topic);
      const number = Number.MAX_SAFE_INTEGER - coming.length + index;
      const publication = publicationOf(input, brand, {
        number,
        mailingId: mailingIdOf(campaignId),
        topicAtMost: topic?.it.atMost ?? null,
        now: schedule.startsAt,
      });
      const wallTime = schedule.atReaders ? schedule.wallTime : null;
      return {
        ...{ campaignId, number, startsAt: schedule.startsAt },
        mail: campaignAsked({ kind: 'campaign', wallTime }, publication),
        audience: audienceOf(input),
      };
    }),
  );
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
  const { people, each } = await someReaders(ports);
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
async function someReaders(ports: Ports): Promise<{ people: Person[]; each: number }> {
  const people: Person[] = [];
  for (let index = 0; index < SEGMENTS; index += 1) {
    let from: string | undefined;
    do {
      const page = await ports.table.scanPeople({ index, of: SEGMENTS }, from, PAGE);
      people.push(...peopleIn(page));
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
