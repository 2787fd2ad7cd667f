import { html } from 'hono/html';
import { attention, choiceCard, hidden, wrongNote } from '../base/controls.ts';
import { say } from '../base/words.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { PACES, type Frequency } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { formWords, paceInside, topicName } from './consent-words.ts';
import type { Form } from './form.ts';
import type { Filled, Wrong } from './sign-up-form.ts';
import { answer, teller, type Visit } from './visit.ts';

export type SignUpPage = {
  readonly form: Form;
  readonly topics: readonly Topic[];
  readonly filled: Filled;
  readonly wrong: readonly Wrong[];
  readonly stamp: string;
};

/** Address, pace, topics, one unticked consent with its exact words. */
export function signUpPage(visit: Visit, page: SignUpPage): Promise<Response> {
  const { brand, language } = visit;
  const { form, topics, filled, wrong } = page;
  const t = teller(visit);
  const because = (field: Wrong['field']) => {
    const found = wrong.find((one) => one.field === field);
    return found && t(found.because);
  };
  const words = formWords(brand, language, { announced: form.frequency, topics });
  const title = t('subscribe.title');
  if (topics.length === 0)
    return answer(visit, {
      title,
      body: html`<h1>${title}</h1>
        <p>${t('subscribe.none')}</p>`,
    });
  return answer(visit, {
    status: wrong.length > 0 ? 422 : 200,
    title,
    body: html`<h1>${title}</h1>
      <p>${t('subscribe.lead', { name: brand.sender.name, brand: brand.name })}</p>
      ${attention(
        visit,
        wrong.map(({ field, because }) => ({ field, sentence: t(because) })),
      )}
      <form method="post" class="card" novalidate>
        ${hidden('stamp', page.stamp)}
        ${addressField(t('subscribe.address'), filled.email, because('email'))}
        ${paceChoices(form.frequency, filled.frequency, language, because('frequency'))}
        ${topics.length > 1 ? topicChoices(topics, filled, visit, because('topics')) : ''}
        <div id="consent">
          ${wrongNote('consent-wrong', because('consent'))}
          ${choiceCard({
            kind: 'checkbox',
            name: 'consent',
            value: 'yes',
            checked: filled.consent,
            label: words.text,
            wrong: because('consent') && 'consent-wrong',
          })}
          ${
            brand.privacyUrl
              ? html`<p class="s"><a href="${brand.privacyUrl}">${t('frame.privacy')}</a></p>`
              : ''
          }
        </div>
        <div class="hp" aria-hidden="true">
          <label
            >${t('subscribe.trap')}<input name="website" tabindex="-1" autocomplete="off"
          /></label>
        </div>
        ${wrongNote('stamp', because('stamp'))}
        <button class="go">${t('subscribe.send')}</button>
        <p class="s">${t('subscribe.next')}</p>
      </form>`,
  });
}

/** Where an address is written. */
export function addressField(label: string, value: string, wrong: string | undefined) {
  return html`<label class="f" for="email">${label}</label> ${wrongNote('email-wrong', wrong)}
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="email"
      required
      value="${value}"
      ${wrong ? html`aria-invalid="true" aria-describedby="email-wrong"` : ''}
    />`;
}

function paceChoices(
  announced: Frequency,
  filled: string,
  language: string,
  wrong: string | undefined,
) {
  return html`<fieldset id="frequency">
    <legend>${say(language, 'subscribe.pace')}</legend>
    <p class="s">
      ${say(language, 'subscribe.pace.announced', { pace: paceInside(announced, language) })}
    </p>
    ${wrongNote('frequency-wrong', wrong)}
    <div class="g w">
      ${PACES.map((pace) =>
        choiceCard({
          kind: 'radio',
          name: 'frequency',
          value: pace,
          checked: filled === pace,
          label: say(language, `pace.${pace}`),
        }),
      )}
    </div>
  </fieldset>`;
}

function topicChoices(
  topics: readonly Topic[],
  filled: Filled,
  { brand, language }: Visit,
  wrong: string | undefined,
) {
  return html`<fieldset id="topics">
    <legend>${say(language, 'subscribe.topics')}</legend>
    ${wrongNote('topics-wrong', wrong)}
    ${topics.map((topic) =>
      choiceCard({
        kind: 'checkbox',
        name: 'topics',
        value: topic.id,
        checked: filled.topics.includes(topic.id),
        label: topicName(topic, language, brand),
        means: topicMeans(topic, language, brand),
      }),
    )}
  </fieldset>`;
}

/** A topic's description, and that it is for adults where it is. */
export function topicMeans(topic: Topic, language: string, brand: Brand): string {
  const adults = topic.adultsOnly ? say(language, 'preferences.topic.adults') : '';
  return [inLanguage(topic.description, language, brand), adults].filter(Boolean).join(' · ');
}

/** The same page whoever asked and whatever came of it; pressing again asks again. */
export function lookInMailboxPage(visit: Visit, fields: URLSearchParams, stamp: string) {
  const t = teller(visit);
  const kept = ['email', 'frequency', 'topics', 'consent'];
  return answer(visit, {
    title: t('check.title'),
    body: html`<h1>${t('check.title')}</h1>
      <p>${t('check.lead', { address: (fields.get('email') ?? '').trim().slice(0, 320) })}</p>
      <form method="post" class="card">
        ${[...fields].filter(([name]) => kept.includes(name)).map((field) => hidden(...field))}
        ${hidden('stamp', stamp)}
        <p class="s">${t('check.none')}</p>
        <button>${t('check.again')}</button>
      </form>`,
  });
}

/** Says the same whatever the address: so many forms came that some must wait. */
export function tooManyPage(visit: Visit, seconds: number): Promise<Response> {
  const t = teller(visit);
  visit.c.header('retry-after', String(seconds));
  return answer(visit, {
    status: 429,
    title: t('subscribe.many.title'),
    body: html`<h1>${t('subscribe.many.title')}</h1>
      <p>${t('subscribe.many', { minutes: Math.ceil(seconds / 60) })}</p>`,
  });
}
