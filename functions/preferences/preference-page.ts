import { html } from 'hono/html';
import { attention, hidden } from '../base/controls.ts';
import type { Markup } from '../base/page.ts';
import { monthIn, say, weekdayDateIn, weekdayIn } from '../base/words.ts';
import { topicName } from '../consent/consent-words.ts';
import { topicMeans } from '../consent/pages.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import { maskAddress } from '../people/address.ts';
import { PACES, topicsFollowed, type Frequency } from '../people/person.ts';
import { greetingOf } from '../people/salutation.ts';
import { isPaused, nextLetterAt } from '../policy/calendar.ts';
import { withFrequency } from '../policy/change.ts';
import {
  noteOf,
  radio,
  select,
  switched,
  type Part,
  type PreferencePage,
} from './preference-fields.ts';
import { greetingsFor, PAUSE_MONTHS, topicField } from './preference-form.ts';
import { dayIn } from './tell.ts';
import { placeOf, zonesWith } from './time-zones.ts';

/** The preference centre: all there is to choose, one form, nothing that needs a script. */
export function preferencePage(visit: Visit, page: PreferencePage): Promise<Response> {
  const t = teller(visit);
  const part = { ...page, visit, t };
  return answer(visit, {
    status: page.wrong.length > 0 ? 422 : 200,
    title: t('preferences.title'),
    body: html`<h1>${t('preferences.title')}</h1>
      ${page.notice}
      ${attention(
        visit,
        page.wrong.map(({ field, because }) => ({ field, sentence: t(because) })),
      )}
      ${who(part)}
      <form method="post" class="card" novalidate>
        ${hidden('shown', new URLSearchParams(page.shown).toString())} ${pace(part)} ${pause(part)}
        ${topics(part)} ${notes(part)} ${greeting(part)} ${moment(part)} ${language(part)}
        ${habits(part)}
        <button class="go" name="choice" value="save">${t('preferences.save')}</button>
      </form>
      <form method="post" class="card">
        <button name="choice" value="stop">${t('preferences.stop')}</button>
        <p class="s">${t('preferences.stop.means')}</p>
      </form>
      <form method="post" class="card">
        <button name="choice" value="known">${t('preferences.known')}</button>
        <p class="s">${t('preferences.known.means')}</p>
      </form>`,
  });
}

/** Who, since when, and when the next letter comes. */
function who({ both: { reader, profile }, visit: { language, brand }, t, now }: Part): Markup {
  const next = nextLetterAt(reader, brand, now);
  const follows = topicsFollowed(reader).length > 0;
  const comes = isPaused(reader, now)
    ? t('preferences.next.paused', {
        date: dayIn(language, reader.timeZone, reader.pause!.until, now),
      })
    : !follows
      ? t('leave.nothing.now')
      : next === null
        ? t('preferences.next.published')
        : t('preferences.next', {
            date: weekdayDateIn(language, reader.timeZone, next),
            waits: reader.waiting.length > 0 ? 'yes' : 'no',
          });
  const count = reader.waiting.length;
  const waits = t(isPaused(reader, now) ? 'preferences.next.after' : 'preferences.next.waiting', {
    count,
  });
  return html`<p class="s">
      <bdi>${maskAddress(profile.email)}</bdi> ·
      ${t('preferences.since', { month: monthIn(language, reader.timeZone, profile.createdAt) })}
    </p>
    <p><strong>${comes}</strong> ${count > 0 && follows ? waits : ''}</p>`;
}

function pace(part: Part): Markup {
  const { t } = part;
  return html`<fieldset id="frequency">
    <legend>${t('preferences.pace')}</legend>
    ${noteOf(part, 'frequency')}
    ${PACES.map((frequency) =>
      radio(part, 'frequency', frequency, t(`pace.${frequency}`), paceMeans(part, frequency)),
    )}
  </fieldset>`;
}

/** What a pace means, with the date its next letter would leave: seen before it is chosen. */
function paceMeans({ both: { reader }, visit, t, now }: Part, frequency: Frequency): Markup {
  const { brand, language } = visit;
  const next = nextLetterAt(withFrequency(reader, frequency, brand, now), brand, now);
  const means = t(`pace.${frequency}.means`);
  const waits = reader.waiting.length > 0;
  if (next === null || (frequency === 'immediate' && !waits)) return html`${means}`;
  const date = dayIn(language, reader.timeZone, next, now);
  return html`${means}<b>${t('preferences.pace.next', { date, waits: waits ? 'yes' : 'no' })}</b>`;
}

