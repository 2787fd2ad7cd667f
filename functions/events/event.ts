import * as z from 'zod';
import { FieldValue } from '../people/person.ts';
import { Moment } from '../team/api.ts';

export const EVENTS_A_CALL = 500;

/** What a purchase says; more of the house's own may stand beside it. */
export const PurchaseData = z
  .object({
    amount: z.number().min(0).max(1e9),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a currency of three letters, as "EUR"')
      .optional(),
    items: z.int().min(0).max(1e6).optional(),
  })
  .catchall(FieldValue);
export type PurchaseData = z.infer<typeof PurchaseData>;

const Data = z
  .record(z.string().regex(/^[a-zA-Z][\w-]{0,39}$/, 'must be a name of a field'), FieldValue)
  .refine((data) => Object.keys(data).length <= 30, 'may hold at most 30 fields');

/** Something a person did, at any touchpoint. Its id is the sender's own, and is taken once. */
export const Event = z
  .strictObject({
    id: z.string().regex(/^[\u0021-\u007e]{1,120}$/, 'must be 1 to 120 visible ASCII characters'),
    type: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a word of a-z, 0-9 and "-"'),
    email: z.string().max(400).optional(),
    externalId: z.string().min(1).max(120).optional(),
    personId: z.string().min(1).max(40).optional(),
    at: Moment.refine((at) => at >= 0, 'must be after 1970'),
    data: Data.default({}),
  })
  .check((context) => {
    const { email, externalId, personId, type, data } = context.value;
    if ([email, externalId, personId].filter((one) => one !== undefined).length !== 1)
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: 'must name its person once: email, externalId or personId',
      });
    if (type !== 'purchase') return;
    for (const issue of PurchaseData.safeParse(data).error?.issues ?? [])
      context.issues.push({
        code: 'custom',
        input: data,
        path: ['data', ...issue.path],
        message: issue.message,
      });
  });
export type Event = z.infer<typeof Event>;

/** Well-formed, and still not to be taken. */
export type RefusalCode = 'address-refused' | 'moment-ahead' | 'person-erased' | 'person-unknown';
export type Refusal = { readonly code: RefusalCode; readonly detail: string };

/** What is kept of an event on its person's timeline. */
export const TimelineEvent = z.object({
  format: z.literal(1),
  eventId: z.string(),
  type: z.string(),
  at: z.number(),
  receivedAt: z.number(),
  data: z.record(z.string(), FieldValue),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;
