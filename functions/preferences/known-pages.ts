import { html } from 'hono/html';
import { attention, choiceCard, wrongNote } from '../base/controls.ts';
import type { Markup } from '../base/page.ts';
import { longDateIn, moneyIn, say } from '../base/words.ts';
import { paceInside } from '../consent/consent-words.ts';
import type { Both, House } from '../consent/newcomer.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import { clicksByHand } from '../mail/click.ts';
import { fieldName } from '../people/field-name.ts';
import type { AnswerTold } from './answers-told.ts';
import type { LastMail } from './known.ts';
import type { Wrong } from './preference-form.ts';
import { nameOf } from './tell.ts';

export type KnownPage = {
  readonly both: Both;
  readonly house: House;
  readonly mails: readonly LastMail[];
  readonly answered: readonly AnswerTold[];
  /** Where this link leads besides: receipts, the download, the preference page. */
  readonly links: {
    readonly receipts: string;
    readonly download: string;
    readonly preferences: string;
  };
  readonly wrong: readonly Wrong[];
  readonly notice: Markup | string;
};

type Part = KnownPage & { readonly visit: Visit; readonly t: ReturnType<typeof teller> };

/** Everything we keep of a person and where it came from, in plain words; to correct, take away, erase. */
export function knownPage(visit: Visit, page: KnownPage): Promise<Response> {
  const t = teller(visit);
  const part = { ...page, visit, t };
  return answer(visit, {
    status: page.wrong.length > 0 ? 422 : 200,
    title: t('known.title'),
    body: html`<h1>${t('known.title')}</h1>
      <p>${t('known.lead')}</p>
      ${page.notice}
      ${attention(
        visit,
        page.wrong.map(({ field, because }) => ({ field, sentence: t(because) })),
      )}
      ${who(part)} ${purchases(part)} ${mails(part)} ${answers(part)} ${clicks(part)}
      <section class="card">
        <h2>${t('known.choices')}</h2>
        <a class="btn" href="${page.links.preferences}">${t('known.change')}</a>
        <h2>${t('known.receipts')}</h2>
        <a class="btn" href="${page.links.receipts}"
          >${t('known.receipts.see', { count: page.both.reader.ledger.count })}</a
        >
        <a class="btn" href="${page.links.download}" download>${t('known.export')}</a>
      </section>
      ${erase(part)}`,
  });
}

function fact(name: string, value: Markup | string): Markup {
  return html`<dt>${name}</dt>
    <dd><bdi>${value}</bdi></dd>`;
}

function who({ both: { reader, profile }, visit, t, wrong }: Part): Markup {
  const name = [profile.givenName, profile.familyName].filter(Boolean).join(' ');
  const fields = Object.entries(profile.fields);
  const noteFor = (field: string) => {
    const found = wrong.find((one) => one.field === field);
    return wrongNote(`${field}-wrong`, found && t(found.because));
  };
  const date = longDateIn(visit.language, reader.timeZone, profile.createdAt);
  return html`<section class="card">
    <h2>${t('known.who')}</h2>
    <dl>
      ${fact(t('known.address'), profile.email)}
      ${fact(t('known.source'), sourceWords(profile.source, date, visit.language))}
      ${fact(t('known.name'), name || t('known.name.none'))}
      ${fields.map(([field, value]) => fact(fieldName(visit.language, field), String(value)))}
    </dl>
    ${fields.length > 0 ? html`<p class="s">${t('known.fields.from')}</p>` : ''}
    <form method="post" novalidate>
      <label class="f" for="givenName">${t('known.given')}</label> ${noteFor('givenName')}
      <input
        id="givenName"
        name="givenName"
        autocomplete="given-name"
        value="${profile.givenName ?? ''}"
      />
      <label class="f" for="familyName">${t('known.family')}</label> ${noteFor('familyName')}
      <input
        id="familyName"
        name="familyName"
        autocomplete="family-name"
        value="${profile.familyName ?? ''}"
      />
      <button name="choice" value="correct">${t('known.correct')}</button>
    </form>
    <form method="post" novalidate>
      <label class="f" for="email">${t('known.move.to')}</label> ${noteFor('email')}
      <input id="email" name="email" type="email" autocomplete="email" value="" />
      <p class="s">${t('known.move.means')}</p>
      <button name="choice" value="move">${t('known.move')}</button>
    </form>
  </section>`;
}

