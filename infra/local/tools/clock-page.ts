import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import type { Markup } from '../../../functions/base/page.ts';
import type { Town } from '../town.ts';
import type { HereKey, Voice } from './voice.ts';

type ClockTown = Pick<Town, 'clock' | 'movesUntil' | 'nextMoment' | 'mailLeaves'>;

const STEPS = [
  ['PT1H', 'clock.hour'],
  ['P1D', 'clock.day'],
  ['P7D', 'clock.week'],
  ['P1M', 'clock.month'],
] as const;

/** The clock as it stands, and what moves it; with what became of the last wish. */
export function clockPage(
  voice: Voice,
  town: ClockTown,
  timeZone: string,
  told: { readonly wrong?: HereKey | undefined; readonly left?: number | undefined },
): Markup {
  const { say, moment } = voice;
  const { wrong, left } = told;
  const now = town.clock.now();
  const until = town.movesUntil();
  const next = town.nextMoment();
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const wall = local.toPlainDateTime().toString({ smallestUnit: 'minute' });
  return html`<h1>${say('place.clock')}</h1>
    ${
      wrong === undefined
        ? ''
        : html`<div class="card note" role="alert">
            <p>${say('clock.stays', { why: say(wrong) })}</p>
          </div>`
    }
    ${
      left === undefined
        ? ''
        : html`<div class="card note" role="status">
            <p>
              ${say('clock.left', { mails: left })} <a href="/mailbox">${say('place.mailbox')}</a>
            </p>
          </div>`
    }
    <section class="card" aria-labelledby="now">
      <p class="s" id="now">${say('clock.now', { timeZone })}</p>
      <p class="now">
        <time datetime="${new Date(now).toISOString()}">${moment(now, timeZone)}</time>
      </p>
      <p class="s">${say(town.clock.mode === 'held' ? 'clock.held' : 'clock.real')}</p>
      ${until === undefined ? '' : html`<p><b>${say('clock.until', { until: moment(until, timeZone) })}</b></p>`}
      <p class="s">
        ${
          next === undefined
            ? say('clock.nothing')
            : say('clock.next', { next: moment(next, timeZone) })
        }
      </p>
    </section>
    ${town.mailLeaves ? html`<p>${say('clock.stands')}</p>` : moveForms(voice, wall)}`;
}

function moveForms({ say }: Voice, wall: string): Markup {
  return html`<section aria-labelledby="move">
    <h2 id="move">${say('clock.move')}</h2>
    <p>${say('clock.move.lead')}</p>
    <div class="row">
      ${STEPS.map(
        ([advance, key]) =>
          html`<form method="post" action="/clock">
            <button name="advance" value="${advance}">${say(key)}</button>
          </form>`,
      )}
    </div>
    <form method="post" action="/clock">
      <div class="row">
        <label class="f"
          >${say('clock.to')}
          <input type="datetime-local" name="local" value="${wall}" min="${wall}" required />
        </label>
        <button class="go">${say('clock.to.go')}</button>
      </div>
    </form>
  </section>`;
}
