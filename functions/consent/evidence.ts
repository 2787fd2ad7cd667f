import * as z from 'zod';
import { Moment } from '../team/api.ts';

const Line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'must be one line');

/** What a mail to a customer stands on: the sale, and the refusal they were offered then. */
export const Sale = z.strictObject({
  at: Moment,
  /** Who sold: the law gives this right to nobody else. */
  entity: Line(160),
  /** The kind of product, which says of what like it the house may write. */
  family: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and "-"'),
  reference: Line(120).optional(),
  /** The words beside the box that said no, as they stood there. */
  refusalOffered: z.string().trim().min(1).max(2_000),
});
export type Sale = z.infer<typeof Sale>;

/** What a mail to somebody at their work stands on: where, as whom, and why it concerns them. */
export const Business = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'must be a country of two letters, as "DE"'),
  organisation: Line(160),
  /** Where the address was found. */
  source: Line(300),
  interest: Line(500),
  refusalOffered: z.string().trim().min(1).max(2_000),
});
export type Business = z.infer<typeof Business>;