function sourceWords(source: string, date: string, language: string): string {
  const [kind, name = ''] = source.split(':');
  if (kind === 'form') return say(language, 'known.source.form', { form: name, date });
  return say(language, kind === 'import' ? 'known.source.import' : 'known.source.api', { date });
}

function purchases({ both: { reader, profile }, visit: { language }, t }: Part): Markup {
  const { facts } = profile;
  const last = facts.lastPurchaseAt;
  return html`<section class="card">
    <h2>${t('known.purchases')}</h2>
    <p>
      ${
        last === null
          ? t('known.purchases.none')
          : t('known.purchases.sum', {
              count: facts.purchases,
              sum: moneyIn(language, facts.spent, facts.currency ?? 'EUR'),
              date: longDateIn(language, reader.timeZone, last),
            })
      }
    </p>
    ${last === null ? '' : html`<p class="s">${t('known.purchases.from')}</p>`}
  </section>`;
}

function mails({ mails: all, both, house, visit: { language }, t }: Part): Markup {
  const { reader } = both;
  const why = ({ why }: LastMail) => {
    if (why.kind === 'subscribed')
      return t('why-came.subscribed', { topic: nameOf(why.topic, house, language) });
    return why.kind === 'letter'
      ? t('why-came.letter', { pace: paceInside(reader.frequency, language) })
      : t('why-came.note');
  };
  return html`<section class="card">
    <h2>${t('known.mails')}</h2>
    ${all.length === 0 ? html`<p>${t('known.mails.none')}</p>` : ''}
    <dl>
      ${all.map((mail) => fact(mail.subject || t('why-came.note'), html`${longDateIn(language, reader.timeZone, mail.at)}, ${why(mail)}`))}
    </dl>
  </section>`;
}

function answers({ answered, both: { reader }, visit: { language }, t }: Part): Markup | string {
  if (answered.length === 0) return '';
  return html`<section class="card">
    <h2>${t('known.answers')}</h2>
    <dl>
      ${answered.map(({ at, question, answer: said }) =>
        fact(`${longDateIn(language, reader.timeZone, at)} · ${question}`, said),
      )}
    </dl>
  </section>`;
}

/** Only of who wants them counted; of everybody else there are none. */
function clicks({ both: { reader, profile }, visit: { language }, t }: Part): Markup | string {
  if (!reader.countClicks) return '';
  const found = clicksByHand(profile.clicks);
  return html`<section class="card">
    <h2>${t('known.clicks')}</h2>
    <p class="s">${t(found.length > 0 ? 'known.clicks.from' : 'known.clicks.none')}</p>
    <dl>${found.map(({ at, url }) => fact(longDateIn(language, reader.timeZone, at), url))}</dl>
  </section>`;
}

function erase({ t, wrong }: Part): Markup {
  const missing = wrong.some(({ field }) => field === 'sure');
  return html`<form method="post" class="card" id="sure">
    <h2>${t('known.erase')}</h2>
    <p class="s">${t('known.erase.means')}</p>
    ${wrongNote('sure-wrong', missing ? t('error.sure') : undefined)}
    ${choiceCard({
      kind: 'checkbox',
      name: 'sure',
      value: 'yes',
      checked: false,
      label: t('known.erase.sure'),
      wrong: missing ? 'sure-wrong' : undefined,
    })}
    <button name="choice" value="erase">${t('known.erase.do')}</button>
  </form>`;
}
