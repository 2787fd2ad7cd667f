import { html } from 'hono/html';
import { attention, choiceCard, hidden } from '../base/controls.ts';
import { say, type WordKey } from '../base/words.ts';
import type { Instant } from '../base/time.ts';
import { topicName } from '../consent/consent-words.ts';
import type { Words } from '../consent/record.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import { isSlower, PACES, topicsFollowed, type Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { dayIn } from './tell.ts';

type Button = { readonly choice: string; readonly label: string };

/** What the page of leaving offers this reader: everything first, then this topic, then only less. */
export function waysOut(
  reader: Reader,
  topic: Topic | undefined,
  { brand, language }: Pick<Visit, 'brand' | 'language'>,
): { readonly out: Button[]; readonly less: Button[] } {
  const t = (key: WordKey, args?: Record<string, string>) => say(language, key, args);
  const followed = topicsFollowed(reader);
  const offersTopic = topic && followed.length > 1 && followed.includes(topic.id);
  return {
    out: [
      { choice: 'stop', label: t('leave.stop') },
      ...(offersTopic
        ? [
            {
              choice: 'topic',
              label: t('leave.only', { topic: topicName(topic, language, brand) }),
            },
          ]
        : []),
    ],
    less: [
      ...PACES.filter((pace) => isSlower(pace, reader.frequency)).map((pace) => ({
        choice: pace,
        label: t(`pace.${pace}`),
      })),
      ...(reader.pause === null ? [{ choice: 'pause', label: t('leave.pause') }] : []),
    ],
  };
}

/** The words behind a button of that page: its label, and the labels of the others. */
export function buttonWords(
  ways: ReturnType<typeof waysOut>,
  choice: string,
  language: string,
): Words {
  const all = [...ways.out, ...ways.less];
  const pressed = all.find((button) => button.choice === choice);
  const text = `${say(language, 'leave.title')} ${say(language, 'leave.lead')} ${pressed?.label ?? ''}`;
  return { language, text: text.trim(), options: all.map(({ label }) => label) };
}

/** Everything of it fits on the first screen of a phone. It only shows; nothing happens before a button. */
export function leavePage(
  visit: Visit,
  {
    reader,
    topic,
    wrong,
  }: {
    readonly reader: Reader;
    readonly topic: Topic | undefined;
    readonly wrong: boolean;
  },
): Promise<Response> {
  const t = teller(visit);
  const { out, less } = waysOut(reader, topic, visit);
  const several = topicsFollowed(reader).length > 1;
  const button = ({ choice, label }: Button, first = false) =>
    html`<button ${first ? html`class="go"` : ''} name="choice" value="${choice}">
      ${label}
    </button>`;
  return answer(visit, {
    status: wrong ? 422 : 200,
    title: t('leave.title'),
    body: html`<h1>${t('leave.title')}</h1>
      <p>${t('leave.lead')}</p>
      ${attention(visit, wrong ? [{ field: 'out', sentence: t('error.choice') }] : [])}
      <form method="post" class="card" id="out">
        ${out.map((one, index) => button(one, index === 0))}
        ${less.length > 0 ? html`<h2>${t('leave.or')}</h2>` : ''} ${less.map((one) => button(one))}
      </form>
      <p class="links">
        ${several ? html`<a href="${here(visit, 'topics')}">${t('leave.topics')}</a>` : ''}
        <a href="${here(visit, 'address')}">${t('leave.address')}</a>
      </p>`,
  });
}

/** Another part of the same link, in the same language. */
function here({ c }: Visit, view?: string): string {
  const lang = c.req.query('lang');
  const query = new URLSearchParams({ ...(view ? { view } : {}), ...(lang ? { lang } : {}) });
  return `?${query.toString()}`;
}

/** Topics can be left here and not joined: the link never expires, so it may only mean less. */
export function keepTopicsPage(visit: Visit, reader: Reader, topics: readonly Topic[]) {
  const t = teller(visit);
  const followed = topics.filter(({ id }) => topicsFollowed(reader).includes(id));
  return answer(visit, {
    title: t('leave.choose.title'),
    body: html`<h1>${t('leave.choose.title')}</h1>
      <p>${t('leave.choose.lead')}</p>
      <form method="post" class="card">
        ${followed.map((topic) => [
          hidden('offered', topic.id),
          choiceCard({
            kind: 'checkbox',
            name: 'keep',
            value: topic.id,
            checked: true,
            label: topicName(topic, visit.language, visit.brand),
          }),
        ])}
        <button class="go" name="choice" value="topics">${t('leave.choose.save')}</button>
      </form>
      <p class="links"><a href="${here(visit)}">${t('leave.choose.back')}</a></p>`,
  });
}

export function changeAddressPage(visit: Visit): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    title: t('leave.address.title'),
    body: html`<h1>${t('leave.address.title')}</h1>
      <p>${t('leave.address.lead')}</p>
      <form method="post" class="card">
        <button class="go" name="choice" value="known">${t('leave.address.send')}</button>
      </form>
      <p class="links"><a href="${here(visit)}">${t('leave.choose.back')}</a></p>`,
  });
}

/** Nothing is left to stop: says so, and how to come back. */
export function nothingComesPage(
  visit: Visit,
  reader: Pick<Reader, 'stoppedAt' | 'timeZone'>,
  now: Instant,
): Promise<Response> {
  const t = teller(visit);
  const since =
    reader.stoppedAt === null
      ? t('leave.nothing.now')
      : t('leave.nothing.since', {
          date: dayIn(visit.language, reader.timeZone, reader.stoppedAt, now),
        });
  return answer(visit, {
    title: t('leave.nothing.title'),
    body: html`<h1>${t('leave.nothing.title')}</h1>
      <p>${since}</p>
      <form method="post" class="card">
        <button name="choice" value="back">${t('leave.back')}</button>
        <p class="s">${t('leave.back.how')}</p>
      </form>`,
  });
}
