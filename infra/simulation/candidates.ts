import type { Instant } from '../../functions/base/time.ts';
import type { Mailing } from '../../functions/mail/mailing.ts';
import { compileCondition } from '../../functions/people/condition.ts';
import type { Profile, Reader } from '../../functions/people/person.ts';
import type { Claims } from './claims.ts';
import type { Corrections } from './corrections.ts';
import type { MemoryTable } from './memory-table.ts';
import type { Scenario } from './scenario.ts';

/** Who must be on the log of a campaign: everybody who was a candidate from its start to the end of its plan. */
export class Candidates {
  readonly #memory: MemoryTable;
  readonly #claims: Claims;
  readonly #scenario: Scenario;
  readonly #corrections: Corrections;
  readonly #startedAt = new Map<string, Instant>();
  readonly #sheetOf = new Map<string, number>();
  readonly expected = new Map<string, ReadonlySet<string>>();
  /** Who followed the topic all that time, and whom the letter was not for. */
  readonly outside = new Map<string, ReadonlySet<string>>();

  constructor(memory: MemoryTable, claims: Claims, scenario: Scenario, corrections: Corrections) {
    this.#corrections = corrections;
    this.#memory = memory;
    this.#claims = claims;
    this.#scenario = scenario;
  }

  written(mailingId: string, sheet: number): void {
    this.#sheetOf.set(mailingId, sheet);
  }

  seen(before: Mailing | undefined, { mailingId, kind, planned, topic }: Mailing, now: Instant) {
    const number = this.#corrections.corrected(mailingId);
    if (!before) {
      this.#startedAt.set(mailingId, now);
      if (number !== undefined) this.#corrections.begins(mailingId, number);
    }
    if (kind !== 'campaign' || !planned || before?.planned !== false || topic === null) return;
    const startedAt = this.#startedAt.get(mailingId) ?? 0;
    const { meeting, others } =
      number === undefined
        ? this.#steady(mailingId, topic, startedAt, now)
        : this.#corrections.planned(mailingId, number);
    this.expected.set(mailingId, meeting);
    this.outside.set(mailingId, others);
  }

  #steady(mailingId: string, topic: string, startedAt: Instant, now: Instant) {
    const sheet = this.#scenario.sheets[this.#sheetOf.get(mailingId) ?? -1];
    const meets = sheet?.audience ? compileCondition(sheet.audience) : () => true;
    const stops = sheet?.stopIf ? compileCondition(sheet.stopIf) : () => false;
    const meeting = new Set<string>();
    const others = new Set<string>();
    for (const { key, data } of this.#memory.all('people')) {
      if (key.sk !== 'reader') continue;
      const reader = data as Reader;
      const state = reader.subscriptions[topic]?.state;
      const profile = this.#memory.get({ ...key, sk: 'profile' })?.data as Profile | undefined;
      const follows = state === 'given' || state === 'unproven';
      if (!follows || !profile || this.#claims.steadySince(reader.personId) >= startedAt) continue;
      const person = { reader, profile };
      const isFor = meets(person, now) && !stops(person, now);
      (isFor ? meeting : others).add(reader.personId);
    }
    return { meeting, others };
  }
}
