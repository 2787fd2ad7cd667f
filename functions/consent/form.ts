import * as z from 'zod';
import { Frequency } from '../people/person.ts';
import { TopicId, type Topic } from '../people/topic.ts';

export const FormId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and "-"');

/** A sign-up form: which topics it offers and the pace it announces to who chooses none. */
export const Form = z.object({
  format: z.literal(1).default(1),
  id: FormId,
  /** Null: every public topic. A private one is offered only where it is named. */
  topics: z.array(TopicId).min(1).max(30).nullable().default(null),
  frequency: Frequency.default('weekly'),
  createdAt: z.number().default(0),
  /** Nobody signs up there any more; who did keeps what they said yes to. */
  closedAt: z.number().nullable().default(null),
});
export type Form = z.infer<typeof Form>;

/** The form that stands at `/subscribe` until the house makes its own. */
export const HOME_FORM: Form = Form.parse({ id: 'home' });

/** The topics a form offers, in the house's order; retired ones are gone. */
export function topicsOf(form: Form, topics: readonly Topic[]): Topic[] {
  return topics
    .filter(({ retiredAt }) => retiredAt === null)
    .filter(({ id, visibility }) =>
      form.topics === null ? visibility === 'public' : form.topics.includes(id),
    )
    .slice(0, 30);
}