function pause(part: Part): Markup {
  const { t, visit, both, now, values } = part;
  const { reader } = both;
  const until = reader.pause && dayIn(visit.language, reader.timeZone, reader.pause.until, now);
  return html`<fieldset id="pause">
    <legend>${t('preferences.pause')}</legend>
    <p class="s">${t('preferences.pause.means')}</p>
    ${noteOf(part, 'pause')} ${noteOf(part, 'pauseDate')}
    <div class="g">
      ${
        isPaused(reader, now)
          ? radio(part, 'pause', 'keep', t('preferences.pause.now', { date: until! }))
          : ''
      }
      ${radio(part, 'pause', 'none', t('preferences.pause.none'))}
      ${PAUSE_MONTHS.map((months) =>
        radio(part, 'pause', String(months), t('preferences.pause.months', { months })),
      )}
      ${radio(part, 'pause', 'date', t('preferences.pause.date'))}
    </div>
    <label class="f" for="pauseDate">${t('preferences.pause.day')}</label>
    <input type="date" id="pauseDate" name="pauseDate" value="${values.pauseDate}" />
  </fieldset>`;
}

function topics(part: Part): Markup {
  const { t, visit, offered } = part;
  return html`<fieldset id="topics">
    <legend>${t('preferences.topics')}</legend>
    <p class="s">${t('preferences.topic.means')}</p>
    ${offered.map((topic) => {
      const name = topicField(topic.id);
      const means = topicMeans(topic, visit.language, visit.brand);
      return html`<fieldset class="t" id="${name}">
        <legend>${topicName(topic, visit.language, visit.brand)}</legend>
        ${means ? html`<p class="s">${means}</p>` : ''} ${noteOf(part, name)}
        <div class="g">
          ${radio(part, name, 'off', t('preferences.topic.off'))}
          ${radio(part, name, 'digest', t('preferences.topic.digest'))}
          ${radio(part, name, 'immediate', t('preferences.topic.immediate'))}
        </div>
      </fieldset>`;
    })}
  </fieldset>`;
}

function notes(part: Part): Markup {
  return html`<fieldset>
    ${switched(part, 'personalNotes', part.t('preferences.notes'), part.t('preferences.notes.means', part.visit.brand.lifecycleCeiling))}
  </fieldset>`;
}

function greeting(part: Part): Markup {
  const { t, both, visit, values } = part;
  const { profile } = both;
  const own =
    profile.salutation.form === 'own'
      ? greetingOf(profile, visit.language)
      : t('preferences.greeting.own');
  return html`<fieldset id="salutation">
    <legend>${t('preferences.greeting')}</legend>
    ${noteOf(part, 'salutation')}
    <div class="g w">
      ${greetingsFor(profile, visit.language).map((one) =>
        radio(part, 'salutation', one.form, html`<bdi>${one.greeting}</bdi>`),
      )}
      ${radio(part, 'salutation', 'own', html`<bdi>${own}</bdi>`)}
    </div>
    <label class="f" for="ownWords">${t('preferences.greeting.words')}</label>
    ${noteOf(part, 'ownWords')}
    <input id="ownWords" name="ownWords" maxlength="40" value="${values.ownWords}" />
  </fieldset>`;
}

function moment(part: Part): Markup {
  const { t, both, visit } = part;
  const { reader } = both;
  const day = weekdayIn(visit.language, visit.brand.digestWeekday);
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((one) => [
    String(one),
    weekdayIn(visit.language, one),
  ]);
  const zones = zonesWith(reader.timeZone, visit.brand.timeZone);
  return html`<fieldset id="moment">
    <legend>${t('preferences.moment')}</legend>
    ${select(part, 'weekday', t('preferences.weekday'), [
      ['', t('preferences.weekday.house', { day })],
      ...weekdays,
    ])}
    ${select(part, 'partOfDay', t('preferences.part'), [
      ['', t('preferences.part.house')],
      ['morning', t('preferences.part.morning')],
      ['afternoon', t('preferences.part.afternoon')],
    ])}
    ${select(
      part,
      'timeZone',
      t('preferences.zone'),
      zones.map((zone) => [zone, placeOf(zone, visit.language)]),
    )}
    <p class="s">${t(`preferences.zone.${reader.timeZoneFrom}`)}</p>
  </fieldset>`;
}

function language(part: Part): Markup {
  const { t, visit } = part;
  return html`<fieldset id="language">
    <legend>${t('preferences.language')}</legend>
    ${noteOf(part, 'language')}
    <div class="g">
      ${visit.brand.languages.map((one) =>
        radio(part, 'language', one, html`<span lang="${one}">${say(one, 'language.name')}</span>`),
      )}
    </div>
    ${switched(
      part,
      'languageOnly',
      t('preferences.language.only'),
      t('preferences.language.only.means'),
    )}
  </fieldset>`;
}

function habits(part: Part): Markup {
  const { t } = part;
  return html`<fieldset>
    <legend>${t('preferences.use')}</legend>
    ${switched(part, 'byPurchases', t('preferences.purchases'), t('preferences.purchases.means'))}
    ${switched(part, 'countClicks', t('preferences.clicks'), t('preferences.clicks.means'))}
  </fieldset>`;
}
