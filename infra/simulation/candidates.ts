import type { Instant } from '../../functions/base/time.ts';
import type { Mailing } from '../../functions/mail/mailing.ts';
import { compileCondition } from '../../functions/people/condition.ts';
import type { Profile, Reader } from '../../functions/people/person.ts';
import type { Claims } from './claims.ts';
import type { MemoryTable } from './memory-table.ts';
import type { Scenario } from './scenario.ts';

/** Who must be on the log of a campaign: everybody who was a candidate from its start to the end of its plan. */
export class Candidates {
  readonly #memory: MemoryTable;
  readonly #claims: Claims;
  readonly #scenario: Scenario;
  readonly #startedAt = new Map<string, Instant>();
  readonly #sheetOf = new Map<string, number>();
  readonly expected = new Map<string, ReadonlySet<string>>();

  constructor(memory: MemoryTable, claims: Claims, scenario: Scenario) {
    this.#memory = memory;
    this.#claims = claims;
    this.#scenario = scenario;
  }

  written(mailingId: string, sheet: number): void {
    this.#sheetOf.set(mailingId, sheet);
  }

  seen(before: Mailing | undefined, { mailingId, kind, planned, topic }: Mailing, now: Instant) {
    if (!before) this.#startedAt.set(mailingId, now);
    if (kind !== 'campaign' || !planned || before?.planned !== false || topic === null) return;
    const startedAt = this.#startedAt.get(mailingId) ?? 0;
    this.expected.set(mailingId, this.#steady(mailingId, topic, startedAt, now));
  }

  #steady(mailingId: string, topic: string, startedAt: Instant, now: Instant): Set<string> {
    const sheet = this.#scenario.sheets[this.#sheetOf.get(mailingId) ?? -1];
    const meets = sheet?.audience ? compileCondition(sheet.audience) : () => true;
    const steady = new Set<string>();
    for (const { key, data } of this.#memory.all('people')) {
      if (key.sk !== 'reader') continue;
      const reader = data as Reader;
      const state = reader.subscriptions[topic]?.state;
      const profile = this.#memory.get({ ...key, sk: 'profile' })?.data as Profile | undefined;
      const follows = state === 'given' || state === 'unproven';
      if (!follows || !profile || this.#claims.steadySince(reader.personId) >= startedAt) continue;
      if (meets({ reader, profile }, now)) steady.add(reader.personId);
    }
    return steady;
  }
}
