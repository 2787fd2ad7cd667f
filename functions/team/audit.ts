import { createHash } from 'node:crypto';
import * as z from 'zod';
import { timedId, timeLetters } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { MINUTE, type Instant } from '../base/time.ts';
import type { Caller } from './caller.ts';
import { Role } from './member.ts';

/** Small facts that belong to an act: how many readers, who was the second person. Never an address or a text. */
export const AuditFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type AuditFacts = z.infer<typeof AuditFacts>;

/** One line of the audit log. It is never changed and never removed. */
export const AuditEntry = z.object({
  format: z.literal(1),
  id: z.string(),
  at: z.number(),
  by: z.object({
    is: z.enum(['key', 'member']),
    id: z.string(),
    name: z.string(),
    role: Role.nullable(),
  }),
  /** As the route table names it: `POST /campaigns/:id/schedule`. */
  act: z.string(),
  /** The id in its address, if it has one. */
  on: z.string().nullable(),
  /** `done`, or the code of the problem that it met. */
  outcome: z.string(),
  facts: AuditFacts,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export type Acted = {
  readonly caller: Caller;
  readonly act: string;
  readonly on: string | null;
  readonly outcome: string;
  readonly facts: AuditFacts;
  /** What is done again and again, as a draft is saved while it is written, is one line in ten minutes. */
  readonly often: boolean;
};

const OFTEN_MS = 10 * MINUTE;

export function auditEntry(ports: Pick<Ports, 'now' | 'random'>, acted: Acted): AuditEntry {
  const { caller, act, on, outcome, facts, often } = acted;
  const at = ports.now();
  return {
    format: 1,
    id: often ? idOfWindow(at, `${caller.id} ${act} ${on} ${outcome}`) : timedId(ports),
    at,
    by: { is: caller.is, id: caller.id, name: caller.name, role: caller.role },
    act,
    on,
    outcome,
    facts,
  };
}

/** The same for all that happens alike within a window: who comes second finds the line written. */
function idOfWindow(at: Instant, alike: string): string {
  const begins = timeLetters(Math.floor(at / OFTEN_MS) * OFTEN_MS);
  return begins + createHash('sha256').update(alike).digest('hex').slice(0, 7);
}
