import { html } from 'hono/html';
import { hidden } from '../base/controls.ts';
import { dateIn } from '../base/words.ts';
import type { Reader } from '../people/person.ts';
import { nextLetterAt } from '../policy/calendar.ts';
import { paceInside } from './consent-words.ts';
import { addressField } from './pages.ts';
import { hashOf, type Words } from './record.ts';
import { answer, teller, type Visit } from './visit.ts';

export function confirmPage(visit: Visit, words: Words, changed: boolean): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    title: t('confirm.title'),
    body: html`<h1>${t('confirm.title')}</h1>
      ${changed ? html`<p role="status">${t('confirm.changed')}</p>` : ''}
      <form method="post" class="card">
        <p>${words.text}</p>
        ${hidden('words', hashOf(words))}
        <button class="go" name="choice" value="confirm">${t('confirm.button')}</button>
        <button name="choice" value="not-me">${t('confirm.not-me')}</button>
        <p class="s">${t('confirm.not-me.means')}</p>
      </form>`,
  });
}

export function confirmedPage(
  visit: Visit,
  {
    reader,
    again,
    preferences,
    now,
  }: {
    readonly reader: Reader;
    readonly again: boolean;
    readonly preferences: string;
    readonly now: number;
  },
): Promise<Response> {
  const t = teller(visit);
  const { brand, language } = visit;
  const next = nextLetterAt(reader, brand, now);
  return answer(visit, {
    title: t('confirm.done.title'),
    body: html`<h1>${t('confirm.done.title')}</h1>
      <div class="card">
        <p>
          ${
            again
              ? t('confirm.done.again')
              : t('confirm.done', { pace: paceInside(reader.frequency, language) })
          }
          ${
            next === null
              ? t('after.next.published')
              : t('after.next', {
                  date: dateIn(language, reader.timeZone, next),
                  waits: reader.waiting.length > 0 ? 'yes' : 'no',
                })
          }
        </p>
        <a class="btn" href="${preferences}">${t('confirm.preferences')}</a>
      </div>`,
  });
}

/** A new address says yes; or the old one, told of the change, takes it back. */
export function movePage(visit: Visit, goesBack: boolean): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    title: t('move.title'),
    body: html`<h1>${t('move.title')}</h1>
      <form method="post" class="card">
        <p>${t(goesBack ? 'move.back.lead' : 'move.lead')}</p>
        <button class="go" name="choice" value="move">
          ${t(goesBack ? 'move.back.button' : 'move.button')}
        </button>
        ${
          goesBack
            ? ''
            : html`<button name="choice" value="not-me">${t('confirm.not-me')}</button>
                <p class="s">${t('confirm.not-me.means')}</p>`
        }
      </form>`,
  });
}

/** Where letters go now; undefined when that address has choices of its own. */
export function movedPage(visit: Visit, address: string | undefined): Promise<Response> {
  const t = teller(visit);
  const title = t(address === undefined ? 'move.taken.title' : 'after.done');
  return answer(visit, {
    title,
    body: html`<div role="status">
      <h1>${title}</h1>
      <p>${address === undefined ? t('move.taken') : t('move.done', { address })}</p>
    </div>`,
  });
}

export function forgottenPage(visit: Visit): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    title: t('confirm.forgotten.title'),
    body: html`<h1>${t('confirm.forgotten.title')}</h1>
      <p>${t('confirm.forgotten')}</p>`,
  });
}

/**
 * A link that is old, altered, of another purpose or of nobody: one page for all of them, so that
 * it tells nobody apart. `stop` is offered where the seal still says whose link it was.
 */
export function oldLinkPage(
  visit: Visit,
  facts: {
    readonly status?: 404 | 410 | 200;
    readonly stop?: boolean;
    readonly wrong?: boolean;
  } = {},
): Promise<Response> {
  const t = teller(visit);
  const wrong = facts.wrong ? t('error.address') : undefined;
  return answer(visit, {
    status: facts.wrong ? 422 : (facts.status ?? 404),
    title: t('old.title'),
    body: html`<h1>${t('old.title')}</h1>
      <p>${t('old.lead')}</p>
      <form method="post" action="/link?lang=${visit.language}" class="card" novalidate>
        ${addressField(t('old.address'), '', wrong)}
        <button class="go">${t('old.send')}</button>
      </form>
      ${
        facts.stop
          ? html`<form method="post" class="card">
              <p class="s">${t('old.stop')}</p>
              <button name="choice" value="stop">${t('leave.stop')}</button>
            </form>`
          : ''
      }`,
  });
}

export function linkSentPage(visit: Visit): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    title: t('old.sent.title'),
    body: html`<h1>${t('old.sent.title')}</h1>
      <p>${t('old.sent')}</p>`,
  });
}
