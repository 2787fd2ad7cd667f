import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { DAY, type WallTime } from '../base/time.ts';
import { lineOfPerson, PersonLine } from '../people/person-line.ts';
import { momentOf, type Decision } from '../policy/decision.ts';
import {
  apiRoute,
  cursorOf,
  Id,
  json,
  Moment,
  MomentText,
  momentText,
  newApi,
  Page,
  pageOf,
  placeIn,
} from '../team/api.ts';
import { peopleBehind, type ListPlace } from './behind.ts';
import { dryRun, type DryRun } from './dry-run.ts';
import { scheduleOf, ScheduleInput } from './schedule-wish.ts';

const tags = ['campaigns'];
const Kind = z.enum(['send', 'hold', 'digest', 'drop']);
const WallClock = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, {
  error: 'must be a local time, as "2026-12-01T09:00"',
});
const Counts = z.record(z.string(), z.int());
/** As if it left then: what a draft is asked about before it is put on the agenda. */
const Wish = ScheduleInput.pick({ at: true, timeZone: true });
const MaybeWish = Wish.partial().refine(
  ({ at, timeZone }) => (at === undefined) === (timeZone === undefined),
  {
    error: 'needs its zone, or "reader"',
    path: ['timeZone'],
  },
);

const DryRunView = z
  .object({
    at: MomentText,
    readersClock: z
      .string()
      .nullable()
      .describe('the local time, where it leaves at each reader’s own clock'),
    candidates: z.int().describe('readers it is for: send + hold + digest + drop'),
    send: z.int().describe('get it at once'),
    hold: z.int().describe('get it alone and later: night, or an hour of their own'),
    digest: z.int().describe('get it in their own letter, at the pace they chose'),
    drop: z.int().describe('do not get it'),
    byReason: Counts.describe('candidates by why'),
    byDecision: z
      .object({ send: Counts, hold: Counts, digest: Counts, drop: Counts })
      .describe('the same, by what was decided and why'),
    reach: z
      .array(z.object({ at: z.string(), share: z.number() }))
      .describe('day by day, the share of candidates (0 to 1) who will have it by then'),
    emptyFields: Counts.describe(
      'readers who would read a gap, by the field that they have nothing in',
    ),
    hours: z
      .array(
        z.object({
          at: MomentText,
          mails: z.int().describe('mails of their own'),
          inLetters: z.int().describe('readers’ own letters that carry it'),
          clocks: z
            .array(z.object({ hour: z.int(), count: z.int() }))
            .describe('both, by the hour that the readers’ own clocks show'),
        }),
      )
      .describe(
        'what leaves in each hour of the house’s wall, for three days; empty hours left out',
      ),
    afterwards: z
      .object({ mails: z.int(), inLetters: z.int() })
      .describe('what leaves later than that'),
    pace: z
      .object({ ratePerSecond: z.number().nullable(), quotaPerDay: z.number().nullable() })
      .nullable()
      .describe('what the provider takes, null where nothing limits it; null when it does not say'),
    before: z
      .array(z.object({ id: z.string(), name: z.string(), startsAt: MomentText }))
      .describe(
        'other campaigns that are planned before that hour, and reckoned with: of a letter that a series has not made yet, the series',
      ),
    sample: z.array(
      z.object({
        personId: z.string(),
        decision: z.string(),
        reason: z.string(),
        until: MomentText.nullable(),
      }),
    ),
  })
  .meta({ id: 'DryRun' });

const rehearse = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/dry-run',
  scope: 'campaigns:read',
  audited: 'nobody',
  tags,
  summary: 'Who would get it, who would not, and why',
  description:
    'Decided by the same rules as the real run, with nothing written and nothing sent. A scheduled campaign is rehearsed at its hour, a draft now, or at the hour that is given as for "schedule". Other campaigns that are planned before that hour have left by then ("before"), and weigh on it as they will.',
  request: { params: Id, query: MaybeWish },
  responses: { 200: json(DryRunView, 'What would happen.') },
});
const behind = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/dry-run/people',
  scope: 'people:read',
  tags,
  summary: 'The people behind a figure of a dry run',
  description:
    'All of them, page by page, decided as the dry run decides; nothing is written. Give "at" and "readersClock" as the dry run answered them. A call looks at some thousands of people: a page may be short, and the list still go on until "next" is null.',
  request: {
    params: Id,
    query: Page.extend({
      at: Moment,
      readersClock: WallClock.optional(),
      decision: Kind.optional(),
      reason: z.string().max(40).optional(),
      emptyField: z.string().max(120).optional(),
    }),
  },
  responses: {
    200: json(
      pageOf(
        PersonLine.extend({
          decision: Kind,
          reason: z.string(),
          until: MomentText.nullable(),
        }).meta({ id: 'PersonBehind' }),
      ),
      'Some of the people, each with their decision.',
    ),
  },
});

