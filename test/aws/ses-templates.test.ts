import { describe, expect, it } from 'vitest';
import type { Destination, MailCall } from '../../functions/base/ports.ts';
import { DAY, MINUTE, SECOND } from '../../functions/base/time.ts';
import { headersOf } from '../../functions/mail/headers.ts';
import { compile, fillerOf, type LetterSource } from '../../functions/mail/template/compile.ts';
import { sesServer } from './ses-server.ts';

const KB = 1024;
/** With the greeting, the name and the link: twenty-one holes in subject, page and plain text. */
const VALUES = 8;
const TOKEN = 'k1.u7h3k9f2m1x8q4r6t..c-1ke6sjt80qf7dwcn.Zm9vYmFyYmF6cXV4cXV1eA';

/** A letter of 60 KB as mail builders make them, with some twenty holes. */
async function largeLetter() {
  const values = Array.from(
    { length: VALUES },
    (_, index) =>
      `<td style="padding:12px 8px;font-family:Georgia,serif;font-size:16px;line-height:24px;color:#22303c">{{ person.fields.value${index} | default: "" }}</td>`,
  );
  const cell =
    '<td style="padding:0 8px;border-collapse:collapse;mso-table-lspace:0;font-size:0"></td>';
  const filler = `<table role="presentation" width="600"><tr>${cell.repeat(28)}</tr></table>`;
  const words = '<p style="margin:0 0 16px">What came into the cellar this month, and why.</p>';
  const source: LetterSource = {
    language: 'en',
    subject: 'New in, {{ person.givenName | default: "reader" }}',
    format: 'html',
    source: `<!doctype html><html lang="en"><head><title>New in</title></head><body>
      <p>{{ person.greeting }},</p>${words.repeat(40)}${filler.repeat(21)}
      <table><tr>${values.join('')}</tr></table>
      <p><a href="{{ links.unsubscribe }}">Stop</a></p></body></html>`,
    footer: { html: '<a href="{{ links.unsubscribe }}">Stop</a>', text: '{{ links.unsubscribe }}' },
    brand: { name: 'Maison Delorme', colour: '#7a2638' },
  };
  const result = await compile(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

async function callToFifty(): Promise<MailCall> {
  const compiled = await largeLetter();
  const fill = fillerOf(compiled);
  const reader = (index: number): Destination => {
    const unsubscribe = `https://letters.example.org/unsubscribe/${TOKEN}`;
    const fields = Object.fromEntries(
      Array.from({ length: VALUES }, (_, value) => [`value${value}`, `a word of ${index}`]),
    );
    return {
      to: `reader.number.${index}@example.org`,
      data: fill({
        person: { greeting: 'Dear Ada', givenName: 'Ada', fields },
        links: { unsubscribe, preferences: unsubscribe, view: unsubscribe },
      }),
      headers: headersOf({
        brand: { name: 'Maison Delorme' },
        fromAddress: 'claire@letters.example.org',
        mailingId: 'c-1ke6sjt80qf7dwcn',
        category: 'editorial',
        topic: { id: 'arrivages', name: 'Arrivages' },
        unsubscribeUrl: unsubscribe,
      }),
      tags: { mailing: 'c-1ke6sjt80qf7dwcn', batch: '12-00000042', line: String(index) },
    };
  };
  return {
    from: { name: 'Claire Delorme', address: 'claire@letters.example.org' },
    category: 'editorial',
    template: compiled.wire,
    destinations: Array.from({ length: 50 }, (_, index) => reader(index)),
  };
}

describe('a letter of 60 KB with twenty holes', () => {
  it('costs a reader at most 3 KB on the wire with its call, and 1.5 KB once it is kept at SES', async () => {
    const { mailer, bulk } = await sesServer();
    const call = await callToFifty();
    const { html, text, subject } = call.template;
    expect(Buffer.byteLength(html + text + subject) / KB).toBeGreaterThan(55);
    expect(Object.keys(call.destinations[0]!.data).length).toBeGreaterThanOrEqual(20);
    for (let time = 0; time < 3; time += 1) await mailer.send(call);
    const perReader = bulk().map(({ bytes }) => bytes / 50);
    expect(perReader[0]).toBeLessThan(3 * KB);
    expect(perReader[2]).toBeLessThan(1.5 * KB);
  });
});

describe('a letter that comes again', () => {
  it('is kept at SES once, under a name that says its content, and sent by that name', async () => {
    const { mailer, bulk, creations } = await sesServer();
    const call = await callToFifty();
    for (let time = 0; time < 5; time += 1) {
      const outcomes = await mailer.send(call);
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    }
    expect(creations().map(({ body }) => body)).toEqual([
      {
        TemplateName: `moderato-${call.template.id}`,
        TemplateContent: {
          Subject: call.template.subject,
          Html: call.template.html,
          Text: call.template.text,
        },
      },
    ]);
    const named = bulk().map(({ body }) => {
      const { DefaultContent } = body as { DefaultContent: { Template: object } };
      return 'TemplateName' in DefaultContent.Template;
    });
    expect(named).toEqual([false, false, true, true, true]);
  });

  it('but is small, or comes once only, is not worth a name', async () => {
    const { mailer, creations } = await sesServer();
    const call = await callToFifty();
    const small = { id: 't1', subject: 's', html: '<p>h</p>', text: 't' };
    for (let time = 0; time < 3; time += 1) await mailer.send({ ...call, template: { ...small } });
    await mailer.send(call);
    expect(creations()).toHaveLength(0);
  });

  it('is known to be there when another worker was faster', async () => {
    const { mailer, bulk } = await sesServer(({ path }) =>
      path === '/v2/email/templates'
        ? { status: 400, body: { __type: 'AlreadyExistsException', message: 'exists' } }
        : undefined,
    );
    const call = await callToFifty();
    for (let time = 0; time < 3; time += 1) await mailer.send(call);
    expect(JSON.stringify(bulk()[2]?.body)).toContain('"TemplateName"');
  });

  it('goes with its calls while SES makes no more templates, and asks again only later', async () => {
    const { mailer, bulk, creations, pass } = await sesServer(({ path }) =>
      path === '/v2/email/templates'
        ? { status: 429, body: { __type: 'TooManyRequestsException', message: 'Rate exceeded' } }
        : undefined,
    );
    const call = await callToFifty();
    for (let time = 0; time < 10; time += 1) {
      expect((await mailer.send(call))[0]?.kind).toBe('accepted');
      pass(SECOND);
    }
    expect(creations()).toHaveLength(1);
    pass(MINUTE);
    await mailer.send(call);
    expect(creations()).toHaveLength(2);
    expect(bulk().every(({ body }) => JSON.stringify(body).includes('"TemplateContent"'))).toBe(
      true,
    );
  });

  it.each([
    [
      'each reader',
      ({ body }: { body: Record<string, unknown> }) => {
        const template = (body['DefaultContent'] as { Template: object }).Template;
        if (!('TemplateName' in template)) return undefined;
        const entries = body['BulkEmailEntries'] as unknown[];
        const results = entries.map(() => ({ Status: 'TEMPLATE_NOT_FOUND', Error: 'none' }));
        return { status: 200, body: { BulkEmailEntryResults: results } };
      },
    ],
    [
      'the call',
      ({ body }: { body: Record<string, unknown> }) => {
        const template = (body['DefaultContent'] as { Template: object }).Template;
        return 'TemplateName' in template
          ? {
              status: 404,
              body: { __type: 'NotFoundException', message: 'Template does not exist' },
            }
          : undefined;
      },
    ],
  ])(
    'and was removed meanwhile, as SES says of %s, goes with its call once more: nobody is refused',
    async (_, answer) => {
      const { mailer, bulk } = await sesServer((asked) =>
        asked.path.includes('bulk') ? answer(asked) : undefined,
      );
      const call = await callToFifty();
      for (let time = 0; time < 3; time += 1) {
        const outcomes = await mailer.send(call);
        expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(50);
      }
      expect(bulk()).toHaveLength(4);
    },
  );
});

describe('letters kept at SES', () => {
  it('are removed when they are old, a few at a time, and nobody else’s', async () => {
    const at = (age: number) => (Date.UTC(2026, 0, 5) - age) / SECOND;
    const old = Array.from({ length: 8 }, (_, index) => ({
      TemplateName: `moderato-old${index}`,
      CreatedTimestamp: at(40 * DAY),
    }));
    const { mailer, calls } = await sesServer(({ path }) =>
      path.startsWith('/v2/email/templates?')
        ? {
            status: 200,
            body: {
              TemplatesMetadata: [
                { TemplateName: 'welcome', CreatedTimestamp: at(400 * DAY) },
                { TemplateName: 'moderato-fresh', CreatedTimestamp: at(2 * DAY) },
                ...old,
              ],
            },
          }
        : undefined,
    );
    const call = await callToFifty();
    for (let time = 0; time < 2; time += 1) await mailer.send(call);
    const removed = calls.filter(({ path }) => /\/templates\/./.test(path));
    expect(removed.map(({ path }) => path.split('/').at(-1))).toEqual([
      'moderato-old0',
      'moderato-old1',
      'moderato-old2',
      'moderato-old3',
      'moderato-old4',
    ]);
  });
});
