import { describe, expect, onTestFinished, test } from 'vitest';
import { Database } from '../../infra/local/database.ts';
import { SmtpMailer } from '../../infra/local/smtp-mailer.ts';
import { callTo, describeMailer, destination } from '../ports/mailer.ts';
import { readMime } from './mime.ts';
import { smtpServer, type Answers } from './smtp-server.ts';

describeMailer('mail over SMTP', async () => {
  const { mailer, server, close } = await open({});
  const arrived = async () => server.taken.map(({ to, raw }) => ({ to, ...readMime(raw) }));
  return { mailer, arrived, close };
});

async function open(answers: Answers) {
  const server = await smtpServer(answers);
  const database = new Database(':memory:');
  const mailer = new SmtpMailer(database, Date.now, {
    server: { host: '127.0.0.1', port: server.port, secure: false },
    ratePerSecond: 10,
    quotaPerDay: 1_000,
  });
  const close = async () => {
    mailer.close();
    await server.close();
    await database.close();
  };
  return { server, mailer, close };
}

async function outcomeWith(answers: Answers) {
  const { mailer, server, close } = await open(answers);
  onTestFinished(close);
  const [outcome] = await mailer.send(callTo(destination('ada@example.org')));
  return { outcome, taken: server.taken };
}

/** Servers that take commands one by one, and servers that take them all at once. */
describe.each([[[]], [['PIPELINING']]])('with a server that offers %j', (extensions) => {
  test.each<[string, Answers, string, string]>([
    ['turns us away for now', { hello: '421 too busy' }, 'later', 'asked-to-wait'],
    ['turns us away for good', { hello: '554 no' }, 'blocked', 'access-denied'],
    ['does not take this sender', { from: () => '550 5.7.1 no' }, 'blocked', 'sender-refused'],
    [
      'asks to wait before the reader',
      { to: () => '451 4.7.1 greylisted' },
      'later',
      'asked-to-wait',
    ],
    ['does not know the reader', { to: () => '550 5.1.1 unknown' }, 'refused', 'address-refused'],
    ['does not relay', { to: () => '554 5.7.1 Relay access denied' }, 'blocked', 'relay-denied'],
    [
      'has counted to our quota',
      { end: () => '550 5.4.5 Daily sending quota exceeded' },
      'blocked',
      'quota',
    ],
    ['hangs up before the message', { data: () => undefined }, 'later', 'connection-lost'],
    ['hangs up before the reader', { to: () => undefined }, 'later', 'connection-lost'],
    ['asks to wait after the message', { end: () => '452 4.3.1 full' }, 'later', 'asked-to-wait'],
    ['refuses the message', { end: () => '554 5.6.0 spam' }, 'refused', 'message-rejected'],
    ['hangs up after the message', { end: () => undefined }, 'uncertain', 'connection-lost'],
  ])('a server that %s', async (_, answers, kind, reason) => {
    const { outcome } = await outcomeWith({ ...answers, extensions });
    expect(outcome).toEqual({ kind, reason });
  });
});

test('a mail is offered once: what stays in doubt is not offered again by itself', async () => {
  let offers = 0;
  const { outcome } = await outcomeWith({ end: () => void (offers += 1) });
  expect(outcome?.kind).toBe('uncertain');
  expect(offers).toBe(1);
});

test('after a crash it is known which mails were never begun, and which the server had taken', async () => {
  const database = new Database(':memory:');
  let asked = 0;
  const server = await smtpServer({ end: (to) => (to.startsWith('slow') ? wait() : '250 ok') });
  onTestFinished(() => server.close());
  const { promise: isStuck, resolve } = Promise.withResolvers<void>();
  // Five lines are open: the server has the fifth of these, and says nothing.
  const wait = () => {
    if ((asked += 1) === 5) resolve();
    return '250-one moment';
  };
  const settings = {
    server: { host: '127.0.0.1', port: server.port, secure: false },
    ratePerSecond: 10,
    quotaPerDay: 1_000,
  };
  const mailer = new SmtpMailer(database, Date.now, settings);
  const tagsOf = (line: number) => ({ mailing: 'm1', batch: '0-1', line: String(line) });
  const to = (line: number) => `${line < 4 ? 'here' : 'slow'}-${line}@example.org`;
  const lines = Array.from({ length: 20 }, (_, line) => line);
  void mailer.send(callTo(...lines.map((line) => destination(to(line), { tags: tagsOf(line) }))));
  await isStuck;
  const found = (of: SmtpMailer) => Promise.all(lines.map((line) => of.find(tagsOf(line))));
  expect(new Set(await found(mailer))).toEqual(new Set(['unknown']));
  // Whoever starts anew has the disk only.
  const next = await found(new SmtpMailer(database, Date.now, settings));
  expect(next.slice(0, 4)).toEqual(
    lines.slice(0, 4).map(() => ({ kind: 'accepted', messageId: expect.any(String) as string })),
  );
  expect(next.slice(4, 9)).toEqual(lines.slice(4, 9).map(() => 'unknown'));
  expect(next.slice(9)).toEqual(lines.slice(9).map(() => 'never-came'));
  expect(await mailer.find({ mailing: 'm1', batch: '9-9', line: '0' })).toBe('never-came');
});

