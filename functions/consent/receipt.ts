import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { ConsentRecord, Evidence, hashOf, Words } from './record.ts';
import { readLedger, readWords } from './store.ts';

/** A record as its person keeps it: with the exact words, and moments anybody can read. */
export const Receipt = ConsentRecord.omit({
  format: true,
  at: true,
  recordedAt: true,
  change: true,
  evidence: true,
}).extend({
  at: z.iso.datetime().describe('event_time: when the person did it'),
  recordedAt: z.iso.datetime().describe('when it was written down'),
  change: z
    .object({
      frequency: z.string().optional(),
      pausedUntil: z.iso.datetime().nullable().optional(),
      delivery: z.string().optional(),
    })
    .nullable(),
  evidence: z
    .union([Evidence.options[0].extend({ at: z.iso.datetime() }), Evidence.options[1]])
    .nullable()
    .describe('what a mail without consent stands on: a sale, or why it concerns them at work'),
  words: Words.nullable().describe('the exact words and options shown'),
  hash: z.string().describe('SHA-256 of the record as it stands in the ledger'),
});
export type Receipt = z.infer<typeof Receipt>;

export const Receipts = z.object({
  schema: z.url().describe('where this schema is published'),
  standard: z.literal('ISO/IEC TS 27560:2023'),
  issuedAt: z.iso.datetime(),
  receipts: z.array(Receipt),
});
export type Receipts = z.infer<typeof Receipts>;

export const RECEIPTS_SCHEMA_PATH = '/receipts/schema.json';

/** What receipts look like, for any program that validates JSON. */
export const receiptsSchema = () => z.toJSONSchema(Receipts, { io: 'output' });

/** Everything a person said yes or no to, oldest first. */
export async function receiptsOf(
  ports: Pick<Ports, 'table' | 'now' | 'publicUrl'>,
  personId: string,
): Promise<Receipts> {
  const records: ConsentRecord[] = [];
  for await (const record of readLedger(ports, personId)) records.push(record);
  const hashes = [...new Set(records.flatMap(({ wordsHash }) => wordsHash ?? []))];
  const words = await readWords(ports, hashes);
  return {
    schema: `${ports.publicUrl}${RECEIPTS_SCHEMA_PATH}`,
    standard: 'ISO/IEC TS 27560:2023',
    issuedAt: iso(ports.now()),
    receipts: records.map((record) => receiptOf(record, words)),
  };
}

function receiptOf(record: ConsentRecord, words: ReadonlyMap<string, Words>): Receipt {
  const { format: _, at, recordedAt, change, evidence, ...rest } = record;
  const { pausedUntil, ...other } = change ?? {};
  return {
    ...rest,
    at: iso(at),
    recordedAt: iso(recordedAt),
    change: change && {
      ...other,
      ...(pausedUntil === undefined
        ? {}
        : { pausedUntil: pausedUntil === null ? null : iso(pausedUntil) }),
    },
    evidence:
      evidence?.kind === 'sale' ? { ...evidence, at: iso(evidence.at) } : (evidence ?? null),
    words: (record.wordsHash && words.get(record.wordsHash)) || null,
    hash: hashOf(record),
  };
}

const iso = (at: number) => new Date(at).toISOString();
