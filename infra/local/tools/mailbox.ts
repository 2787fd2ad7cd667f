import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { Ports } from '../../../functions/base/ports.ts';
import { newApp } from '../../../functions/base/http.ts';
import { Problem } from '../../../functions/base/problem.ts';
import { mimeOf } from '../letter.ts';
import type { KeptLetter, Mailbox } from '../mailbox.ts';
import { answerTool, wantsJson } from './frame.ts';
import { tellFate, toldOfLetter, type Fate } from './feedback.ts';
import { voiceFor } from './voice.ts';
import { letterPage, listPage, type Look } from './mailbox-pages.ts';

/** Every mail of this laptop, for eyes and for programs. */
export function mailboxTool(
  { mailbox, ports }: { readonly mailbox: Mailbox; readonly ports: Ports },
  timeZone: () => Promise<string>,
) {
  const list = async (c: Context) => {
    const to = c.req.query('to') ?? '';
    const before = Number(c.req.query('before') ?? Infinity);
    const letters = mailbox.newest({ to, before: Number.isNaN(before) ? Infinity : before });
    const last = letters.at(-1);
    const hasOlder =
      last !== undefined && mailbox.newest({ to, before: Number(last.id) }).length > 0;
    const voice = voiceFor(c);
    const body = listPage({
      voice,
      letters,
      count: mailbox.count(to),
      to,
      timeZone: await timeZone(),
      hasOlder,
    });
    return answerTool(c, { title: voice.say('place.mailbox.title'), body });
  };
  const find = (id: string): KeptLetter => {
    const letter = mailbox.letter(id);
    if (!letter) throw new Problem('not-found');
    return letter;
  };
  const look = (how: Look) => async (c: Context) => {
    const letter = find(c.req.param('id') ?? '');
    if (wantsJson(c)) return c.json(messageOf(letter));
    const body = letterPage(letter, {
      voice: voiceFor(c),
      look: how,
      timeZone: await timeZone(),
      source: await sourceOf(letter),
      told: await toldOfLetter(ports, letter),
    });
    return answerTool(c, { title: letter.subject, body });
  };
  const meet = (fate: Fate) => async (c: Context) => {
    const letter = find(c.req.param('id') ?? '');
    await tellFate(ports, letter, fate);
    if (wantsJson(c)) return c.json({ told: await toldOfLetter(ports, letter) });
    return c.redirect(`/mailbox/messages/${letter.id}`, 303);
  };

  return newApp()
    .get('/mailbox', (c) => (wantsJson(c) ? answerAll(c, mailbox) : list(c)))
    .get('/mailbox/messages.json', (c) => answerAll(c, mailbox))
    .get('/mailbox/messages/:file{\\d+\\.eml}', async (c) => {
      const id = c.req.param('file').slice(0, -'.eml'.length);
      return c.body(await sourceOf(find(id)), 200, {
        'content-type': 'message/rfc822',
        'content-disposition': `attachment; filename="${id}.eml"`,
        'x-content-type-options': 'nosniff',
      });
    })
    .get('/mailbox/messages/:file{\\d+\\.json}', (c) =>
      c.json(messageOf(find(c.req.param('file').slice(0, -'.json'.length)))),
    )
    .get('/mailbox/messages/:id', look(''))
    .get('/mailbox/messages/:id/text', look('/text'))
    .get('/mailbox/messages/:id/headers', look('/headers'))
    .get('/mailbox/messages/:id/source', look('/source'))
    .post('/mailbox/messages/:id/bounce', meet('bounce'))
    .post('/mailbox/messages/:id/complain', meet('complain'))
    .get('/mailbox/messages/:id/letter', (c) => answerLetter(c, find(c.req.param('id'))));
}

/** Oldest first, all of them, a few at a time: a mailbox may hold more than memory does. */
function answerAll(c: Context, mailbox: Mailbox): Response {
  const letters = mailbox.letters(c.req.query('to') ?? '');
  c.header('content-type', 'application/json');
  c.header('cache-control', 'no-store');
  return stream(c, async (out) => {
    let before = '{"messages":[';
    for (const letter of letters) {
      await out.write(before + JSON.stringify(messageOf(letter)));
      before = ',';
    }
    await out.write(before === ',' ? ']}' : `${before}]}`);
  });
}

/** The mail alone, where nothing in it can run or reach this site; its links open beside it. */
function answerLetter(c: Context, { html }: KeptLetter): Response {
  return c.html(withLinksBeside(html), 200, {
    'content-security-policy': [
      'sandbox allow-popups allow-popups-to-escape-sandbox',
      "default-src 'none'",
      'img-src http: https: data:',
      "style-src 'unsafe-inline' https:",
      'font-src https: data:',
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}

function withLinksBeside(html: string): string {
  const base = '<base target="_blank">';
  const head = /<head[^>]*>/i;
  return head.test(html) ? html.replace(head, `$&${base}`) : base + html;
}

function messageOf(letter: KeptLetter) {
  const { id, at, to, replyTo, subject, html, text, category, tags } = letter;
  const from = `${letter.from.name} <${letter.from.address}>`;
  return {
    id,
    at: new Date(at).toISOString(),
    to,
    from,
    subject,
    headers: {
      From: from,
      To: to,
      ...(replyTo !== undefined && { 'Reply-To': replyTo }),
      Subject: subject,
      Date: new Date(at).toUTCString(),
      'Message-ID': letter.messageId,
      ...letter.headers,
    },
    html,
    text,
    category,
    mailing: tags['mailing'] ?? null,
    tags,
  };
}

async function sourceOf(letter: KeptLetter): Promise<string> {
  return (await mimeOf(letter)).toString('latin1');
}
