import type { Pending } from '../../functions/consent/pending.ts';
import { MINUTE, type Instant } from '../../functions/base/time.ts';
import { keys } from '../../functions/base/keys.ts';
import type { Delivery } from '../../functions/mail/delivery.ts';
import { isWelcome, type Mailing } from '../../functions/mail/mailing.ts';
import type { Publication } from '../../functions/mail/publication.ts';
import type { Reader } from '../../functions/people/person.ts';
import type { Account } from './account.ts';
import type { Claims } from './claims.ts';
import type { MemoryTable } from './memory-table.ts';
import type { PeopleKnown } from './people-known.ts';

const ITEMS_MOST = 5;
/** Where nothing goes wrong. */
const AT_ONCE_MS = MINUTE;

type Yes = {
  readonly at: Instant;
  /** What was news to them in that moment, and would be to anybody. */
  readonly news: readonly Publication[];
  readonly reader: Reader;
};

type Stage = {
  readonly account: Account;
  readonly known: PeopleKnown;
  readonly memory: MemoryTable;
  readonly claims: Claims;
  readonly isCalm: boolean;
  readonly publications: ReadonlyMap<number, Publication>;
  readonly mailings: ReadonlyMap<string, Mailing>;
};

/** Who has confirmed is welcomed at once, once for each yes, with no more than five pieces of news, and is not forgotten. */
export class Welcomes {
  readonly #stage: Stage;
  readonly #yes = new Map<string, Yes[]>();
  readonly #welcomed = new Map<string, number>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A row of a sign-up was written. */
  signUpChanged(before: Pending | undefined, after: Pending | undefined, now: Instant): void {
    if (!after?.readerId || before?.confirmedAt != null || after.confirmedAt === null) return;
    const reader = this.#stage.memory.get(keys.reader(after.readerId))?.data as Reader;
    const yes = { at: now, reader, news: this.#newsFor(reader) };
    this.#yes.set(after.readerId, [...(this.#yes.get(after.readerId) ?? []), yes]);
  }

  /** When they last confirmed; for what they then asked for no hour is too late. */
  confirmedAt(personId: string): Instant {
    return this.#yes.get(personId)?.at(-1)?.at ?? -Infinity;
  }

  accepted(personId: string, mailing: string, now: Instant): void {
    if (!isWelcome(mailing)) return;
    const { account, known, claims, isCalm } = this.#stage;
    account.asks('welcome');
    const who = known.nameOf(personId);
    const count = (this.#welcomed.get(personId) ?? 0) + 1;
    this.#welcomed.set(personId, count);
    const yes = this.#yes.get(personId) ?? [];
    if (count > yes.length)
      account.breaks('welcome', `welcomed ${count} times after ${yes.length} yes`, who);
    const items = claims.claimOf(personId, mailing)?.numbers.length ?? 0;
    if (items < 1 || items > ITEMS_MOST)
      account.breaks('welcome', `welcomed with ${items} pieces of news`, who);
    const waitedMs = now - this.confirmedAt(personId);
    if (isCalm && waitedMs > AT_ONCE_MS && yes.at(-1)?.reader.pause === null)
      account.breaks('welcome', `welcomed after ${waitedMs} ms on a calm day`, who);
  }

  /** At rest: for whom there was news and who did not leave meanwhile, there is a line. */
  judge(rows: readonly Delivery[]): void {
    const { account, known, memory } = this.#stage;
    const listed = new Set(
      rows.flatMap(({ mailingId, lines }) => (isWelcome(mailingId) ? lines.map(({ p }) => p) : [])),
    );
    for (const [personId, [first]] of this.#yes) {
      const reader = memory.get(keys.reader(personId))?.data as Reader | undefined;
      if (!first || !reader || listed.has(personId)) continue;
      const stays = first.news.some(
        ({ topic, number }) =>
          this.#stage.publications.get(number)?.withdrawnAt === null &&
          reader.subscriptions[topic]?.at === first.reader.subscriptions[topic]?.at,
      );
      if (stays)
        account.breaks('welcome', 'confirmed, and nobody welcomed them', known.nameOf(personId));
    }
  }

  /** Only of who knows nothing of us yet, and of what is planned: whoever joins now is on no line of it. */
  #newsFor(reader: Reader): Publication[] {
    if (reader.recent.length > 0 || reader.waiting.length > 0 || reader.past.length > 0) return [];
    return [...this.#stage.publications.values()].filter((one) => {
      const { topic, mailingId, withdrawnAt, expiresAt, stopIf, languages } = one;
      const lasts = one.public && withdrawnAt === null && expiresAt === null && stopIf === null;
      const isPlanned = this.#stage.mailings.get(mailingId)?.planned === true;
      const follows = reader.subscriptions[topic]?.state === 'given';
      const speaks = !reader.languageOnly || languages.includes(reader.language);
      return lasts && isPlanned && follows && speaks;
    });
  }
}
