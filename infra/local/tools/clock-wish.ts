import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { inputErrors } from '../../../functions/base/http.ts';
import { Problem, type ProblemCode } from '../../../functions/base/problem.ts';
import type { Instant } from '../../../functions/base/time.ts';
import type { Town } from '../town.ts';
import type { HereKey } from './voice.ts';

type WishTown = Pick<Town, 'clock' | 'mailLeaves'>;

const YEARS_AT_MOST = 10;
const Move = z.union(
  [
    z.strictObject({
      advance: z.string().regex(/^P[\dTYMWDHS]+$/i, 'must be a duration, as "P1D"'),
    }),
    z.strictObject({
      to: z.iso.datetime({ offset: true, error: 'must be a moment, as "2026-01-05T10:00:00Z"' }),
    }),
  ],
  { error: 'must be { "advance": "P1D" } or { "to": "2026-01-05T10:00:00Z" }' },
);
/** What the page's own form sends beside it: a time on the house's wall clock. */
const LocalMove = z.strictObject({
  local: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/),
});

/** Why time stays where it is: for programs as every problem is told, for people in their words. */
export class Stays extends Problem {
  readonly key: HereKey;

  constructor(key: HereKey, code: ProblemCode, facts: ConstructorParameters<typeof Problem>[1]) {
    super(code, facts);
    this.key = key;
  }
}

/** The moment that a body asks time to pass to, on the house's own clock where it names an hour. */
export function momentWished(body: unknown, town: WishTown, timeZone: string): Instant {
  if (town.mailLeaves)
    throw new Stays('clock.wrong.leaves', 'state-does-not-allow', {
      detail: 'Mail leaves this machine: time moved here would really send what is due in it.',
    });
  const now = Temporal.Instant.fromEpochMilliseconds(town.clock.now()).toZonedDateTimeISO(timeZone);
  const at = read(body, now);
  if (at < town.clock.now())
    throw new Stays('clock.wrong.back', 'moment-passed', { detail: 'The clock never goes back.' });
  if (at > now.add({ years: YEARS_AT_MOST }).epochMilliseconds)
    throw new Stays('clock.wrong.far', 'input-invalid', {
      errors: [{ path: '', detail: `must be within ${YEARS_AT_MOST} years from now` }],
    });
  return at;
}

function read(body: unknown, now: Temporal.ZonedDateTime): Instant {
  const local = LocalMove.safeParse(body);
  if (local.success) return momentOfLocal(local.data.local, now.timeZoneId);
  const move = Move.safeParse(body);
  if (!move.success)
    throw new Stays('clock.wrong.calendar', 'input-invalid', { errors: inputErrors(move.error) });
  if ('to' in move.data) return Date.parse(move.data.to);
  try {
    return now.add(Temporal.Duration.from(move.data.advance)).epochMilliseconds;
  } catch (cause) {
    const errors = [{ path: 'advance', detail: 'must be a duration, as "P1D" or "PT2H"' }];
    throw new Stays('clock.wrong.calendar', 'input-invalid', { errors, cause });
  }
}

function momentOfLocal(local: string, timeZone: string): Instant {
  try {
    const wall = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    return wall.toZonedDateTime(timeZone).epochMilliseconds;
  } catch (cause) {
    const errors = [{ path: 'local', detail: 'must be a day and an hour of the calendar' }];
    throw new Stays('clock.wrong.calendar', 'input-invalid', { errors, cause });
  }
}
