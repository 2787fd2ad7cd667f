import * as z from 'zod';
import { Language } from './brand.ts';

export const TopicId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and "-"');
const Texts = (max: number) =>
  z
    .record(Language, z.string().trim().min(1).max(max))
    .refine((texts) => Object.keys(texts).length > 0, 'needs at least one language');

/** A subject one may subscribe to. A private one is joined by the house's own hand, never by guessing. */
export const Topic = z.object({
  id: TopicId,
  name: Texts(80),
  description: z.record(Language, z.string().trim().max(300)).default({}),
  visibility: z.enum(['public', 'private']).default('public'),
  /** Mails a week this topic promises at most; it raises the cap for those who follow it at once. */
  atMost: z.int().min(1).max(50).nullable().default(null),
  adultsOnly: z.boolean().default(false),
  retiredAt: z.number().nullable().default(null),
  createdAt: z.number(),
});
export type Topic = z.infer<typeof Topic>;
