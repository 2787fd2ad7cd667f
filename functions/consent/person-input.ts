import * as z from 'zod';
import { Language, TimeZone } from '../people/brand.ts';
import { FieldValue, Frequency, LegalBasis, Salutation, TopicDelivery } from '../people/person.ts';
import { TopicId } from '../people/topic.ts';
import { Moment } from '../team/api.ts';
import { Business, Sale } from './evidence.ts';
import { Method } from './record.ts';

/** How a yes was given, so that it can be shown: when, on what, and the exact words. */
export const Proof = z.strictObject({
  at: Moment,
  method: Method.exclude(['one-click', 'complaint', 'end-of-term']),
  words: z.string().trim().min(1).max(2_000),
});
export type Proof = z.infer<typeof Proof>;

const Consent = z.strictObject({
  /** `asked`: they get a mail to confirm. `given` without proof leaves them unproven. */
  state: z.enum(['asked', 'given']),
  legalBasis: LegalBasis.default('consent'),
  proof: Proof.optional(),
  /** What "soft-opt-in" stands on; without it the person is unproven. */
  sale: Sale.optional(),
  /** What "legitimate-interest-b2b" stands on; without it the person is unproven. */
  business: Business.optional(),
});

const SubscriptionInput = z.strictObject({
  topic: TopicId,
  delivery: TopicDelivery.optional(),
  consent: Consent,
});
export type SubscriptionInput = z.infer<typeof SubscriptionInput>;

/** A name is one line; what looks odd in it is somebody's name all the same. */
const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'must be one line')
  .nullable();

const FieldName = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/, 'must be a name of a field');

/** Somebody as a program of the house knows them. */
export const PersonInput = z
  .strictObject({
    email: z.string().min(3).max(400),
    externalId: z
      .string()
      .regex(/^[^\p{Cc}]{1,120}$/u, 'must be 1 to 120 characters on one line')
      .optional(),
    givenName: Name.optional(),
    familyName: Name.optional(),
    frequency: Frequency.optional(),
    language: Language.optional(),
    timeZone: TimeZone.optional(),
    salutation: Salutation.optional(),
    /** Null takes a field away. */
    fields: z
      .record(FieldName, FieldValue.nullable())
      .refine((fields) => Object.keys(fields).length <= 50, 'may hold at most 50 fields')
      .optional(),
    subscriptions: z.array(SubscriptionInput).max(30).default([]),
  })
  .check((context) => {
    const topics = context.value.subscriptions.map(({ topic }) => topic);
    for (const [index, topic] of topics.entries())
      if (topics.indexOf(topic) !== index)
        context.issues.push({
          code: 'custom',
          input: topic,
          path: ['subscriptions', index, 'topic'],
          message: 'is named twice',
        });
  });
export type PersonInput = z.infer<typeof PersonInput>;
