import { MINUTE, type Instant } from '../base/time.ts';
import type { Ports } from '../base/ports.ts';
import { record } from '../consent/ledger.ts';
import type { Both } from '../consent/newcomer.ts';
import type { ConsentChange } from '../consent/ledger.ts';
import { waitsNoMoreWrites } from '../mail/waits-no-more.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader } from '../people/person.ts';
import { changePerson } from '../people/store.ts';
import { withEverythingStopped } from '../policy/change.ts';
import { differences, ledgerLines } from '../preferences/difference.ts';

/** Two clocks may differ by so much. */
const SKEW_MS = MINUTE;

/** Their address is dead: nothing reaches them there, until they sign up anew. */
export async function nothingReaches(
  ports: Pick<Ports, 'table' | 'now'>,
  personId: string,
  sentAt: Instant,
): Promise<void> {
  await changePerson(ports, personId, ({ reader: { it: reader } }) => {
    if (reader.standing.is !== 'well' || cameBackSince(reader, sentAt)) return undefined;
    return { reader: { ...reader, standing: { is: 'bounced', at: ports.now() } } };
  });
}

/**
 * They called a mail of ours spam: everything stops at once, and the ledger says by whose hand. Only
 * a fresh sign-up of their own ends it, once.
 */
export async function complains(
  ports: Pick<Ports, 'table' | 'now' | 'random'>,
  brand: Brand,
  personId: string,
  sentAt: Instant,
): Promise<void> {
  await changePerson(ports, personId, async (person) => {
    const before: Both = { reader: person.reader.it, profile: person.profile.it };
    const { reader, profile } = before;
    if (reader.standing.is === 'complained' || cameBackSince(reader, sentAt)) return undefined;
    const now = ports.now();
    const standing = { is: 'complained' as const, at: now };
    const complaints = reader.complaints + 1;
    const after = {
      reader: { ...withEverythingStopped(reader, now), standing, complaints },
      profile,
    };
    const recorded = record(ports, {
      brand,
      ...after,
      changes: changesOf(before, after),
      act: {
        by: { kind: 'provider', name: 'mailbox provider' },
        method: 'complaint',
        surface: { name: 'complaint', version: '1', url: 'feedback loop' },
        words: null,
        language: reader.language,
      },
      now,
    });
    const left = await waitsNoMoreWrites(ports, reader, after.reader, 'complained');
    return { reader: recorded.reader, also: [...recorded.writes, ...left] };
  });
}

/** Who has stopped everything before may still complain, and the ledger keeps that too. */
function changesOf(before: Both, after: Both): ConsentChange[] {
  const changes = ledgerLines(differences(before, after), after.reader);
  return changes.length > 0 ? changes : [{ purpose: 'letters', state: 'withdrawn' }];
}

/** What is told late of a mail from before they signed up anew says nothing about them now. */
const cameBackSince = ({ standing }: Reader, sentAt: Instant) =>
  standing.is === 'well' && standing.at > sentAt + SKEW_MS;
