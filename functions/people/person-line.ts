import * as z from 'zod';
import { Frequency, stateOf } from './person.ts';
import type { Person } from './store.ts';

/** A person in a list: enough to recognise them and go to them. */
export const PersonLine = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    email: z.string(),
    state: z.enum(['active', 'unproven', 'unsubscribed', 'bounced', 'complained']),
    frequency: Frequency,
    language: z.string(),
  })
  .meta({ id: 'PersonLine' });
export type PersonLine = z.infer<typeof PersonLine>;

export function lineOfPerson({ reader, profile }: Person): PersonLine {
  const { personId, frequency, language } = reader.it;
  const { givenName, familyName, email } = profile.it;
  return {
    id: personId,
    name: [givenName, familyName].filter(Boolean).join(' ') || null,
    email,
    state: stateOf(reader.it),
    frequency,
    language,
  };
}
