import type { BulkEmailEntryResult } from '@aws-sdk/client-sesv2';
import {
  BadRequestException,
  GetAccountCommand,
  MessageRejected,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { SesMailer, sendingClient } from '../../functions/aws/ses-mailer.ts';
import type { Destination, MailCall } from '../../functions/base/ports.ts';

const ses = mockClient(SESv2Client);
let now = 0;
const newMailer = () =>
  new SesMailer({
    client: sendingClient({ region: 'eu-west-3' }),
    now: () => now,
    configurationSet: 'letters',
  });

const to = (name: string, over: Partial<Destination> = {}): Destination => ({
  to: `${name}@example.org`,
  data: { h0: name, h1: `https://example.org/u/${name}` },
  headers: { 'List-Unsubscribe': `<https://example.org/u/${name}>` },
  tags: { batch: 'b1', line: name },
  ...over,
});
const callTo = (...destinations: Destination[]): MailCall => ({
  from: { name: 'Élise Bonnet', address: 'elise@example.org' },
  replyTo: 'replies@example.org',
  category: 'editorial',
  template: {
    id: 't1',
    subject: 'News for {{h0}}',
    html: '<p>{{h0}} {{h1}}</p>',
    text: '{{h0}} {{h1}}',
  },
  destinations,
});
const answer = (...entries: BulkEmailEntryResult[]) =>
  ses.on(SendBulkEmailCommand).resolves({ BulkEmailEntryResults: entries });
const $metadata = { httpStatusCode: 400 };

beforeEach(() => {
  ses.reset();
  now += 10 * 60_000;
});

describe('a call to many readers', () => {
  it('is one bulk call: the fixed text once, and for each reader only what is theirs', async () => {
    answer({ Status: 'SUCCESS', MessageId: 'm1' }, { Status: 'SUCCESS', MessageId: 'm2' });
    expect(await newMailer().send(callTo(to('ada'), to('bob')))).toEqual([
      { kind: 'accepted', messageId: 'm1' },
      { kind: 'accepted', messageId: 'm2' },
    ]);
    expect(ses.calls()).toHaveLength(1);
    const { input } = ses.commandCalls(SendBulkEmailCommand)[0]!.args[0];
    expect(input).toMatchObject({
      FromEmailAddress: '=?UTF-8?B?w4lsaXNlIEJvbm5ldA==?= <elise@example.org>',
      ReplyToAddresses: ['replies@example.org'],
      ConfigurationSetName: 'letters',
      DefaultContent: {
        Template: { TemplateContent: { Subject: 'News for {{h0}}', Text: '{{h0}} {{h1}}' } },
      },
    });
    expect(input.BulkEmailEntries?.[1]).toEqual({
      Destination: { ToAddresses: ['bob@example.org'] },
      ReplacementTags: [
        { Name: 'batch', Value: 'b1' },
        { Name: 'line', Value: 'bob' },
      ],
      ReplacementHeaders: [{ Name: 'List-Unsubscribe', Value: '<https://example.org/u/bob>' }],
      ReplacementEmailContent: {
        ReplacementTemplate: {
          ReplacementTemplateData: '{"h0":"bob","h1":"https://example.org/u/bob"}',
        },
      },
    });
  });

  it('sorts what SES says of each reader inside a good answer', async () => {
    const said = [
      ['SUCCESS', 'accepted'],
      ['TRANSIENT_FAILURE', 'later'],
      ['ACCOUNT_THROTTLED', 'later'],
      ['ACCOUNT_DAILY_QUOTA_EXCEEDED', 'blocked'],
      ['ACCOUNT_SENDING_PAUSED', 'blocked'],
      ['ACCOUNT_SUSPENDED', 'blocked'],
      ['CONFIGURATION_SET_NOT_FOUND', 'blocked'],
      ['MAIL_FROM_DOMAIN_NOT_VERIFIED', 'blocked'],
      ['MESSAGE_REJECTED', 'refused'],
      ['INVALID_PARAMETER', 'refused'],
      ['FAILED', 'refused'],
    ] as const;
    answer(...said.map(([Status]) => ({ Status, MessageId: 'm', Error: 'ada@example.org' })));
    const outcomes = await newMailer().send(callTo(...said.map((_, index) => to(`r${index}`))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(said.map(([, kind]) => kind));
    expect(JSON.stringify(outcomes)).not.toContain('ada@');
  });

  it('leaves in doubt whoever the answer does not speak of', async () => {
    answer({ Status: 'SUCCESS', MessageId: 'm1' });
    const outcomes = await newMailer().send(callTo(to('ada'), to('bob')));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'uncertain']);
  });

  it('keeps one reader who cannot be written to from taking the others down', async () => {
    answer({ Status: 'SUCCESS', MessageId: 'm1' });
    ses.on(SendEmailCommand).resolves({ MessageId: 'm2' });
    const outcomes = await newMailer().send(
      callTo(
        to('ada', { to: 'adé@example.org' }),
        to('bob', { headers: { 'X-A': 'line\r\nBcc: eve@example.org' } }),
        to('cleo', { data: { h0: 'cleo' } }),
        to('dan', { to: 'dan@münchen.example' }),
      ),
    );
    expect(outcomes).toEqual([
      { kind: 'refused', reason: 'address-not-writable' },
      { kind: 'refused', reason: 'header-not-valid' },
      { kind: 'refused', reason: 'hole-not-filled' },
      { kind: 'accepted', messageId: 'm2' },
    ]);
    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Destination?.ToAddresses).toEqual([
      'dan@xn--mnchen-3ya.example',
    ]);
  });

  it('refused as a whole goes one by one, so that only the reader at fault is refused', async () => {
    ses.on(SendBulkEmailCommand).rejects(new BadRequestException({ message: 'bad', $metadata }));
    ses
      .on(SendEmailCommand)
      .rejectsOnce(new MessageRejected({ message: 'ada@example.org', $metadata }))
      .resolves({ MessageId: 'm2' });
    expect(await newMailer().send(callTo(to('ada'), to('bob')))).toEqual([
      { kind: 'refused', reason: 'message-rejected' },
      { kind: 'accepted', messageId: 'm2' },
    ]);
  });

  it('goes one by one for five minutes when bulk calls alone are throttled again and again', async () => {
    const mailer = newMailer();
    ses
      .on(SendBulkEmailCommand)
      .rejects(
        new TooManyRequestsException({ message: 'rate', $metadata: { httpStatusCode: 429 } }),
      );
    ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
    const send = async () => (await mailer.send(callTo(to('ada'), to('bob'))))[0]?.kind;
    expect([await send(), await send(), await send()]).toEqual(['later', 'later', 'later']);
    expect(await send()).toBe('accepted');
    now += 5 * 60_000;
    expect(await send()).toBe('later');
  });
});

