import type { Context } from 'hono';
import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { inputErrors, newApp } from '../../../functions/base/http.ts';
import type { Markup } from '../../../functions/base/page.ts';
import { Problem } from '../../../functions/base/problem.ts';
import type { Instant } from '../../../functions/base/time.ts';
import type { Town } from '../town.ts';
import { answerTool, shown, wantsJson } from './frame.ts';

export type ClockTown = Pick<
  Town,
  'clock' | 'passTime' | 'movesUntil' | 'nextMoment' | 'mailLeaves'
>;

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

/** Shows the clock, and moves it through everything that is due on the way. */
export function clockTool(town: ClockTown, timeZone: () => Promise<string>) {
  return newApp()
    .get('/clock', async (c) => {
      const zone = await timeZone();
      if (wantsJson(c)) return c.json(clockJson(town, zone));
      return answerTool(c, { title: 'Clock', body: clockPage(town, zone) });
    })
    .get('/clock.json', async (c) => c.json(clockJson(town, await timeZone())))
    .post('/clock', async (c) => {
      const zone = await timeZone();
      const asForm = !(c.req.header('content-type') ?? '').includes('json');
      const to = await momentAsked(c, asForm, town, zone);
      if (to instanceof Problem) {
        const body = clockPage(town, zone, sentenceOf(to));
        return answerTool(c, { title: 'Clock', status: to.status, body });
      }
      const passed = await orNoRoom(town.passTime({ to }));
      if (passed instanceof Problem) {
        if (!asForm || wantsJson(c)) throw passed;
        const body = clockPage(town, zone, `${passed.message} ${passed.remedy}`);
        return answerTool(c, { title: 'Clock', status: passed.status, body });
      }
      if (asForm && !wantsJson(c)) return c.redirect('/clock', 303);
      return c.json({ now: new Date(passed.now).toISOString(), ran: passed.ran });
    });
}

function clockJson(town: ClockTown, timeZone: string) {
  const until = town.movesUntil();
  return {
    now: new Date(town.clock.now()).toISOString(),
    timeZone,
    mode: town.clock.mode,
    movingUntil: until === undefined ? null : new Date(until).toISOString(),
  };
}

/** Who sent the page's own form is told on the page what was wrong with it. */
async function momentAsked(
  c: Context,
  asForm: boolean,
  town: ClockTown,
  zone: string,
): Promise<Instant | Problem> {
  try {
    return momentIn(await read(c, asForm), town, zone);
  } catch (error) {
    if (asForm && !wantsJson(c) && error instanceof Problem) return error;
    throw error;
  }
}

/** What fails on the way for want of room is told on the page: time stands where it came to. */
async function orNoRoom<Value>(passing: Promise<Value>): Promise<Value | Problem> {
  try {
    return await passing;
  } catch (error) {
    if (error instanceof Problem && error.code === 'no-room') return error;
    throw error;
  }
}

function sentenceOf({ message, detail, errors }: Problem): string {
  const why = detail ?? errors?.map((one) => `The time ${one.detail}.`).join(' ');
  return why === undefined || why === '' ? message : why;
}

async function read(c: Context, asForm: boolean): Promise<unknown> {
  if (asForm) return c.req.parseBody();
  try {
    return await c.req.json();
  } catch (cause) {
    throw new Problem('body-not-json', { cause });
  }
}

function momentIn(body: unknown, town: ClockTown, timeZone: string): Instant {
  if (town.mailLeaves)
    throw new Problem('state-does-not-allow', {
      detail: 'Mail leaves this machine: time moved here would really send what is due in it.',
    });
  const now = Temporal.Instant.fromEpochMilliseconds(town.clock.now()).toZonedDateTimeISO(timeZone);
  const at = wanted(body, now);
  if (at < town.clock.now())
    throw new Problem('moment-passed', { detail: 'The clock never goes back.' });
  if (at > now.add({ years: YEARS_AT_MOST }).epochMilliseconds)
    throw new Problem('input-invalid', {
      errors: [{ path: '', detail: `must be within ${YEARS_AT_MOST} years from now` }],
    });
  return at;
}

function wanted(body: unknown, now: Temporal.ZonedDateTime): Instant {
  const local = LocalMove.safeParse(body);
  if (local.success) return momentOfLocal(local.data.local, now.timeZoneId);
  const move = Move.safeParse(body);
  if (!move.success) throw new Problem('input-invalid', { errors: inputErrors(move.error) });
  if ('to' in move.data) return Date.parse(move.data.to);
  try {
    return now.add(Temporal.Duration.from(move.data.advance)).epochMilliseconds;
  } catch (cause) {
    const errors = [{ path: 'advance', detail: 'must be a duration, as "P1D" or "PT2H"' }];
    throw new Problem('input-invalid', { errors, cause });
  }
}

function momentOfLocal(local: string, timeZone: string): Instant {
  try {
    const wall = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    return wall.toZonedDateTime(timeZone).epochMilliseconds;
  } catch (cause) {
    const errors = [{ path: 'local', detail: 'must be a day and an hour of the calendar' }];
    throw new Problem('input-invalid', { errors, cause });
  }
}

const STEPS = [
  ['PT1H', 'An hour'],
  ['P1D', 'A day'],
  ['P7D', 'A week'],
  ['P1M', 'A month'],
] as const;

function clockPage(town: ClockTown, timeZone: string, wrong?: string): Markup {
  const now = town.clock.now();
  const until = town.movesUntil();
  const next = town.nextMoment();
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const wall = local.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return html`<h1>Clock</h1>
    ${
      wrong === undefined
        ? ''
        : html`<div class="card note" role="alert">
            <p>Time stays where it is. ${wrong}</p>
          </div>`
    }
    <section class="card" aria-labelledby="now">
      <p class="s" id="now">It is now, in ${timeZone}</p>
      <p class="now">
        <time datetime="${new Date(now).toISOString()}">${shown(now, timeZone)}</time>
      </p>
      <p class="s">
        ${
          town.clock.mode === 'held'
            ? 'Time stands still until you move it.'
            : 'Time passes by itself; you may also move it forward.'
        }
      </p>
      ${until === undefined ? '' : html`<p><b>It is on its way to ${shown(until, timeZone)}.</b></p>`}
      <p class="s">
        ${
          next === undefined
            ? 'Nothing is due.'
            : html`The next thing is due on ${shown(next, timeZone)}.`
        }
      </p>
    </section>
    ${town.mailLeaves ? STANDS : moveForms(wall)}`;
}

const STANDS = html`<p>Mail leaves this machine, so the clock cannot be moved.</p>`;

function moveForms(wall: string): Markup {
  return html`<section aria-labelledby="move">
    <h2 id="move">Let time pass</h2>
    <p>
      Everything that comes due on the way happens at its own moment, in order: campaigns leave,
      letters are made, pauses end. Time never goes back.
    </p>
    <div class="row">
      ${STEPS.map(
        ([advance, name]) =>
          html`<form method="post" action="/clock">
            <button name="advance" value="${advance}">${name}</button>
          </form>`,
      )}
    </div>
    <form method="post" action="/clock">
      <div class="row">
        <label class="f"
          >Until
          <input type="datetime-local" name="local" value="${wall}" min="${wall}" required />
        </label>
        <button class="go">Let time pass until then</button>
      </div>
    </form>
  </section>`;
}
