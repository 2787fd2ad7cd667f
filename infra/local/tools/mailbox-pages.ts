import { html } from 'hono/html';
import type { Markup } from '../../../functions/base/page.ts';
import type { Told } from '../../../functions/mail/told.ts';
import type { KeptLetter } from '../mailbox.ts';
import type { Voice } from './voice.ts';

const LOOKS = [
  ['', 'mail.look.letter'],
  ['/text', 'mail.look.text'],
  ['/headers', 'mail.look.headers'],
  ['/source', 'mail.look.source'],
] as const;
export type Look = (typeof LOOKS)[number][0];

export function listPage(list: {
  readonly voice: Voice;
  readonly letters: readonly KeptLetter[];
  readonly count: number;
  readonly to: string;
  readonly timeZone: string;
  readonly hasOlder: boolean;
}): Markup {
  const { voice, letters, count, to, timeZone, hasOlder } = list;
  const { say } = voice;
  return html`<h1>${say('place.mailbox.title')}</h1>
    <p>${say('mailbox.lead')}</p>
    <form method="get" action="/mailbox" role="search">
      <div class="row">
        <label class="f"
          >${say('mailbox.to')}
          <input type="email" name="to" value="${to}" autocomplete="off" />
        </label>
        <button>${say('mailbox.show')}</button>
      </div>
    </form>
    <p class="s" role="status">
      ${
        to === ''
          ? say('mailbox.count', { count })
          : html`${say('mailbox.count.to', { count, to })} ·
              <a href="/mailbox">${say('mailbox.all')}</a>`
      }
    </p>
    ${letters.length === 0 ? html`<p>${say('mailbox.none')}</p>` : mailList(voice, letters, timeZone)}
    ${hasOlder ? older(voice, letters, to) : ''}`;
}

function mailList(
  { say, moment }: Voice,
  letters: readonly KeptLetter[],
  timeZone: string,
): Markup {
  return html`<ul class="mails">
    ${letters.map(
      ({ id, subject, to, at, category }) =>
        html`<li>
          <a href="/mailbox/messages/${id}">
            <b>${subject}</b>
            <span class="s">${to} · ${say(`category.${category}`)} · ${moment(at, timeZone)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
}

function older({ say }: Voice, letters: readonly KeptLetter[], to: string): Markup | string {
  const last = letters.at(-1)?.id;
  if (last === undefined) return '';
  const query = new URLSearchParams({ ...(to !== '' && { to }), before: last });
  return html`<p>
    <a class="btn" href="/mailbox?${query.toString()}">${say('mailbox.older')}</a>
  </p>`;
}

export function letterPage(
  letter: KeptLetter,
  {
    voice,
    look,
    timeZone,
    source,
    told,
  }: {
    readonly voice: Voice;
    readonly look: Look;
    readonly timeZone: string;
    readonly source: string;
    readonly told: readonly Told[];
  },
): Markup {
  const { say, moment } = voice;
  const { id, subject, from, to, at, category, replyTo, tags } = letter;
  return html`<h1>${subject}</h1>
    <dl class="facts">
      <dt>${say('mail.from')}</dt>
      <dd>${from.name} &lt;${from.address}&gt;</dd>
      <dt>${say('mail.to')}</dt>
      <dd>${to}</dd>
      ${
        replyTo === undefined
          ? ''
          : html`<dt>${say('mail.reply')}</dt>
              <dd>${replyTo}</dd>`
      }
      <dt>${say('mail.sent')}</dt>
      <dd>${moment(at, timeZone)}</dd>
      <dt>${say('mail.kind')}</dt>
      <dd>
        ${say(`category.${category}`)}${tags['mailing'] ? html` · ${say('mail.mailing')} <code>${tags['mailing']}</code>` : ''}
      </dd>
    </dl>
    <nav class="tabs" aria-label="${say('mail.looks')}">
      ${LOOKS.map(
        ([path, key]) =>
          html`<a
            href="/mailbox/messages/${id}${path}"
            ${path === look ? html`aria-current="page"` : ''}
            >${say(key)}</a
          >`,
      )}
      <a href="/mailbox/messages/${id}.eml" download>${say('mail.save')}</a>
    </nav>
    ${lookAt(voice, letter, look, source)} ${fates(voice, id, told)}`;
}

/** What may become of a mail, and what the house was told of this one. */
function fates({ say }: Voice, id: string, told: readonly Told[]): Markup {
  return html`<section aria-labelledby="fate">
    <h2 id="fate">${say('mail.fate')}</h2>
    ${told.includes('dead') ? html`<p role="status">${say('mail.fate.dead')}</p>` : ''}
    ${told.includes('complained') ? html`<p role="status">${say('mail.fate.complained')}</p>` : ''}
    <p class="s">${say('mail.fate.how')}</p>
    <div class="row">
      <form method="post" action="/mailbox/messages/${id}/bounce">
        <button>${say('mail.fate.bounce')}</button>
      </form>
      <form method="post" action="/mailbox/messages/${id}/complain">
        <button>${say('mail.fate.complain')}</button>
      </form>
    </div>
  </section>`;
}

function lookAt({ say }: Voice, letter: KeptLetter, look: Look, source: string): Markup {
  switch (look) {
    case '':
      return html`<iframe
        src="/mailbox/messages/${letter.id}/letter"
        title="${say('mail.frame')}"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      ></iframe>`;
    case '/text':
      return html`<pre tabindex="0">${letter.text}</pre>`;
    case '/headers':
      return headerTable(source);
    case '/source':
      return html`<pre tabindex="0">${source}</pre>`;
  }
}

/** As they travel: each on one line, in their order. */
function headerTable(source: string): Markup {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const rows = head.split('\r\n').map((line) => {
    const end = line.indexOf(':');
    return html`<tr>
      <th scope="row">${line.slice(0, end)}</th>
      <td>${line.slice(end + 1).trim()}</td>
    </tr>`;
  });
  return html`<table>
    ${rows}
  </table>`;
}
