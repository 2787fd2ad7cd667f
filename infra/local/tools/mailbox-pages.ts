import { html } from 'hono/html';
import type { Markup } from '../../../functions/base/page.ts';
import type { Told } from '../../../functions/mail/told.ts';
import type { KeptLetter } from '../mailbox.ts';
import { shown } from './frame.ts';

const LOOKS = [
  ['', 'Letter'],
  ['/text', 'Plain text'],
  ['/headers', 'Headers'],
  ['/source', 'Source'],
] as const;
export type Look = (typeof LOOKS)[number][0];

const CATEGORIES = {
  transactional: 'service',
  editorial: 'letter',
  lifecycle: 'personal note',
} as const;

export function listPage(list: {
  readonly letters: readonly KeptLetter[];
  readonly count: number;
  readonly to: string;
  readonly timeZone: string;
  readonly hasOlder: boolean;
}): Markup {
  const { letters, count, to, timeZone, hasOlder } = list;
  const mails = count === 1 ? '1 mail' : `${count.toLocaleString('en')} mails`;
  return html`<h1>Mailbox</h1>
    <p>Every mail this machine would have sent. None has left it.</p>
    <form method="get" action="/mailbox" role="search">
      <div class="row">
        <label class="f"
          >To this address
          <input type="email" name="to" value="${to}" autocomplete="off" />
        </label>
        <button>Show</button>
      </div>
    </form>
    <p class="s" role="status">
      ${to === '' ? mails : html`${mails} to ${to} · <a href="/mailbox">all mails</a>`}
    </p>
    ${letters.length === 0 ? html`<p>Nothing here yet.</p>` : mailList(letters, timeZone)}
    ${hasOlder ? older(letters, to) : ''}`;
}

function mailList(letters: readonly KeptLetter[], timeZone: string): Markup {
  return html`<ul class="mails">
    ${letters.map(
      ({ id, subject, to, at, category }) =>
        html`<li>
          <a href="/mailbox/messages/${id}">
            <b>${subject}</b>
            <span class="s">${to} · ${CATEGORIES[category]} · ${shown(at, timeZone)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
}

function older(letters: readonly KeptLetter[], to: string): Markup | string {
  const last = letters.at(-1)?.id;
  if (last === undefined) return '';
  const query = new URLSearchParams({ ...(to !== '' && { to }), before: last });
  return html`<p><a class="btn" href="/mailbox?${query.toString()}">Older mails</a></p>`;
}

export function letterPage(
  letter: KeptLetter,
  {
    look,
    timeZone,
    source,
    told,
  }: {
    readonly look: Look;
    readonly timeZone: string;
    readonly source: string;
    readonly told: readonly Told[];
  },
): Markup {
  const { id, subject, from, to, at, category, replyTo, tags } = letter;
  return html`<h1>${subject}</h1>
    <dl class="facts">
      <dt>From</dt>
      <dd>${from.name} &lt;${from.address}&gt;</dd>
      <dt>To</dt>
      <dd>${to}</dd>
      ${
        replyTo === undefined
          ? ''
          : html`<dt>Reply to</dt>
              <dd>${replyTo}</dd>`
      }
      <dt>Sent</dt>
      <dd>${shown(at, timeZone)}</dd>
      <dt>Kind</dt>
      <dd>
        ${CATEGORIES[category]}${tags['mailing'] ? html` · mailing <code>${tags['mailing']}</code>` : ''}
      </dd>
    </dl>
    <nav class="tabs" aria-label="Ways to look at this mail">
      ${LOOKS.map(
        ([path, name]) =>
          html`<a
            href="/mailbox/messages/${id}${path}"
            ${path === look ? html`aria-current="page"` : ''}
            >${name}</a
          >`,
      )}
      <a href="/mailbox/messages/${id}.eml" download>Save as .eml</a>
    </nav>
    ${lookAt(letter, look, source)} ${fates(id, told)}`;
}

/** What may become of a mail, and what the house was told of this one. */
function fates(id: string, told: readonly Told[]): Markup {
  return html`<section aria-labelledby="fate">
    <h2 id="fate">What becomes of it</h2>
    ${told.includes('dead') ? html`<p role="status">It came back: there is no such mailbox.</p>` : ''}
    ${told.includes('complained') ? html`<p role="status">Its reader called it spam.</p>` : ''}
    <p class="s">The house is told as its mail provider would tell it.</p>
    <div class="row">
      <form method="post" action="/mailbox/messages/${id}/bounce">
        <button>Bounce it: no such mailbox</button>
      </form>
      <form method="post" action="/mailbox/messages/${id}/complain">
        <button>Complain: call it spam</button>
      </form>
    </div>
  </section>`;
}

function lookAt(letter: KeptLetter, look: Look, source: string): Markup {
  switch (look) {
    case '':
      return html`<iframe
        src="/mailbox/messages/${letter.id}/letter"
        title="The mail as its reader sees it"
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