/** What would happen if a campaign left, and to whom. */
export function rehearsalApi(ports: Ports) {
  return newApi()
    .openapi(rehearse, async (c) => {
      const { at, timeZone } = c.req.valid('query');
      const { id } = c.req.valid('param');
      const run = await (at === undefined || timeZone === undefined
        ? dryRun(ports, id)
        : rehearsedAt(ports, id, { at, timeZone }));
      // Who reads figures sees no people, not even by their ids.
      const sample = c.get('caller').scopes.includes('people:read') ? run.sample : [];
      return c.json(viewOf({ ...run, sample }), 200);
    })
    .openapi(behind, async (c) => {
      const { limit, cursor, at, readersClock, ...figure } = c.req.valid('query');
      // What was decided longer ago has nothing to do with the people of today.
      if (at < ports.now() - DAY)
        throw new Problem('moment-passed', {
          errors: [{ path: 'at', detail: 'is of a dry run of more than a day ago' }],
        });
      const { found, next } = await peopleBehind(ports, c.req.valid('param').id, figure, {
        ...{ limit, now: at },
        wallTime: readersClock === undefined ? null : wallTimeOf(readersClock),
        after: listPlaceIn({ cursor }),
      });
      const items = found.map(({ person, decision }) => ({
        ...lineOfPerson(person),
        ...decided(decision),
      }));
      return c.json({ items, next: next && cursorOf(`${next.index}.${next.from ?? ''}`) }, 200);
    });
}

function rehearsedAt(ports: Ports, id: string, wish: z.infer<typeof Wish>): Promise<DryRun> {
  const { startsAt, wallTime, atReaders } = scheduleOf(wish, ports.now());
  return dryRun(ports, id, startsAt, atReaders ? wallTime : null);
}

const decided = (decision: Decision) => ({
  decision: decision.kind,
  reason: decision.because,
  until: momentText(momentOf(decision)),
});

function viewOf({ ahead, limits, wallTime, before, ...run }: DryRun): z.infer<typeof DryRunView> {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...run,
    reach: [...run.reach],
    readersClock: wallTime && clockText(wallTime),
    hours: ahead.hours.map(({ at, clocks, ...sums }) => ({
      at: momentText(at),
      ...sums,
      clocks: [...clocks]
        .sort(([one], [other]) => one - other)
        .map(([hour, count]) => ({ hour, count })),
    })),
    afterwards: ahead.afterwards,
    pace: limits
      ? { ratePerSecond: finite(limits.ratePerSecond), quotaPerDay: finite(limits.quotaPerDay) }
      : null,
    before: before.map(({ campaign, schedule, copies }) => ({
      id: copies ?? campaign.campaignId,
      name: campaign.name,
      startsAt: momentText(schedule.startsAt),
    })),
    sample: run.sample.map(({ personId, decision }) => ({ personId, ...decided(decision) })),
  };
}

const clockText = ({ date, minutes }: WallTime) =>
  `${date}T${new Date(minutes * 60_000).toISOString().slice(11, 16)}`;

const wallTimeOf = (text: string): WallTime => ({
  date: text.slice(0, 10),
  minutes: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
});

function listPlaceIn(page: Pick<Page, 'cursor'>): ListPlace | undefined {
  const text = placeIn(page);
  if (text === undefined) return undefined;
  const [, index, from = ''] = /^(\d{1,5})\.(.*)$/s.exec(text) ?? [];
  if (index !== undefined) return { from: from === '' ? null : from, index: Number(index) };
  throw new Problem('input-invalid', {
    errors: [{ path: 'cursor', detail: 'must be the "next" of an earlier page' }],
  });
}
