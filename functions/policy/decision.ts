import * as z from 'zod';
import type { Instant } from '../base/time.ts';

export const SendReason = z.enum(['subscribed', 'digest-day', 'requested', 'transactional']);
export const HoldReason = z.enum(['quiet-hours', 'quota', 'preferred-time', 'paused']);
export const DigestReason = z.enum(['frequency', 'frequency-cap', 'paused']);
export const DropReason = z.enum([
  'no-consent',
  'not-subscribed',
  'unproven',
  'suppressed',
  'bounced',
  'complained',
  'erased',
  'expired',
  'withdrawn',
  'stopped',
  'newer-came',
  'already-sent',
  'lifecycle-off',
  'lifecycle-ceiling',
  'holdout',
  'not-in-audience',
  'render-failed',
]);

/** The answer to "may this mail reach this person, and when?". Refusing is an answer, not an error. */
export const Decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('send'), because: SendReason }),
  z.object({ kind: z.literal('hold'), until: z.number(), because: HoldReason }),
  z.object({ kind: z.literal('digest'), on: z.number(), because: DigestReason }),
  z.object({ kind: z.literal('drop'), because: DropReason }),
]);
export type Decision = z.infer<typeof Decision>;
export type Reason = Decision['because'];
export type DropBecause = z.infer<typeof DropReason>;

export const send = (because: z.infer<typeof SendReason>): Decision => ({ kind: 'send', because });
export const hold = (because: z.infer<typeof HoldReason>, until: number): Decision => ({
  kind: 'hold',
  until,
  because,
});
export const digest = (because: z.infer<typeof DigestReason>, on: number): Decision => ({
  kind: 'digest',
  on,
  because,
});
export const drop = (because: z.infer<typeof DropReason>): Decision => ({ kind: 'drop', because });

/** The moment that a decision puts off to, if it does. */
export function momentOf(decision: Decision): Instant | null {
  switch (decision.kind) {
    case 'hold':
      return decision.until;
    case 'digest':
      return decision.on;
    case 'send':
    case 'drop':
      return null;
  }
}
