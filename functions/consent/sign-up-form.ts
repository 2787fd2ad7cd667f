import type { Ports } from '../base/ports.ts';
import { fingerprintOf } from '../base/seal.ts';
import { SECOND, type Instant } from '../base/time.ts';
import type { WordKey } from '../base/words.ts';
import { readAddress } from '../people/address.ts';
import { Frequency } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';

/** What somebody filled in, as they filled it in, to be shown again when it cannot be taken. */
export type Filled = {
  readonly email: string;
  readonly frequency: string;
  readonly topics: readonly string[];
  readonly consent: boolean;
};
export const NOTHING_FILLED: Filled = { email: '', frequency: '', topics: [], consent: false };

export type Field = 'email' | 'frequency' | 'topics' | 'consent' | 'stamp';
export type Wrong = { readonly field: Field; readonly because: WordKey };

export type Read = {
  readonly email: string;
  readonly frequency: Frequency | null;
  readonly topics: readonly Topic[];
};

/** Reads a sign-up. Only topics the form offers can be chosen, so a private one is not joined by guessing. */
export function readSignUp(
  fields: URLSearchParams,
  offered: readonly Topic[],
): { readonly filled: Filled; readonly wrong: Wrong[]; readonly read: Read } {
  const filled: Filled = {
    email: fields.get('email')?.slice(0, 320) ?? '',
    frequency: fields.get('frequency') ?? '',
    topics: fields.getAll('topics'),
    consent: fields.get('consent') === 'yes',
  };
  const address = readAddress(filled.email);
  const frequency = Frequency.safeParse(filled.frequency);
  const topics =
    offered.length === 1 ? offered : offered.filter(({ id }) => filled.topics.includes(id));
  const strange = filled.topics.some((id) => !offered.some((topic) => topic.id === id));
  const wrong: Wrong[] = [
    ...('refused' in address
      ? [{ field: 'email', because: whyRefused(filled.email) } as const]
      : []),
    ...(filled.frequency !== '' && !frequency.success
      ? [{ field: 'frequency', because: 'error.choice' } as const]
      : []),
    ...(strange ? [{ field: 'topics', because: 'error.choice' } as const] : []),
    ...(!strange && topics.length === 0
      ? [{ field: 'topics', because: 'error.topics' } as const]
      : []),
    ...(filled.consent ? [] : [{ field: 'consent', because: 'error.consent' } as const]),
  ];
  return {
    filled,
    wrong,
    read: {
      email: 'refused' in address ? '' : address.email,
      frequency: frequency.success ? frequency.data : null,
      topics,
    },
  };
}

function whyRefused(email: string): WordKey {
  return /^\s*(abuse|postmaster|no-?reply|do-?not-?reply|mailer-daemon)@./i.test(email)
    ? 'error.address.role'
    : 'error.address';
}

/** No hand fills in a form faster than this. */
const QUICKEST_MS = SECOND;

/** When the form was shown, in a way only we could have written. `again`: it was too quick before. */
export function stampOf(
  ports: Pick<Ports, 'secrets' | 'now'>,
  kind: 'first' | 'again' = 'first',
): string {
  const body = `${kind === 'first' ? 'f' : 'a'}${ports.now().toString(36)}`;
  return `${body}.${fingerprintOf(ports, `form ${body}`)}`;
}

/**
 * Whether a form came back faster than a person could fill it in; then it is asked once more. A form
 * that stands on another site carries no stamp, and a clock that stands still measures nothing.
 */
export function tooQuick(ports: Pick<Ports, 'secrets' | 'now'>, stamp: string | null): boolean {
  if (stamp === null) return false;
  const [body = '', mac] = stamp.split('.');
  if (mac !== fingerprintOf(ports, `form ${body}`)) return true;
  const shownAt: Instant = Number.parseInt(body.slice(1), 36);
  const elapsed = ports.now() - shownAt;
  return body.startsWith('f') && elapsed > 0 && elapsed < QUICKEST_MS;
}
