import type { Destination, MailCall, MailOutcome } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Delivery } from '../../functions/mail/delivery.ts';
import type { Account } from './account.ts';
import type { PeopleKnown } from './people-known.ts';

/**
 * Lines in doubt that were opened again. Of a campaign or a letter nobody does so by itself: only
 * while a marketer who was told that mails may come twice has asked for it, or where a slow worker
 * knows after all that it never offered the mail, or that it was not taken.
 */
export class Again {
  readonly #account: Account;
  readonly #known: PeopleKnown;
  readonly #asked = new Set<string>();
  readonly #people = new Map<string, Instant>();
  readonly #lines = new Set<string>();
  /** Offered to the provider, without anybody having its word that it did not take them. */
  readonly #offered = new Set<string>();

  constructor(account: Account, known: PeopleKnown) {
    this.#account = account;
    this.#known = known;
  }

  /** A marketer asks for it. What was asked for may still be done when its asker has died. */
  asked(mailing: string): void {
    this.#asked.add(mailing);
  }

  wasAsked(mailing: string): boolean {
    return this.#asked.has(mailing);
  }

  called({ destinations }: MailCall): void {
    for (const destination of destinations) this.#offered.add(nameOf(destination));
  }

  replied({ destinations }: MailCall, outcomes: readonly MailOutcome[]): void {
    for (const [index, destination] of destinations.entries()) {
      const { kind } = outcomes[index]!;
      if (kind === 'later' || kind === 'blocked') this.#offered.delete(nameOf(destination));
    }
  }

  seen(before: Delivery, after: Delivery, now: Instant): void {
    const { mailingId, segment, sequence, service } = after;
    for (const [index, line] of after.lines.entries()) {
      if (before.lines[index]?.o !== 'uncertain' || line.o !== 'open' || service) continue;
      const name = `${mailingId} ${segment}-${sequence} ${index}`;
      if (!this.#offered.has(name)) continue;
      if (!this.#asked.has(mailingId))
        this.#account.breaks(
          'I2',
          `a doubtful line of ${mailingId} was opened again, and nobody had asked for it`,
          this.#known.nameOf(line.p),
        );
      this.#people.set(`${line.p} ${mailingId}`, now);
      this.#lines.add(name);
    }
  }

  /** Until then this person may have got a mail of it of which nobody knows. */
  openedAt(personId: string, mailing: string): Instant {
    return this.#people.get(`${personId} ${mailing}`) ?? -Infinity;
  }

  wasLineOpened(name: string): boolean {
    return this.#lines.has(name);
  }
}

const nameOf = ({ tags }: Pick<Destination, 'tags'>) =>
  `${tags['mailing']} ${tags['batch']} ${tags['line']}`;
