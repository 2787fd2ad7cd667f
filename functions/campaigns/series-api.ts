import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { LocalDate } from '../base/time.ts';
import { apiRoute, Id, json, jsonBody, MomentText, momentText, newApi } from '../team/api.ts';
import { CampaignView, HandView, State, viewOf } from './api-views.ts';
import { beginning, RepeatInput, repeatWithCare } from './repeat.ts';
import { datesOf, Repeat, Rhythm, scheduleOn } from './rhythm.ts';
import { comingDates, leavesAt, occurrenceId, type Series } from './series.ts';
import { endSeries, keepDate, skipDate } from './series-acts.ts';
import { readCampaign, readCampaigns, readSeries } from './store.ts';
import { stateWith } from './view.ts';

const SHOWN_MOST = 12;
const tags = ['campaigns'];
const request = { params: Id };

const OneDate = z.strictObject({ date: z.iso.date('must be a day, as "2026-12-01"') });
const DateView = z.object({ date: z.iso.date(), leavesAt: MomentText });
const SeriesView = z
  .object({
    rhythm: Rhythm,
    onlyNewest: z.boolean(),
    unchanged: z.enum(['send', 'wait']),
    by: HandView,
    next: z
      .array(
        DateView.extend({
          skipped: z.boolean(),
          campaign: z
            .object({ id: z.string(), state: State, waits: z.string().nullable() })
            .nullable()
            .describe('its letter, made three days before it leaves'),
        }),
      )
      .describe('the next dates, at most twelve'),
    missed: z.int().describe('dates that went by while nobody was at work'),
    approvedFor: z
      .int()
      .nullable()
      .describe('the number of readers somebody said yes to; far above it, a letter waits'),
    endedAt: MomentText.nullable(),
  })
  .meta({ id: 'Series' });

const dates = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/repeat/dates',
  scope: 'campaigns:read',
  audited: 'nobody',
  tags,
  summary: 'The first dates of a rhythm, before one says yes',
  description: 'Nothing is written and nothing sent.',
  request: { ...request, ...jsonBody(z.strictObject({ rhythm: Rhythm })) },
  responses: { 200: json(z.object({ next: z.array(DateView) }), 'At most twelve.') },
});
const repeat = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/repeat',
  scope: 'campaigns:send',
  sends: true,
  tags,
  summary: 'Send a letter again and again',
  description:
    'Its state is then "recurring": it is copied at each date of its rhythm, three days ahead, as a campaign of its own with books of its own, and is not sent itself. Called again, it changes the rhythm. Whom it would go to is looked at as with "schedule", and the yes counts for all that comes: when many more readers than then would get one (a fifth more, and more than "largeSend"), that one is a draft and waits. A change of the letter is for those to come, and for many readers it wants another look. With "onlyNewest", the newest takes the place of those before it in readers’ own letters; with "unchanged": "wait", one with the same text as the last waits for somebody. What was due while nobody was at work is not sent in a heap afterwards: only the newest is, and it waits for somebody when it is too late.',
  request: { ...request, ...jsonBody(RepeatInput) },
  responses: { 200: json(CampaignView, 'The campaign as it is now.') },
});
const show = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/repeat',
  scope: 'campaigns:read',
  tags,
  summary: 'The rhythm of a letter and its next dates',
  request,
  responses: {
    200: json(
      z.object({
        series: SeriesView.nullable(),
        asked: Repeat.nullable().describe('what waits for a second person'),
      }),
      'Null where it never was to leave again.',
    ),
  },
});

function act<const Name extends string>(name: Name, summary: string, description: string) {
  return apiRoute({
    method: 'post',
    path: `/campaigns/{id}/repeat/${name}`,
    scope: 'campaigns:send',
    tags,
    summary,
    description,
    request: { ...request, ...jsonBody(OneDate) },
    responses: { 200: json(SeriesView, 'The series as it is now.') },
  });
}
const skip = act(
  'skip',
  'Leave out one date',
  'A letter made for it is taken back; one that somebody has worked on becomes a draft.',
);
const keep = act('keep', 'Leave out one date no more', 'While it is still ahead.');
const end = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/repeat/end',
  scope: 'campaigns:send',
  tags,
  summary: 'No more of it',
  description: 'Letters made and not left are taken back. What has left has left.',
  request,
  responses: { 200: json(CampaignView, 'The campaign, "ended".') },
});

/** Letters that leave again and again. */
export function seriesApi(ports: Ports) {
  const current = async (id: string) => viewOf(ports, await readCampaign(ports, id));
  return newApi()
    .openapi(dates, async (c) => {
      await readCampaign(ports, c.req.valid('param').id);
      const rhythm = await beginning(ports, c.req.valid('json'));
      const next: z.infer<typeof DateView>[] = [];
      for (const date of datesOf(rhythm)) {
        next.push({ date, leavesAt: momentText(scheduleOn(rhythm, date).startsAt) });
        if (next.length === SHOWN_MOST) break;
      }
      return c.json({ next }, 200);
    })
    .openapi(repeat, async (c) => {
      const { id } = c.req.valid('param');
      const { held, facts } = await repeatWithCare(ports, id, c.req.valid('json'), c.get('caller'));
      c.set('facts', facts);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(show, async (c) => {
      const { id } = c.req.valid('param');
      const { campaign } = await readCampaign(ports, id);
      const found = await readSeries(ports, id);
      const asked = campaign.asked?.wish.repeat ?? null;
      return c.json({ series: found ? await seriesView(ports, found.it) : null, asked }, 200);
    })
    .openapi(skip, async (c) => {
      const { date } = c.req.valid('json');
      c.set('facts', { date });
      return c.json(await after(ports, skipDate, c.req.valid('param').id, date), 200);
    })
    .openapi(keep, async (c) => {
      const { date } = c.req.valid('json');
      c.set('facts', { date });
      return c.json(await after(ports, keepDate, c.req.valid('param').id, date), 200);
    })
    .openapi(end, async (c) => {
      const { id } = c.req.valid('param');
      await endSeries(ports, id);
      return c.json(await current(id), 200);
    });
}

async function after(ports: Ports, act: typeof skipDate, id: string, date: LocalDate) {
  await act(ports, id, date);
  const found = await readSeries(ports, id);
  if (!found) throw new Problem('not-found');
  return seriesView(ports, found.it);
}

async function seriesView(
  ports: Pick<Ports, 'table' | 'now'>,
  series: Series,
): Promise<z.infer<typeof SeriesView>> {
  const coming = comingDates(series, ports.now(), SHOWN_MOST);
  const idOf = (date: LocalDate) => occurrenceId(series.seriesId, date);
  const made = await readCampaigns(ports, coming.map(idOf));
  const byId = new Map(made.map(({ it }) => [it.campaignId, it]));
  const { rhythm, onlyNewest, unchanged, by, missed, approvedFor, endedAt } = series;
  return {
    ...{ rhythm, onlyNewest, unchanged, missed, approvedFor },
    by: { id: by.id, name: by.name },
    next: coming.map((date) => {
      const campaign = byId.get(idOf(date));
      return {
        date,
        leavesAt: momentText(leavesAt(series, date)),
        skipped: series.skipped.includes(date),
        campaign: campaign
          ? {
              id: campaign.campaignId,
              state: stateWith(campaign, undefined),
              waits: campaign.occurrence?.waits ?? null,
            }
          : null,
      };
    }),
    endedAt: momentText(endedAt),
  };
}
