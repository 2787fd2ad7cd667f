import * as z from 'zod';
import { Problem } from '../base/problem.ts';
import {
  FIRST_ZONE,
  instantOf,
  isTimeZone,
  MINUTE,
  wallTimeIn,
  type Instant,
  type WallTime,
} from '../base/time.ts';
import type { Schedule } from './campaign.ts';

/** What is sent now leaves in two minutes, and can be taken back until then. */
export const UNDO_MS = 2 * MINUTE;
const NOW = 'now';

export const ScheduleInput = z.strictObject({
  at: z
    .string()
    .regex(
      /^(now|\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d)$/,
      'must be a local time, as "2026-12-01T09:00", or "now"',
    )
    .refine((at) => at === NOW || isDay(at), 'must be a day of the calendar'),
  timeZone: z
    .string()
    .refine((zone) => zone === 'reader' || isTimeZone(zone), 'must be an IANA zone or "reader"'),
  /** The number of readers as a person typed it, to show that they saw it. */
  expect: z.int().min(0).optional(),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(at: string): boolean {
  const read = Date.parse(`${at}Z`);
  return !Number.isNaN(read) && new Date(read).toISOString().startsWith(at);
}

/** The moment a wish stands for; a problem when it has passed. */
export function scheduleOf({ at, timeZone }: ScheduleInput, now: Instant): Schedule {
  if (at === NOW) return scheduleNow(timeZone, now);
  const wallTime: WallTime = {
    date: at.slice(0, 10),
    minutes: Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)),
  };
  const atReaders = timeZone === 'reader';
  const startsAt = instantOf(atReaders ? FIRST_ZONE : timeZone, wallTime);
  if (startsAt <= now)
    throw new Problem('moment-passed', {
      errors: [
        {
          path: 'at',
          detail: atReaders
            ? 'that hour has already passed for the first readers of the world'
            : 'that hour has already passed there',
        },
      ],
    });
  return { startsAt, timeZone, wallTime, atReaders };
}

function scheduleNow(timeZone: string, now: Instant): Schedule {
  if (timeZone === 'reader')
    throw new Problem('input-invalid', {
      errors: [{ path: 'timeZone', detail: '"now" is one moment for everybody; name a zone' }],
    });
  const startsAt = now + UNDO_MS;
  return { startsAt, timeZone, wallTime: wallTimeIn(timeZone, startsAt), atReaders: false };
}