test('what the server took is not offered again, whoever asks, and what it refused may be', async () => {
  let isFull = true;
  const { mailer, server, close } = await open({
    end: (to) => (to.startsWith('full') && isFull ? '452 4.3.1 full' : '250 ok'),
  });
  onTestFinished(close);
  const call = callTo(
    destination('ada@example.org'),
    destination('full@example.org', { tags: { mailing: 'm1', batch: '0-1', line: '1' } }),
  );
  const [first, other] = await Promise.all([mailer.send(call), mailer.send(call)]);
  expect(first.map(({ kind }) => kind)).toEqual(['accepted', 'later']);
  expect(other.map(({ kind }) => kind)).toEqual(['later', 'later']);
  isFull = false;
  const again = await mailer.send(call);
  expect(again[0]).toEqual(first[0]);
  expect(again[1]?.kind).toBe('accepted');
  expect(server.taken.map(({ to }) => to)).toEqual(['ada@example.org', 'full@example.org']);
});

test('mail that left before anything was noted is not said to have stayed', async () => {
  const database = new Database(':memory:');
  onTestFinished(() => database.close());
  database.define('create table smtp_sent (at integer primary key, mails integer not null) strict');
  const server = { host: '127.0.0.1', port: 9, secure: false };
  const mailer = new SmtpMailer(database, Date.now, { server, ratePerSecond: 1, quotaPerDay: 1 });
  expect(await mailer.find({ mailing: 'm1', batch: '0-1', line: '0' })).toBe('unknown');
});

test('without a server nothing has left, and nobody waits long for it', async () => {
  const { mailer, server, close } = await open({});
  await server.close();
  onTestFinished(close);
  const outcomes = await mailer.send(
    callTo(...Array.from({ length: 50 }, () => destination('ada@example.org'))),
  );
  expect(outcomes).toEqual(outcomes.map(() => ({ kind: 'later', reason: 'no-connection' })));
});

test('one reader who is refused does not keep the others from their letter', async () => {
  const { mailer, server, close } = await open({
    to: (address) => (address.startsWith('gone') ? '550 5.1.1 unknown' : '250 ok'),
    end: (to) => (to.startsWith('lost') ? undefined : '250 ok'),
  });
  onTestFinished(close);
  const readers = Array.from(
    { length: 30 },
    (_, index) => `${['gone', 'lost', 'here'][index % 3]}-${index}@example.org`,
  );
  const outcomes = await mailer.send(callTo(...readers.map((to) => destination(to))));
  expect(outcomes.map(({ kind }) => kind)).toEqual(
    readers.map((_, index) => ['refused', 'uncertain', 'accepted'][index % 3]),
  );
  expect(server.taken.filter(({ to }) => to.startsWith('here'))).toHaveLength(10);
});

test('lines stay open for the next letters, and there are never more than five', async () => {
  const { mailer, server, close } = await open({});
  onTestFinished(close);
  for (let round = 0; round < 3; round += 1)
    await mailer.send(
      callTo(
        ...Array.from({ length: 50 }, (_, line) =>
          destination('ada@example.org', {
            tags: { mailing: 'm1', batch: `0-${round}`, line: String(line) },
          }),
        ),
      ),
    );
  expect(server.taken).toHaveLength(150);
  expect(server.connections()).toBeLessThanOrEqual(5);
});
