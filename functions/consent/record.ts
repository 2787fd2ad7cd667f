import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Frequency, LegalBasis, TopicDelivery } from '../people/person.ts';

/** What a yes or a no is about: one topic, or something above topics. */
export const Subject = z
  .string()
  .regex(
    /^(topic:[a-z0-9-]{1,40}|letters|personal-notes|profiling|click-counting|address|everything)$/,
  )
  .describe('purpose: what the personal data are used for');
export const topicSubject = (topicId: string) => `topic:${topicId}`;

export const Method = z.enum([
  'form',
  'preference-page',
  'one-click',
  'reply',
  'phone',
  'paper',
  'in-person',
  'qr',
  'api',
  'import',
  'complaint',
  'end-of-term',
]);
export type Method = z.infer<typeof Method>;

/** Whose hand it was. An agent is named, because they acted for somebody else. */
export const Hand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('agent'), name: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('import'), name: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('provider'), name: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('house'), name: z.string().min(1).max(120) }),
]);
export type Hand = z.infer<typeof Hand>;

/** Where it happened: the form or page, the version of its words, its address as a pattern (never a token). */
export const Surface = z.object({ name: z.string(), version: z.string(), url: z.string() });
export type Surface = z.infer<typeof Surface>;

/** The exact words somebody read, and the options beside them. Kept once, under their hash. */
export const Words = z.object({
  language: z.string(),
  text: z.string(),
  options: z.array(z.string()),
});
export type Words = z.infer<typeof Words>;

/** What a mail without consent stands on. The refusal that was offered is in the words. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sale'),
    at: z.number(),
    entity: z.string(),
    family: z.string(),
    reference: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('business'),
    country: z.string(),
    organisation: z.string(),
    source: z.string(),
    interest: z.string(),
  }),
]);
export type Evidence = z.infer<typeof Evidence>;

/** One line of the consent ledger, with the fields of ISO/IEC TS 27560:2023. It is never changed. */
export const ConsentRecord = z.object({
  format: z.literal(1),
  recordId: z.string().describe('record_id'),
  sequence: z.int().min(1).describe('its place in this person’s ledger, from 1'),
  personId: z.string().describe('pii_principal_id'),
  addressFingerprint: z.string().describe('keyed HMAC of the address, which it does not reveal'),
  controller: z.string().describe('pii_controller'),
  jurisdiction: z.string().describe('jurisdiction, as ISO 3166 country'),
  language: z.string().describe('language of the words'),
  purpose: Subject,
  channel: z.literal('email'),
  legalBasis: LegalBasis.nullable().describe('lawful_basis; null for what needs none'),
  state: z
    .enum(['asked', 'given', 'unproven', 'withdrawn', 'changed'])
    .describe('event_state; "changed" is a pace, a pause or a way of coming'),
  change: z
    .object({
      frequency: Frequency.optional(),
      pausedUntil: z.number().nullable().optional(),
      delivery: TopicDelivery.optional(),
    })
    .nullable()
    .describe('what changed, when it is not the consent itself'),
  evidence: Evidence.optional().describe('what a mail without consent stands on'),
  at: z.number().describe('event_time: when the person did it, in milliseconds since 1970 UTC'),
  recordedAt: z.number().describe('when we wrote it down'),
  by: Hand.describe('whose hand it was'),
  method: Method,
  surface: Surface,
  wordsHash: z.string().nullable().describe('SHA-256 of the exact words and options shown'),
  retention: z.string(),
  recipients: z.array(z.string()),
  withdrawal: z.array(z.string()).describe('withdrawal_method'),
  previous: z.string().describe('hash of the record before; empty for the first'),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** True of every record of this product; written into each, so that a record stands by itself. */
export const STANDING_FACTS = {
  retention: 'three years after the last act by the person',
  recipients: ['the controller', 'its mail delivery provider'],
  withdrawal: [
    'the unsubscribe link in every letter',
    'the unsubscribe button of the mail program (RFC 8058)',
    'the preference page',
    'a reply to any letter',
  ],
};

export const hashOf = (value: unknown) =>
  createHash('sha256').update(canonical(value)).digest('base64url');

/** JSON with its keys in order, so that one meaning has one hash. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
