import { Brand } from '../../functions/people/brand.ts';
import { newReader, type Reader } from '../../functions/people/person.ts';
import { withSubscription } from '../../functions/policy/change.ts';
import type { MailAsked } from '../../functions/policy/decide.ts';

/** A Tuesday, 10:00 in Paris. */
export const TUESDAY = Date.parse('2026-01-06T09:00:00Z');

export const brand = Brand.parse({});

/** Ada follows "garden" as published, from Paris. */
export const ada: Reader = withSubscription(newReader('ada', brand, TUESDAY - 1), 'garden', {
  state: 'given',
  at: TUESDAY - 1,
});

export const letter: MailAsked = {
  mailing: 'c-spring',
  numbers: [7],
  kind: 'campaign',
  topic: 'garden',
  expiresAt: null,
};

export const at = (iso: string) => Date.parse(iso);

/** A turn taken, as a claim leaves it on the reader row. */
export const turn = (
  mailing: string,
  when: number,
  numbers: number[] = [],
  c: 'e' | 'l' = 'e',
) => ({
  m: mailing,
  b: '0.0',
  a: 1,
  at: when,
  c,
  n: numbers,
});
