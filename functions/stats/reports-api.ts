import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { DAY } from '../base/time.ts';
import { overdueLetters } from '../mail/missed-letters.ts';
import { readBrand } from '../people/store.ts';
import { apiRoute, json, MomentText, momentText, newApi } from '../team/api.ts';
import { countAnew } from './count-file.ts';
import { fieldsOf, lossOf, STATES, USUAL_LOSS } from './file-count.ts';
import { standingStill, type Still } from './standing-still.ts';
import { readFileCount, readHouseDays, readHouseNow, readProvider } from './store.ts';
import { weekBefore, weekEnding, weekFrom, type Week } from './week.ts';

/** Beyond these a provider looks into an account. */
const LIMITS = { dead: 0.04, complained: 0.001 } as const;

const Count = z.int();
const Share = z.number();
const WeekView = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    retained: Count.describe('came to leave and chose otherwise: slower + paused + topics'),
    slower: Count,
    paused: Count,
    topics: Count.describe('kept some of their topics'),
    unsubscribed: Count.describe('left on a page of ours, where they saw what else there was'),
    rate: Share.nullable().describe('retained / (retained + unsubscribed); null when nobody came'),
    apart: z
      .object({
        oneClick: Count.describe('by the button of their mail program'),
        agent: Count.describe('by somebody of the house, on the phone or on paper'),
        complained: Count.describe('called a mail spam'),
      })
      .describe('they never saw the offer, so they count in no rate'),
  })
  .meta({ id: 'WeekOfLeaving' });
const StillView = z
  .object({
    kind: z.enum(['campaign', 'letters']),
    id: z.string().describe('of the campaign, or the day of the letters'),
    name: z.string().nullable(),
    state: z.enum(['paused', 'blocked', 'not-approved', 'late']).nullable(),
    because: z.string().nullable(),
    uncertain: Count.describe('nobody knows whether they have it; never sent again by itself'),
    missed: Count.describe('letters that were due and not made, and got another date'),
  })
  .meta({ id: 'StandsStill' });
const FileView = z
  .object({
    countedAt: MomentText,
    isCounting: z.boolean(),
    people: Count,
    asked: Count.describe('signed up and have not confirmed; kept apart for thirty days'),
    byState: z.record(z.enum(STATES), Count),
    paused: Count.describe('of the active ones: on a break'),
    silent: Count.describe('of the active ones: heard of nothing from them for two years'),
    lost: z.object({
      bounced: Count,
      left: Count,
      complained: Count,
      share: Share.nullable().describe('of those who could be written to within the year'),
      usual: z.object({ least: Share, most: Share }).describe('what files are known to lose'),
    }),
    fields: z
      .array(z.string())
      .nullable()
      .describe('in which somebody has something, most first; null in an older count'),
  })
  .meta({ id: 'TruthOfTheFile' });
const TodayView = z
  .object({
    week: WeekView,
    before: WeekView,
    health: z.object({
      accepted: Count,
      dead: Count.describe('addresses that died'),
      complained: Count,
      limits: z.object({ dead: Share, complained: Share }),
      overdue: z.object({ readers: Count, since: MomentText.nullable() }),
      provider: z
        .object({ quotaPerDay: Count, sentLastDay: Count, at: MomentText })
        .nullable()
        .describe('as the provider last said; null when nothing was sent within a day'),
    }),
    still: z.array(StillView).describe('what does not go on by itself, newest first'),
    file: FileView.nullable().describe('as of the last count; null before the first one'),
  })
  .meta({ id: 'Today' });

const tags = ['reports'];
const today = apiRoute({
  method: 'get',
  path: '/reports/today',
  scope: 'reports:read',
  tags,
  summary: 'How the house stands today',
  description:
    'The last seven days of the house, today among them, and the seven before. Departures count on the day they were made, mails and what came back on the day it became known. The file is counted once a day.',
  responses: { 200: json(TodayView, 'Figures, and no person among them.') },
});
const count = apiRoute({
  method: 'post',
  path: '/reports/file/count',
  scope: 'reports:read',
  audited: 'nobody',
  tags,
  summary: 'Count the file anew',
  description: 'Reads everybody once, some thousands at a time; the report shows when it is done.',
  responses: { 202: json(z.object({ counting: z.literal(true) }), 'It has been set going.') },
});

/** Figures of the house that name nobody. */
export function reportsApi(ports: Ports) {
  return newApi()
    .openapi(today, async (c) => c.json(await viewOf(ports), 200))
    .openapi(count, async (c) => {
      await countAnew(ports);
      return c.json({ counting: true as const }, 202);
    });
}

async function viewOf(ports: Ports): Promise<z.infer<typeof TodayView>> {
  const brand = await readBrand(ports);
  const days = weekEnding(brand.timeZone, ports.now());
  const [sums, still, overdue, provider, file] = await Promise.all([
    readHouseDays(ports, [...weekBefore(days), ...days]),
    standingStill(ports),
    overdueLetters(ports, brand),
    providerOf(ports),
    fileOf(ports),
  ]);
  const week = weekFrom(days, sums.slice(days.length));
  return {
    week: leavingOf(week),
    before: leavingOf(weekFrom(weekBefore(days), sums.slice(0, days.length))),
    health: {
      ...week.mails,
      limits: LIMITS,
      overdue: { readers: overdue.readers, since: momentText(overdue.since) },
      provider,
    },
    still: still.map((line: Still) => ({ ...line })),
    file,
  };
}

const leavingOf = ({ mails: _, ...leaving }: Week): z.infer<typeof WeekView> => leaving;

async function providerOf(ports: Ports) {
  const said = await readProvider(ports);
  if (!said || ports.now() - said.accountReadAt > DAY) return null;
  const { quotaPerDay, sentLastDay } = said.account;
  return { quotaPerDay, sentLastDay, at: momentText(said.accountReadAt) };
}

async function fileOf(ports: Ports): Promise<z.infer<typeof FileView> | null> {
  const [{ it }, now] = await Promise.all([readFileCount(ports), readHouseNow(ports)]);
  if (!it.done) return null;
  const { at, sums } = it.done;
  return {
    countedAt: momentText(at),
    isCounting: it.running !== null,
    people: sums.people,
    asked: now['asked'] ?? 0,
    byState: sums.byState,
    paused: sums.paused,
    silent: sums.silent,
    lost: { ...sums.lost, share: lossOf(sums), usual: USUAL_LOSS },
    fields: fieldsOf(sums),
  };
}
