import { expect, test } from 'vitest';
import type { Write } from '../../functions/base/ports.ts';
import { MINUTE } from '../../functions/base/time.ts';
import { whoGot } from '../../functions/campaigns/who-got.ts';
import type { Delivery, Line } from '../../functions/mail/delivery.ts';
import type { Mailing } from '../../functions/mail/mailing.ts';
import type { Publication } from '../../functions/mail/publication.ts';
import { deliveryWrite, mailingWrite } from '../../functions/mail/store.ts';
import { newProfile, newReader } from '../../functions/people/person.ts';
import { profileWrite, readerWrite } from '../../functions/people/store.ts';
import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';

const LEFT_AT = Date.parse('2026-02-25T08:00:00Z');
const RIGHT_AT = LEFT_AT + 2 * MINUTE;
const mailingId = 'c-letter';
const publication = { number: 7, mailingId, publishedAt: LEFT_AT } as Publication;
const mailing: Mailing = {
  format: 1,
  ...{ mailingId, kind: 'campaign', state: 'sent', blockedBecause: null, number: 7 },
  ...{ topic: 'news', segments: 1, planned: true, startedAt: LEFT_AT, finishedAt: LEFT_AT },
  wallTime: null,
};

/** Somebody who has it, by a worker whose clock ran ahead. */
function gotIt(p: string, line: Partial<Line>): { line: Line; writes: Write[] } {
  const at = RIGHT_AT + MINUTE;
  const turn = { m: mailingId, b: '0.0', a: 1, at, c: 'e' as const, n: [7] };
  const reader = { ...newReader(p, { language: 'fr', timeZone: 'UTC' }, LEFT_AT), recent: [turn] };
  const about = { email: `${p}@example.org`, fingerprint: p, source: 'api', now: LEFT_AT };
  return {
    line: { p, d: 'send', r: 'subscribed', o: 'accepted', ...line },
    writes: [readerWrite(reader, 0), profileWrite(newProfile(p, about), 0)],
  };
}

test('who got what was wrong is told when it is put right, whatever the clock of their worker said; who got the right text is not', async () => {
  const table = plainTable(new MemoryTable());
  const some = [
    gotIt('wrong', {}),
    gotIt('right', { c: { 7: RIGHT_AT } }),
    gotIt('right-once', { c: { 7: RIGHT_AT - MINUTE } }),
    gotIt('in-doubt', { o: 'uncertain' }),
  ];
  const row: Delivery = {
    format: 1,
    ...{ mailingId, segment: 0, sequence: '00000000', state: 'closed', attempt: 1, calledAt: null },
    lines: some.map(({ line }) => line),
  };
  await table.writeAll([mailingWrite(mailing, 0), deliveryWrite(row, 0, LEFT_AT)]);
  await table.writeAll(some.flatMap(({ writes }) => writes));
  const page = await (await whoGot({ table }, publication, RIGHT_AT, 1))(0, undefined);
  expect(page.people.map(({ reader }) => reader.it.personId)).toEqual(['wrong', 'right-once']);
});
