import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { wallTimeIn } from '../base/time.ts';
import { readBrand } from '../people/store.ts';
import { apiRoute, json, MomentText, newApi } from '../team/api.ts';
import { FiguresView, scheduleView, State } from './api-views.ts';
import { calendarOf } from './calendar.ts';

const Count = z.int();
const ForecastView = z
  .object({
    candidates: Count,
    send: Count,
    hold: Count,
    digest: Count,
    drop: Count,
    byReason: z.record(z.string(), Count),
  })
  .meta({ id: 'Forecast' });
const DayView = z
  .object({
    date: z.iso.date(),
    letters: Count,
    campaigns: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        topic: z.string(),
        state: State,
        schedule: z.object({ at: z.string(), timeZone: z.string(), startsAt: MomentText }),
        occurrence: z
          .object({ series: z.string(), date: z.iso.date(), isMade: z.boolean() })
          .nullable()
          .describe('a letter of a series; until it is made, three days ahead, nothing has its id'),
        forecast: ForecastView.nullable(),
        figures: z.union([FiguresView, z.null()]),
      }),
    ),
  })
  .meta({ id: 'CalendarDay' });

const show = apiRoute({
  method: 'get',
  path: '/calendar',
  scope: 'campaigns:read',
  tags: ['campaigns'],
  summary: 'What leaves on which day, and how readers’ paces meet it',
  description:
    'Days in the house’s zone, from "from" (today when left out). A planned campaign has a "forecast": the heart is asked about each reader, day after day, what leaves taking its turn, so that one campaign weighs on the next; "digest" and "hold" are the pressure. Of large houses a fair sample is asked ("asked.readers", each standing for "asked.each"). "move" and "at" show the same as if that campaign left at another local time of its zone; nothing is moved. Coming letters of a series stand on their dates with "state": "recurring" until they are made.',
  request: {
    query: z
      .strictObject({
        from: z.iso
          .date('must be a day, as "2026-12-01"')
          // The days after it are days of four-digit years too.
          .refine((day) => day < '9999', 'must be before the year 9999')
          .optional(),
        days: z.coerce.number().int().min(1).max(62).default(31),
        move: z.string().min(1).max(64).optional(),
        at: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'must be a local time')
          .optional(),
      })
      .refine(({ move, at }) => (move === undefined) === (at === undefined), {
        message: '"move" and "at" go together',
        path: ['at'],
      }),
  },
  responses: {
    200: json(
      z.object({
        timeZone: z.string(),
        today: z.iso.date(),
        asked: z.object({ readers: Count, each: z.number() }),
        days: z.array(DayView),
      }),
      'The days.',
    ),
  },
});

/** The calendar with its pressure. */
export function calendarApi(ports: Ports) {
  return newApi().openapi(show, async (c) => {
    const { from, days, move, at } = c.req.valid('query');
    const { timeZone } = await readBrand(ports);
    const today = wallTimeIn(timeZone, ports.now()).date;
    const calendar = await calendarOf(ports, {
      from: from ?? today,
      days,
      ...(move !== undefined && at !== undefined ? { move: { campaignId: move, at } } : {}),
    });
    return c.json(
      {
        timeZone,
        today,
        asked: calendar.asked,
        days: calendar.days.map(({ date, letters, entries }) => ({
          date,
          letters,
          campaigns: entries.map(({ campaign, schedule, state, forecast, figures }) => ({
            ...{ id: campaign.campaignId, name: campaign.name, topic: campaign.topic, state },
            schedule: scheduleView(schedule),
            occurrence: campaign.occurrence
              ? {
                  series: campaign.occurrence.seriesId,
                  date: campaign.occurrence.date,
                  isMade: campaign.state !== 'recurring',
                }
              : null,
            forecast: forecast ?? null,
            figures: figures ?? null,
          })),
        })),
      },
      200,
    );
  });
}
