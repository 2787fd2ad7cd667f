import { describe, expect, it } from 'vitest';
import { giveBackUnused } from '../../functions/mail/close.ts';
import { Delivery } from '../../functions/mail/delivery.ts';
import { deliveryWrite } from '../../functions/mail/store.ts';
import { newProfile, newReader } from '../../functions/people/person.ts';
import { profileWrite, readerWrite, readPeople } from '../../functions/people/store.ts';
import { turnOf, withTurn } from '../../functions/policy/turns.ts';
import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';

const NOW = Date.UTC(2026, 0, 5, 10);
const NAME = { mailingId: 'c-1', segment: 0, sequence: '1' };

/** A worker took a turn in its attempt 2, and comes late with its mark: how the row stands then. */
async function late(row: Pick<Delivery, 'state' | 'attempt'>) {
  const ports = { table: plainTable(new MemoryTable()) };
  const reader = newReader('ada', { language: 'fr', timeZone: 'Europe/Paris' }, NOW);
  const turn = { m: 'c-1', b: '0.1', a: 2, at: NOW, c: 'e' as const, n: [1] };
  const about = { email: 'ada@example.org', fingerprint: '', source: 'api', now: NOW };
  const held = { p: 'ada', d: 'hold', r: 'quiet-hours', u: NOW } as const;
  const delivery = Delivery.parse({ format: 1, ...NAME, ...row, calledAt: null, lines: [held] });
  await ports.table.writeEach([
    readerWrite(withTurn(reader, turn), 0),
    profileWrite(newProfile('ada', about), 0),
    deliveryWrite(delivery, 0, NOW),
  ]);
  await giveBackUnused(ports, NAME, 2, new Map([['ada', { person: 'taken' }]]));
  const [ada] = await readPeople(ports, ['ada']);
  return turnOf(ada!.reader.it, 'c-1');
}

describe('a worker that is late with its mark', () => {
  it('gives the place back of whom another worker has said no to meanwhile', async () => {
    expect(await late({ state: 'planned', attempt: 2 })).toBeUndefined();
  });

  it('leaves the turn where the row is still to be carried out: the next worker may just use it', async () => {
    expect(await late({ state: 'planned', attempt: 1 })).toMatchObject({ a: 2 });
  });
});
