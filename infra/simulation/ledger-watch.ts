import type { Instant } from '../../functions/base/time.ts';
import type { ConsentRecord } from '../../functions/consent/record.ts';
import type { Applied } from './memory-table.ts';

/** How long a mail that was called before a "no" may still be on its way. */
const ON_ITS_WAY_MS = 40_000;

/** The consent ledger as it is written: whether somebody's yes to a topic stands. */
export class LedgerWatch {
  readonly #last = new Map<string, { readonly isYes: boolean; readonly at: Instant }>();
  readonly #before = new Map<string, boolean>();

  written({ after }: Applied, now: Instant): void {
    const record = after?.data as ConsentRecord | undefined;
    if (!record?.purpose.startsWith('topic:') || record.state === 'changed') return;
    const name = `${record.personId} ${record.purpose.slice('topic:'.length)}`;
    this.#before.set(name, this.#last.get(name)?.isYes ?? false);
    this.#last.set(name, { isYes: record.state === 'given', at: now });
  }

  /** A yes that stands, or that was taken back only when the mail had already been called. */
  hasYes(personId: string, topic: string, now: Instant): boolean {
    const name = `${personId} ${topic}`;
    const last = this.#last.get(name);
    if (!last) return false;
    if (last.isYes) return true;
    return last.at > now - ON_ITS_WAY_MS && (this.#before.get(name) ?? false);
  }
}
