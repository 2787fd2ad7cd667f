import { html } from 'hono/html';
import type { Markup } from '../base/page.ts';
import { longDateIn, momentIn, type WordKey } from '../base/words.ts';
import type { Soundness } from '../consent/ledger.ts';
import type { House } from '../consent/newcomer.ts';
import type { Receipt } from '../consent/receipt.ts';
import { paceInside } from '../consent/consent-words.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import { Frequency } from '../people/person.ts';
import { dayIn, nameOf } from './tell.ts';

/** Each yes and no with the exact words, newest first, and whether the ledger is still what was written. */
export function receiptsPage(
  visit: Visit,
  page: {
    readonly receipts: readonly Receipt[];
    readonly soundness: Soundness;
    readonly house: House;
    readonly timeZone: string;
    readonly download: string;
  },
): Promise<Response> {
  const t = teller(visit);
  const { receipts, soundness } = page;
  return answer(visit, {
    title: t('receipts.title'),
    body: html`<h1>${t('receipts.title')}</h1>
      <p>${receipts.length === 0 ? t('receipts.none') : t('receipts.lead')}</p>
      <p class="s">
        ${
          soundness.sound
            ? t('receipts.sound')
            : t('receipts.broken', { number: String(soundness.sequence) })
        }
      </p>
      ${[...receipts].reverse().map((one) => receiptCard(visit, one, page.house, page.timeZone))}
      <a class="btn" href="${page.download}" download>${t('receipts.download')}</a>`,
  });
}

function receiptCard(visit: Visit, receipt: Receipt, house: House, timeZone: string): Markup {
  const t = teller(visit);
  const { words, by } = receipt;
  return html`<section class="card">
    <h2>${t(stateKey(receipt))} · ${aboutWhat(visit, receipt, house)}</h2>
    <p>${momentIn(visit.language, timeZone, Date.parse(receipt.at))}</p>
    <p class="s">
      ${t(`receipts.by.${by.kind}`, { name: by.kind === 'agent' ? by.name : '' })} ·
      ${t(`receipts.method.${receipt.method}`)} ${changeWords(visit, receipt, timeZone)}
    </p>
    ${evidenceLine(visit, receipt, timeZone)}
    ${
      words
        ? html`<details>
            <summary>${t('receipts.words')}</summary>
            <p lang="${words.language}">${words.text}</p>
            ${
              words.options.length > 0
                ? html`<p class="s">${t('receipts.options')}</p>
                    <ul lang="${words.language}">
                      ${words.options.map((option) => html`<li>${option}</li>`)}
                    </ul>`
                : ''
            }
          </details>`
        : ''
    }
    <p class="s">${t('receipt.number', { number: receipt.recordId })}</p>
  </section>`;
}

/** Who was written to without being asked has given no yes, and is not told so. */
const stateKey = ({ state, evidence }: Receipt): WordKey =>
  state === 'given' && evidence ? 'receipts.state.not-refused' : `receipts.state.${state}`;

/** What a mail without a yes stands on. */
function evidenceLine(visit: Visit, { evidence }: Receipt, timeZone: string): Markup | string {
  if (!evidence) return '';
  const t = teller(visit);
  return html`<p class="s">
    ${
      evidence.kind === 'sale'
        ? t('receipts.sale', {
            entity: evidence.entity,
            date: longDateIn(visit.language, timeZone, Date.parse(evidence.at)),
          })
        : t('receipts.business', {
            organisation: evidence.organisation,
            source: evidence.source,
            interest: evidence.interest,
          })
    }
  </p>`;
}

function aboutWhat(visit: Visit, { purpose }: Receipt, house: House): string {
  const t = teller(visit);
  if (purpose.startsWith('topic:'))
    return t('receipts.purpose.topic', {
      topic: nameOf(purpose.slice('topic:'.length), house, visit.language),
    });
  const above = (
    ['letters', 'personal-notes', 'profiling', 'click-counting', 'address', 'everything'] as const
  ).find((one) => one === purpose);
  return above ? t(`receipts.purpose.${above}`) : purpose;
}

function changeWords(visit: Visit, { change, at }: Receipt, timeZone: string): string {
  const t = teller(visit);
  const { language } = visit;
  const frequency = Frequency.safeParse(change?.frequency);
  if (frequency.success)
    return `· ${t('changed.frequency', { value: paceInside(frequency.data, language) })}`;
  if (change?.pausedUntil === undefined) return '';
  if (change.pausedUntil === null) return `· ${t('changed.pause.none')}`;
  const until = dayIn(language, timeZone, Date.parse(change.pausedUntil), Date.parse(at));
  return `· ${t('changed.pause', { date: until })}`;
}
