import * as z from 'zod';
import { MINUTE, type Instant } from '../base/time.ts';
import {
  DigestReason,
  DropReason,
  HoldReason,
  SendReason,
  type Decision,
} from '../policy/decision.ts';

export const LINES_TO_SEND = 50;
export const LINES_AT_REST = 1_000;

/** A publication that waited for a reader's letter and does so no more, and why. */
export type LeftOut = { readonly n: number; readonly r: z.infer<typeof DropReason> };

/**
 * One candidate of a mailing: the decision, its reason, what became of it. Short names, because a
 * row holds up to a thousand: person, decision, reason, until (or on), outcome, message id, why
 * refused, tries, carried numbers, date a letter was planned for, what waits no more and why,
 * what the provider told of it, which of what it carried had been put right, and when.
 */
export const Line = z.object({
  p: z.string(),
  d: z.enum(['send', 'hold', 'digest', 'drop']),
  r: z.union([SendReason, HoldReason, DigestReason, DropReason]),
  u: z.number().optional(),
  o: z.enum(['open', 'accepted', 'refused', 'uncertain']).optional(),
  m: z.string().optional(),
  w: z.string().optional(),
  t: z.int().optional(),
  n: z.array(z.int()).optional(),
  f: z.number().optional(),
  e: z.int().optional(),
  x: z.array(z.object({ n: z.int(), r: DropReason })).optional(),
  c: z.record(z.string(), z.number()).optional(),
});
export type Line = z.infer<typeof Line>;

/** A transactional letter travels in its own delivery row. Words are plain text; its link is sealed when it leaves. */
export const ServiceLetter = z.object({
  kind: z.string(),
  language: z.string(),
  subject: z.string(),
  paragraphs: z.array(z.string()),
  button: z
    .object({
      label: z.string(),
      link: z.union([
        z.object({
          purpose: z.enum(['confirm', 'preferences', 'my-data', 'undo']),
          expiresInMs: z.number(),
          about: z.string().optional(),
        }),
        z.object({ url: z.string() }),
      ]),
    })
    .optional(),
  after: z.array(z.string()),
  requestedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  /** A test of a letter goes to whoever wrote it, not to a reader: the address, and the letter as made. */
  trial: z
    .object({
      address: z.string(),
      from: z.object({ name: z.string(), address: z.string() }),
      html: z.string(),
      text: z.string(),
    })
    .optional(),
});
export type ServiceLetter = z.infer<typeof ServiceLetter>;

/**
 * One row of the delivery log. It is the outbox (a queue carries its key only), the agenda of what
 * is held, and the lasting guard against sending twice.
 */
export const Delivery = z.object({
  format: z.literal(1),
  mailingId: z.string(),
  segment: z.int(),
  sequence: z.string(),
  state: z.enum(['planned', 'calling', 'closed']),
  attempt: z.int(),
  calledAt: z.number().nullable(),
  lines: z.array(Line),
  service: ServiceLetter.optional(),
  /** How many lines to be sent its segment planned before it: those of a large mailing's first part go ahead. */
  before: z.int().optional(),
  /** Since when some line is in doubt: events may still settle it, and after some silence it may be sent again. */
  doubtAt: z.number().optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** How a queue names a delivery row. */
export const DeliveryName = z.object({
  mailingId: z.string(),
  segment: z.int(),
  sequence: z.string(),
  /** How often it came and found no slot. */
  waited: z.int().optional(),
});
export type DeliveryName = z.infer<typeof DeliveryName>;

export const batchName = ({ segment, sequence }: Pick<Delivery, 'segment' | 'sequence'>) =>
  `${segment}.${sequence}`;

export function lineOf(
  personId: string,
  decision: Decision,
  letter: { readonly numbers?: readonly number[]; readonly plannedFor?: Instant } = {},
): Line {
  const extra = {
    ...(letter.numbers ? { n: [...letter.numbers] } : {}),
    ...(letter.plannedFor === undefined ? {} : { f: letter.plannedFor }),
  };
  return { p: personId, ...decided(decision), ...extra };
}

/** The same line after the heart was asked again. */
export function redecided(line: Line, decision: Decision): Line {
  const { p, t, n, f, x } = line;
  return {
    p,
    ...(t === undefined ? {} : { t }),
    ...(n === undefined ? {} : { n }),
    ...(f === undefined ? {} : { f }),
    ...(x === undefined ? {} : { x }),
    ...decided(decision),
  };
}

/** The line with the version of what it carries: who got what was wrong is told when it is put right. */
export function withVersions(line: Line, items: readonly Carried[]): Line {
  const right = items.filter(({ correctedAt }) => correctedAt !== null);
  if (right.length === 0) return line;
  return { ...line, c: Object.fromEntries(right.map((it) => [it.number, it.correctedAt!])) };
}
type Carried = { readonly number: number; readonly correctedAt: Instant | null };

/** The line with what waits no more because of it; what it said of that before stays. */
export function withLeftOut(line: Line, out: readonly LeftOut[]): Line {
  return out.length === 0 ? line : { ...line, x: [...(line.x ?? []), ...out] };
}

function decided(decision: Decision): Pick<Line, 'd' | 'r' | 'u' | 'o'> {
  switch (decision.kind) {
    case 'send':
      return { d: 'send', r: decision.because, o: 'open' };
    case 'hold':
      return { d: 'hold', r: decision.because, u: decision.until };
    case 'digest':
      return { d: 'digest', r: decision.because, u: decision.on };
    case 'drop':
      return { d: 'drop', r: decision.because };
  }
}

/** Waiting to be called now: decided to be sent, or held until a moment that has come. */
export function isReady(line: Line, now: Instant): boolean {
  return (line.d === 'send' && line.o === 'open') || (line.d === 'hold' && line.u! <= now);
}

/** A row that never came back from a worker is looked at again after this. */
export const LOOK_AGAIN_MS = 2 * MINUTE;

/** A doubtful mail of which nothing was told for so long may never have left. */
export const SILENCE_MS = 15 * MINUTE;

/** When the tick must look at the row: soon while lines are open or called, else at its earliest hold. */
export function dueOf(delivery: Delivery, now: Instant): Instant | null {
  if (delivery.state === 'closed')
    return delivery.service && delivery.doubtAt !== undefined
      ? delivery.doubtAt + SILENCE_MS
      : null;
  if (delivery.state === 'calling') return (delivery.calledAt ?? now) + LOOK_AGAIN_MS;
  if (delivery.lines.some((line) => line.o === 'open')) return now + LOOK_AGAIN_MS;
  return delivery.lines.reduce<Instant | null>(
    (earliest, line) =>
      line.d === 'hold' && (earliest === null || line.u! < earliest) ? line.u! : earliest,
    null,
  );
}

/** `closed` once every line is final: nothing open, nothing held. */
export function settled(delivery: Delivery): Delivery {
  const waits = delivery.lines.some((line) => line.o === 'open' || line.d === 'hold');
  const { doubtAt: before, ...rest } = delivery;
  const doubtAt = delivery.calledAt ?? before;
  const isInDoubt = delivery.lines.some((line) => line.o === 'uncertain');
  return {
    ...rest,
    state: waits ? 'planned' : 'closed',
    calledAt: null,
    ...(isInDoubt && doubtAt !== undefined ? { doubtAt } : {}),
  };
}