describe('a letter SES would read in another way than we do', () => {
  it.each(['a backslash \\{{h0}}', 'a brace {{{h0}}}', 'not a hole {{name}} {{h0}}'])(
    '(%s) is filled here, character by character as it was compiled',
    async (subject) => {
      ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
      const call = callTo(to('ada'), to('bob'));
      await newMailer().send({ ...call, template: { ...call.template, subject } });
      expect(ses.commandCalls(SendBulkEmailCommand)).toHaveLength(0);
      expect(ses.commandCalls(SendEmailCommand)[1]?.args[0].input.Content?.Simple?.Subject).toEqual(
        {
          Data: subject.replace('{{h0}}', 'bob'),
          Charset: 'UTF-8',
        },
      );
    },
  );
});

describe('a call to one reader', () => {
  it('is a single mail with its own headers and tags, in UTF-8', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'm1' });
    await newMailer().send(callTo(to('ada')));
    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toMatchObject({
      ConfigurationSetName: 'letters',
      Destination: { ToAddresses: ['ada@example.org'] },
      EmailTags: [
        { Name: 'batch', Value: 'b1' },
        { Name: 'line', Value: 'ada' },
      ],
      Content: {
        Simple: {
          Subject: { Data: 'News for ada', Charset: 'UTF-8' },
          Body: {
            Html: { Data: '<p>ada https://example.org/u/ada</p>', Charset: 'UTF-8' },
            Text: { Data: 'ada https://example.org/u/ada', Charset: 'UTF-8' },
          },
          Headers: [{ Name: 'List-Unsubscribe', Value: '<https://example.org/u/ada>' }],
        },
      },
    });
  });

  it('never fills what a reader wrote, even when it looks like a hole or a pattern', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'm1' });
    await newMailer().send(callTo(to('ada', { data: { h0: '{{h1}} $& $1', h1: 'secret' } })));
    const { Simple } = ses.commandCalls(SendEmailCommand)[0]!.args[0].input.Content!;
    expect(Simple?.Subject?.Data).toBe('News for {{h1}} $& $1');
  });

  it.each([
    ['TooManyRequestsException', 429, '', 'later'],
    ['ThrottlingException', 400, 'Maximum sending rate exceeded.', 'later'],
    ['LimitExceededException', 400, '', 'later'],
    ['ThrottlingException', 400, 'Daily message quota exceeded.', 'blocked'],
    ['SendingPausedException', 400, '', 'blocked'],
    ['AccountSuspendedException', 400, '', 'blocked'],
    ['MailFromDomainNotVerifiedException', 400, '', 'blocked'],
    ['NotFoundException', 404, 'Configuration set <letters> does not exist.', 'blocked'],
    ['MessageRejected', 400, 'Email address is not verified.', 'blocked'],
    ['AccessDeniedException', 403, '', 'blocked'],
    ['BadRequestException', 400, 'Illegal address', 'refused'],
    ['MessageRejected', 400, 'Bad content', 'refused'],
    ['InternalFailure', 500, '', 'uncertain'],
    ['ServiceUnavailable', 503, '', 'uncertain'],
  ])('refused with %s %i "%s" is %s', async (name, httpStatusCode, message, kind) => {
    const fault = Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
    ses.on(SendEmailCommand).rejects(fault);
    expect((await newMailer().send(callTo(to('ada'))))[0]?.kind).toBe(kind);
  });
});

