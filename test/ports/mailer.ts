import { describe, expect, onTestFinished, test } from 'vitest';
import type { Destination, MailCall, Mailer } from '../../functions/base/ports.ts';

/** A mail as it reached its reader, decoded. */
export type Arrived = {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type OpenMailer = {
  readonly mailer: Mailer;
  readonly arrived: () => Promise<Arrived[]>;
  readonly close: () => Promise<void>;
};

export const destination = (to: string, over: Partial<Destination> = {}): Destination => ({
  to,
  data: { h0: 'Ada', h1: '<b>Ada</b>' },
  headers: {
    'List-Unsubscribe': '<https://letters.example.org/unsubscribe/token>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  tags: { mailing: 'm1', batch: '0-1', line: '0' },
  ...over,
});

export const callTo = (...destinations: Destination[]): MailCall => ({
  from: { name: 'Maison d’Été', address: 'letters@example.org' },
  replyTo: 'claire@example.org',
  category: 'editorial',
  template: {
    id: 'template-1',
    subject: 'L’été pour {{h0}}',
    html: '<p>Bonjour {{h1}}, voilà {{h1}}.</p>',
    text: 'Bonjour {{h0}},\n\n.voilà.',
  },
  destinations,
});

/** What every `Mailer` promises. */
export function describeMailer(name: string, open: () => Promise<OpenMailer>): void {
  const opened = async () => {
    const mailer = await open();
    onTestFinished(mailer.close);
    return mailer;
  };

  describe(name, () => {
    test('each reader gets the letter with their own words in it, in both parts', async () => {
      const { mailer, arrived } = await opened();
      const [outcome] = await mailer.send(callTo(destination('ada@example.org')));
      expect(outcome?.kind).toBe('accepted');
      const [mail] = await arrived();
      expect(mail).toMatchObject({
        to: 'ada@example.org',
        subject: 'L’été pour Ada',
        html: '<p>Bonjour <b>Ada</b>, voilà <b>Ada</b>.</p>',
        text: 'Bonjour Ada,\n\n.voilà.',
        headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      });
    });

    test('words of a reader that look like a hole or a pattern stay words', async () => {
      const { mailer, arrived } = await opened();
      await mailer.send(
        callTo(destination('ada@example.org', { data: { h0: '{{h1}} $& $1', h1: 'x' } })),
      );
      expect((await arrived())[0]?.subject).toBe('L’été pour {{h1}} $& $1');
    });

    test('fifty readers of one call get fifty outcomes in their order', async () => {
      const { mailer, arrived } = await opened();
      const readers = Array.from({ length: 50 }, (_, index) => `reader-${index}@example.org`);
      const outcomes = await mailer.send(callTo(...readers.map((to) => destination(to))));
      expect(outcomes.map(({ kind }) => kind)).toEqual(readers.map(() => 'accepted'));
      expect(
        new Set(outcomes.map((outcome) => 'messageId' in outcome && outcome.messageId)).size,
      ).toBe(50);
      expect((await arrived()).map(({ to }) => to).sort()).toEqual([...readers].sort());
    });

    test.each([
      ['an address with a line break', destination('ada@example.org\r\nBcc: eve@example.org')],
      ['two addresses in one', destination('ada@example.org,eve@example.org')],
      [
        'a header with a line break',
        destination('ada@example.org', { headers: { 'X-A': 'a\r\nBcc: eve@example.org' } }),
      ],
      ['a hole that nothing fills', destination('ada@example.org', { data: { h0: 'Ada' } })],
    ])('%s is refused, and nobody else is', async (_, broken) => {
      const { mailer, arrived } = await opened();
      const outcomes = await mailer.send(callTo(broken, destination('bob@example.org')));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'accepted']);
      expect((await arrived()).map(({ to }) => to)).toEqual(['bob@example.org']);
    });

    test('the account says how fast and how much, and counts what was sent', async () => {
      const { mailer } = await opened();
      const before = await mailer.account();
      expect(before.sending).toBe(true);
      expect(before.ratePerSecond).toBeGreaterThan(0);
      await mailer.send(callTo(destination('ada@example.org'), destination('bob@example.org')));
      expect((await mailer.account()).sentLastDay).toBe(before.sentLastDay + 2);
    });

    test('a line that was sent is never said not to have come', async () => {
      const { mailer } = await opened();
      const tags = { mailing: 'm1', batch: '0-7', line: '4' };
      const [answer] = await mailer.send(callTo(destination('ada@example.org', { tags })));
      expect([answer, 'accepted', 'unknown']).toContainEqual(await mailer.find(tags));
      expect(['never-came', 'unknown']).toContain(await mailer.find({ ...tags, line: '5' }));
    });
  });
}
