import type {
  Destination,
  MailAccount,
  MailCall,
  Mailer,
  MailOutcome,
} from '../../functions/base/ports.ts';
import { DAY, type Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';
import { flawsOf, letterOf, type Letter } from './letter.ts';
import { mailStatements, type KeptMail } from './mailbox-statements.ts';

/** A mail somebody can look at. */
export type KeptLetter = Letter & {
  readonly id: string;
  readonly category: MailCall['category'];
  readonly tags: Readonly<Record<string, string>>;
};

export type MailboxLimits = Pick<MailAccount, 'ratePerSecond' | 'quotaPerDay'>;
const GENEROUS: MailboxLimits = { ratePerSecond: 20_000, quotaPerDay: 50_000_000 };
const LETTERS_A_PAGE = 50;

/**
 * The provider of a laptop: it takes every mail that is well made and lets nobody but us see it. It
 * keeps the template once and the holes of each mail, so that a million mails are no million letters.
 */
export class Mailbox implements Mailer {
  readonly #database: Database;
  readonly #now: () => Instant;
  readonly #limits: MailboxLimits;
  readonly #sql;

  constructor(database: Database, now: () => Instant, limits: MailboxLimits = GENEROUS) {
    this.#database = database;
    this.#now = now;
    this.#limits = limits;
    this.#sql = mailStatements(database);
  }

  async send(call: MailCall): Promise<MailOutcome[]> {
    const flaws = flawsOf(call);
    return this.#database.write(() => {
      const callId = this.#keepCall(call, flaws.filter((flaw) => flaw === undefined).length);
      return call.destinations.map((destination, index) => {
        const reason = flaws[index];
        if (reason !== undefined) return { kind: 'refused', reason };
        return { kind: 'accepted', messageId: this.#keepMail(callId, destination) };
      });
    });
  }

  async account(): Promise<MailAccount> {
    const sentLastDay = this.#sql.sentSince.get(this.#now() - DAY)?.mails ?? 0;
    return { ...this.#limits, sentLastDay, sending: true };
  }

  /** By the tags a mail was sent with, all of them. */
  find(tags: Readonly<Record<string, string>>): Promise<'accepted' | 'never-came'> {
    return this.#database.read(() =>
      this.#sql.byTags.get(textOf(tags)) ? 'accepted' : 'never-came',
    );
  }

  /** How many mails there are, or how many to one address. */
  count(to = ''): number {
    return this.#sql.count.get(to)?.mails ?? 0;
  }

  letter(id: string): KeptLetter | undefined {
    const kept = /^\d{1,15}$/.test(id) ? this.#sql.one.get(Number(id)) : undefined;
    return kept && whole(kept);
  }

  /** Every mail, or every mail to one address, oldest first. */
  *letters(to = ''): Iterable<KeptLetter> {
    for (let after = 0; ;) {
      const page = this.#sql.after.all(to, after, LETTERS_A_PAGE);
      yield* page.map(whole);
      if (page.length < LETTERS_A_PAGE) return;
      after = page.at(-1)!.id;
    }
  }

  /** A page of mails, newest first. */
  newest({ to = '', before = Infinity }: { to?: string; before?: number } = {}): KeptLetter[] {
    return this.#sql.before.all(to, before, LETTERS_A_PAGE).map(whole);
  }

  #keepCall({ template, from, replyTo, category }: MailCall, mails: number): number {
    const { id, subject, html, text } = template;
    this.#sql.keepTemplate.run(id, subject, html, text);
    const { name, address } = from;
    const facts = [this.#now(), id, name, address, replyTo ?? null, category, mails];
    return this.#sql.keepCall.get(...facts)!.id;
  }

  #keepMail(callId: number, { to, data, headers, tags }: Destination): string {
    const { id } = this.#sql.keepMail.get(callId, to, textOf(tags))!;
    this.#sql.keepContent.run(id, JSON.stringify(data), JSON.stringify(headers));
    return String(id);
  }
}

function whole(kept: KeptMail): KeptLetter {
  const {
    id,
    at,
    recipient: to,
    from_name: name,
    from_address: address,
    reply_to,
    category,
  } = kept;
  const call = {
    from: { name, address },
    ...(reply_to !== null && { replyTo: reply_to }),
    template: { id: kept.template, subject: kept.subject, html: kept.html, text: kept.text },
  };
  const content = {
    to,
    data: JSON.parse(kept.data) as Record<string, string>,
    headers: JSON.parse(kept.headers) as Record<string, string>,
  };
  const messageId = `<${id}.${at}@${address.slice(address.lastIndexOf('@') + 1)}>`;
  const tags = Object.fromEntries(new URLSearchParams(kept.tags));
  return { ...letterOf(call, content, { at, messageId }), id: String(id), category, tags };
}

function textOf(tags: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(tags);
  query.sort();
  return query.toString();
}