describe('a sender’s name', () => {
  it.each([
    ['Elise "Lise" Bonnet', /^=\?UTF-8\?B\?/],
    ["Elise O'Brien", /^"Elise O'Brien" </],
    ['', /^elise@example\.org$/],
    ['A\r\nBcc: x@example.org', /^=\?UTF-8\?B\?[\w+/=]+\?= <elise@example\.org>$/],
    ['é'.repeat(60), /^(=\?UTF-8\?B\?[\w+/=]{1,63}\?= ){3}<elise@example\.org>$/],
  ])('%j is written as mail programs want it', async (name, shape) => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
    await newMailer().send({ ...callTo(to('ada')), from: { name, address: 'elise@example.org' } });
    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input.FromEmailAddress).toMatch(shape);
  });
});

describe('the account', () => {
  it('is asked at most once a minute', async () => {
    ses.on(GetAccountCommand).resolves({
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: -1, MaxSendRate: 14, SentLast24Hours: 3 },
    });
    const mailer = newMailer();
    const account = await mailer.account();
    expect(account).toEqual({
      ratePerSecond: 14,
      quotaPerDay: Number.MAX_SAFE_INTEGER,
      sentLastDay: 3,
      sending: true,
    });
    now += 59_000;
    await mailer.account();
    expect(ses.calls()).toHaveLength(1);
    now += 1_000;
    await mailer.account();
    expect(ses.calls()).toHaveLength(2);
  });

  it('that SES has shut down does not send, whatever else it says', async () => {
    ses.on(GetAccountCommand).resolves({ SendingEnabled: true, EnforcementStatus: 'SHUTDOWN' });
    expect((await newMailer().account()).sending).toBe(false);
  });
});

it('a doubtful mail cannot be asked about: only the events of SES tell', async () => {
  expect(await newMailer().find()).toBe('unknown');
});
