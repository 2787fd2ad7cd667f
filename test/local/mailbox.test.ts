import { expect, test } from 'vitest';
import { DAY } from '../../functions/base/time.ts';
import { Database } from '../../infra/local/database.ts';
import { mimeOf } from '../../infra/local/letter.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';
import { callTo, describeMailer, destination } from '../ports/mailer.ts';
import { readMime } from './mime.ts';

describeMailer("the laptop's mailbox", async () => {
  const { mailbox, database } = newMailbox();
  return {
    mailer: mailbox,
    arrived: async () => [...mailbox.letters()],
    close: () => database.close(),
  };
});

function newMailbox() {
  const database = new Database(':memory:');
  const clock = { now: Date.UTC(2026, 0, 5) };
  return { clock, database, mailbox: new Mailbox(database, () => clock.now) };
}

test('a mail is found by its tags in whatever order they are named', async () => {
  const { mailbox } = newMailbox();
  await mailbox.send(callTo(destination('ada@example.org', { tags: { batch: '0-7', line: '4' } })));
  expect(await mailbox.find({ line: '4', batch: '0-7' })).toMatchObject({ kind: 'accepted' });
  expect(await mailbox.find({ line: '5', batch: '0-7' })).toBe('never-came');
});

test('mails of one call are each found by their own tags, also where they differ in more than the line', async () => {
  const { mailbox } = newMailbox();
  type Tags = Record<string, string>;
  const tags: Tags[] = [{ batch: '0-7', line: '0' }, { batch: '0-7', line: '1' }, { batch: '0-8' }];
  const outcomes = await mailbox.send(
    callTo(...tags.map((its, index) => destination(`reader${index}@example.org`, { tags: its }))),
  );
  for (const [index, its] of tags.entries())
    expect(await mailbox.find(its)).toEqual(outcomes[index]);
  const foreigners: Tags[] = [{ batch: '0-8', line: '0' }, { batch: '0-7' }, { line: '0' }, {}];
  for (const foreign of foreigners) expect(await mailbox.find(foreign)).toBe('never-came');
  const kept = outcomes.map((outcome) =>
    outcome.kind === 'accepted' ? mailbox.letter(outcome.messageId) : undefined,
  );
  expect(kept.map((letter) => [letter?.to, letter?.tags])).toEqual(
    tags.map((its, index) => [`reader${index}@example.org`, its]),
  );
});

test('the mails of one address come oldest first, those to look at newest first, page by page', async () => {
  const { mailbox } = newMailbox();
  for (let round = 0; round < 60; round += 1) {
    const data = { h0: String(round), h1: '' };
    await mailbox.send(
      callTo(destination('ada@example.org', { data }), destination('bob@example.org', { data })),
    );
  }
  expect(mailbox.count()).toBe(120);
  expect(mailbox.count('ADA@example.org')).toBe(60);
  const subjects = [...mailbox.letters('ada@example.org')].map(({ subject }) => subject);
  expect(subjects).toEqual(Array.from({ length: 60 }, (_, round) => `L’été pour ${round}`));
  const first = mailbox.newest({ to: 'ada@example.org' });
  const second = mailbox.newest({ to: 'ada@example.org', before: Number(first.at(-1)!.id) });
  expect([...first, ...second].map(({ subject }) => subject)).toEqual(subjects.toReversed());
});

test('mails sent more than a day ago no longer count against the day', async () => {
  const { mailbox, clock } = newMailbox();
  await mailbox.send(callTo(destination('ada@example.org')));
  clock.now += DAY;
  expect((await mailbox.account()).sentLastDay).toBe(0);
});

test('there is no mail under a number that none was given', () => {
  const { mailbox } = newMailbox();
  for (const id of ['0', '1', '-1', '1e3', '__proto__', '9'.repeat(20)])
    expect(mailbox.letter(id)).toBeUndefined();
});

test('the source of a mail is MIME that a mail program reads back to the same letter', async () => {
  const { mailbox } = newMailbox();
  const data = { h0: 'Éléonore 😀'.repeat(12), h1: `${'très '.repeat(300)}<br>\n.` };
  const headers = {
    'List-Id': '"Tastings" <tastings.example.org>',
    'List-Unsubscribe': `<https://letters.example.org/unsubscribe/${'t'.repeat(90)}>, <mailto:stop@example.org>`,
    'Feedback-ID': 'c-1m4:tastings:editorial:exampleorg',
  };
  await mailbox.send(callTo(destination('ada@example.org', { data, headers })));
  const [letter] = [...mailbox.letters()];
  const raw = (await mimeOf(letter!)).toString('latin1');
  expect(raw.split('\r\n').every((line) => line.length <= 998 && /^[\t -~]*$/.test(line))).toBe(
    true,
  );
  const { subject, html, text } = letter!;
  expect(readMime(raw)).toMatchObject({ subject, html, text });
  const written = new Headers(readMime(raw).headers);
  for (const [name, value] of Object.entries(headers)) expect(written.get(name)).toBe(value);
  expect(raw).toMatch(/^To: ada@example\.org\r$/m);
  expect(raw).toMatch(/^Reply-To: claire@example\.org\r$/m);
  expect(raw).toMatch(/^Date: Mon, 05 Jan 2026 00:00:00 \+0000\r$/m);
});
