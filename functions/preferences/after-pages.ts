import { html } from 'hono/html';
import { attention, choiceCard, hidden } from '../base/controls.ts';
import type { Markup } from '../base/page.ts';
import type { Instant } from '../base/time.ts';
import { dateIn, listIn, momentIn } from '../base/words.ts';
import { paceInside } from '../consent/consent-words.ts';
import type { House } from '../consent/newcomer.ts';
import type { ConsentRecord } from '../consent/record.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import type { Reader } from '../people/person.ts';
import { isPaused, nextLetterAt } from '../policy/calendar.ts';
import type { DepartureName } from './departure.ts';
import { dayIn, nameOf } from './tell.ts';

/** Why somebody left, if they want to say so. */
export const REASONS = ['much', 'concern', 'forgot', 'other'] as const;
export const REASON_LENGTH = 300;

export type Pressed = 'stop' | 'topics' | 'slower' | 'pause';

export type After = {
  readonly pressed: Pressed;
  readonly reader: Reader;
  /** Topics that no longer come, by id. */
  readonly without: readonly string[];
  readonly records: readonly ConsentRecord[];
  readonly undo: string | undefined;
  readonly departure: DepartureName | undefined;
};

/** What was done, from when, how to take it back and the receipt; then, for who wants to say it, why. */
export function afterPage(
  visit: Visit,
  house: House,
  now: Instant,
  after: After,
): Promise<Response> {
  const t = teller(visit);
  const { title, lines } = effectOf(visit, house, now, after);
  const left = after.pressed === 'stop' || after.pressed === 'topics';
  return answer(visit, {
    title,
    body: html`<div role="status">
        <h1>${title}</h1>
        ${lines.map((line) => html`<p>${line}</p>`)}
        ${after.pressed === 'stop' ? html`<p class="s">${t('after.service')}</p>` : ''}
      </div>
      ${after.undo ? html`<div class="card">${undoForm(visit, after.undo)}</div>` : ''}
      ${receipt(visit, after.records, after.reader.timeZone)}
      ${left && after.departure ? whyForm(visit, after.departure) : ''}`,
  });
}

function effectOf(
  visit: Visit,
  house: House,
  now: Instant,
  { pressed, reader, without }: After,
): { readonly title: string; readonly lines: readonly string[] } {
  const t = teller(visit);
  const { language } = visit;
  const pace = paceInside(reader.frequency, language);
  switch (pressed) {
    case 'stop':
      return { title: t('after.done'), lines: [t('after.stopped')] };
    case 'topics': {
      if (without.length === 0) return { title: t('after.noted'), lines: [t('after.same')] };
      const topics = listIn(
        language,
        without.map((id) => nameOf(id, house, language)),
      );
      return { title: t('after.done'), lines: [t('after.without', { topics })] };
    }
    case 'slower':
      return { title: t('after.slower', { pace }), lines: [nextLetterLine(visit, reader, now)] };
    case 'pause': {
      const until = reader.pause ? dayIn(language, reader.timeZone, reader.pause.until, now) : '';
      return { title: t('after.noted'), lines: [t('after.paused', { date: until, pace })] };
    }
  }
}

/** When the next letter leaves, in one sentence. */
export function nextLetterLine(visit: Visit, reader: Reader, now: Instant): string {
  const t = teller(visit);
  const { brand, language } = visit;
  if (isPaused(reader, now))
    return t('preferences.next.paused', {
      date: dayIn(language, reader.timeZone, reader.pause!.until, now),
    });
  const next = nextLetterAt(reader, brand, now);
  return next === null
    ? t('after.next.published')
    : t('after.next', {
        date: dateIn(language, reader.timeZone, next),
        waits: reader.waiting.length > 0 ? 'yes' : 'no',
      });
}

/** One tap takes it back, for one hour, from the page that says what was done. */
export function undoForm(visit: Visit, undo: string): Markup {
  const t = teller(visit);
  return html`<form method="post">
    ${hidden('undo', undo)}
    <button name="choice" value="undo">${t('after.undo')}</button>
    <p class="s">${t('after.undo.until')}</p>
  </form>`;
}

/** The record just made, folded away: its number, its moment and what it says. */
export function receipt(
  visit: Visit,
  records: readonly ConsentRecord[],
  timeZone: string,
): Markup | string {
  const first = records[0];
  if (!first) return '';
  const t = teller(visit);
  return html`<details>
    <summary>${t('receipt.title')}</summary>
    <div class="card">
      <p>${t('receipt.number', { number: first.recordId })}</p>
      <p class="s">${momentIn(visit.language, timeZone, first.recordedAt)}</p>
      <p class="s">${t('receipt.kept')}</p>
    </div>
  </details>`;
}

function whyForm(visit: Visit, { day, id }: DepartureName, wrong = false): Markup {
  const t = teller(visit);
  return html`<form method="post" class="card" id="why">
    ${hidden('departure', `${day}~${id}`)}
    <fieldset>
      <legend>${t('why.title')}</legend>
      ${REASONS.map((reason) =>
        choiceCard({
          kind: 'radio',
          name: 'reason',
          value: reason,
          checked: false,
          label: t(`why.${reason}`),
        }),
      )}
    </fieldset>
    <label class="f" for="words">${t('why.words')}</label>
    ${wrong ? html`<p class="bad" id="words-wrong">${t('error.line')}</p>` : ''}
    <input
      id="words"
      name="words"
      maxlength="${REASON_LENGTH}"
      ${wrong ? html`aria-invalid="true" aria-describedby="words-wrong"` : ''}
    />
    <p class="s">${t('why.read')}</p>
    <button name="choice" value="reason">${t('why.send')}</button>
  </form>`;
}

/** The reason again, where what was written cannot be taken. */
export function whyPage(visit: Visit, departure: DepartureName): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    status: 422,
    title: t('why.title'),
    body: html`${attention(visit, [{ field: 'words', sentence: t('error.line') }])}
    ${whyForm(visit, departure, true)}`,
  });
}

export function thanksPage(visit: Visit): Promise<Response> {
  return plainPage(visit, teller(visit)('why.thanks'), []);
}

export function undonePage(visit: Visit, reader: Reader, now: Instant): Promise<Response> {
  const t = teller(visit);
  const next = reader.stoppedAt === null ? [nextLetterLine(visit, reader, now)] : [];
  return plainPage(visit, t('after.undone'), [t('after.undone.now'), ...next]);
}

export function tooLatePage(visit: Visit): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    status: 410,
    title: t('after.late'),
    body: html`<h1>${t('after.late')}</h1>
      <form method="post" class="card">
        <button name="choice" value="back">${t('leave.back')}</button>
        <p class="s">${t('leave.back.how')}</p>
      </form>`,
  });
}

/** A mail left for the address we hold, which is shown as its owner would recognise it. */
export function mailSentPage(
  visit: Visit,
  { address, kind }: { readonly address: string; readonly kind: 'lead' | 'back' | 'enough' },
): Promise<Response> {
  const t = teller(visit);
  return plainPage(visit, t('sent.title'), [t(`sent.${kind}`, { address })]);
}

export function plainPage(
  visit: Visit,
  title: string,
  lines: readonly string[],
): Promise<Response> {
  return answer(visit, {
    title,
    body: html`<div role="status">
      <h1>${title}</h1>
      ${lines.map((line) => html`<p>${line}</p>`)}
    </div>`,
  });
}
