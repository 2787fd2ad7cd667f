import { timedId } from '../base/id.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { LegalBasis, Profile, Reader } from '../people/person.ts';
import { headWrite } from './ledger-day.ts';
import {
  hashOf,
  STANDING_FACTS,
  type ConsentRecord,
  type Evidence,
  type Hand,
  type Method,
  type Surface,
  type Words,
} from './record.ts';
import { ledgerWrite, readLedger, readWords, wordsWrite } from './store.ts';

/** What somebody did, before it becomes a line of the ledger. */
export type ConsentChange = {
  readonly purpose: string;
  readonly state: ConsentRecord['state'];
  readonly change?: ConsentRecord['change'];
  readonly legalBasis?: LegalBasis | null;
  readonly evidence?: Evidence;
  /** When they did it, if that was earlier (a proof on paper, the first half of a double opt-in). */
  readonly at?: Instant;
};

/** How they did it; the same for all changes of one act. */
export type Act = {
  readonly by: Hand;
  readonly method: Method;
  readonly surface: Surface;
  readonly words: Words | null;
  readonly language: string;
};

export type Recorded = {
  readonly reader: Reader;
  readonly writes: Write[];
  readonly records: ConsentRecord[];
};

/**
 * Adds lines to a person's ledger, as rows for the write that makes the changes themselves. The
 * reader answered carries the chain's new end, so that neither is ever written without the other.
 */
export function record(
  ports: Pick<Ports, 'now' | 'random'>,
  {
    brand,
    reader,
    profile,
    changes,
    act,
    now,
  }: {
    readonly brand: Pick<Brand, 'legalName' | 'jurisdiction'>;
    readonly reader: Reader;
    readonly profile: Pick<Profile, 'fingerprint'>;
    readonly changes: readonly ConsentChange[];
    readonly act: Act;
    readonly now: Instant;
  },
): Recorded {
  let { count, hash } = reader.ledger;
  const wordsHash = act.words && hashOf(act.words);
  const records = changes.map((change): ConsentRecord => {
    const line: ConsentRecord = {
      format: 1,
      recordId: timedId(ports),
      sequence: count + 1,
      personId: reader.personId,
      addressFingerprint: profile.fingerprint,
      controller: brand.legalName,
      jurisdiction: brand.jurisdiction,
      language: act.language,
      purpose: change.purpose,
      channel: 'email',
      legalBasis: change.legalBasis === undefined ? 'consent' : change.legalBasis,
      state: change.state,
      change: change.change ?? null,
      ...(change.evidence && { evidence: change.evidence }),
      at: change.at ?? now,
      recordedAt: now,
      by: act.by,
      method: act.method,
      surface: act.surface,
      wordsHash,
      ...STANDING_FACTS,
      previous: hash,
    };
    count += 1;
    hash = hashOf(line);
    return line;
  });
  return {
    reader: { ...reader, ledger: { count, hash } },
    writes: [
      ...records.map(ledgerWrite),
      ...(records.length > 0 ? [headWrite({ personId: reader.personId, count, hash }, now)] : []),
      ...(act.words && records.length > 0 ? [wordsWrite(hashOf(act.words), act.words)] : []),
    ],
    records,
  };
}

/** Several acts in one write: their lines follow each other; of a row that both write, the later one stands. */
export function joined(first: Recorded, second: Recorded): Recorded {
  const names = new Set(second.writes.map(({ key }) => `${key.pk} ${key.sk}`));
  return {
    reader: second.reader,
    writes: [
      ...first.writes.filter(({ key }) => !names.has(`${key.pk} ${key.sk}`)),
      ...second.writes,
    ],
    records: [...first.records, ...second.records],
  };
}

export type Soundness =
  | { readonly sound: true; readonly records: number }
  | { readonly sound: false; readonly sequence: number; readonly because: string };

/**
 * Whether a person's ledger is exactly what was written: every record in its place, none changed,
 * added or removed, and the words behind each hash still those words.
 */
export async function verifyLedger(
  ports: Pick<Ports, 'table'>,
  reader: Pick<Reader, 'personId' | 'ledger'>,
): Promise<Soundness> {
  let previous = '';
  let sequence = 0;
  const hashes = new Set<string>();
  const broken = (at: number, because: string) =>
    ({ sound: false, sequence: at, because }) as const;
  for await (const line of readLedger(ports, reader.personId)) {
    sequence += 1;
    if (line.sequence !== sequence) return broken(sequence, 'a record is missing');
    if (line.previous !== previous) return broken(sequence, 'the record before it was changed');
    previous = hashOf(line);
    if (line.wordsHash) hashes.add(line.wordsHash);
  }
  if (sequence !== reader.ledger.count) return broken(sequence + 1, 'the last records are missing');
  if (previous !== reader.ledger.hash) return broken(sequence, 'the last record was changed');
  const words = await readWords(ports, [...hashes]);
  for (const hash of hashes) {
    const kept = words.get(hash);
    if (!kept || hashOf(kept) !== hash) return broken(sequence, 'the words shown were changed');
  }
  return { sound: true, records: sequence };
}
