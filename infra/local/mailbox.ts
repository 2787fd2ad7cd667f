import type {
  Destination,
  MailAccount,
  MailCall,
  MailFound,
  Mailer,
  MailOutcome,
} from '../../functions/base/ports.ts';
import { DAY, type Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';
import { flawsOf, letterOf, type Letter } from './letter.ts';
import { packed, unpacked } from './mail-contents.ts';
import { mailStatements, type KeptCall } from './mailbox-statements.ts';

/** A mail somebody can look at. */
export type KeptLetter = Letter & {
  readonly id: string;
  readonly category: MailCall['category'];
  readonly tags: Readonly<Record<string, string>>;
};

export type MailboxLimits = Pick<MailAccount, 'ratePerSecond' | 'quotaPerDay'>;
const GENEROUS: MailboxLimits = { ratePerSecond: Infinity, quotaPerDay: 50_000_000 };
const LETTERS_A_PAGE = 50;

/** The one tag in which the mails of a call differ; what they share is kept once. */
const OWN_TAG = 'line';

/**
 * The provider of a laptop: it takes every mail that is well made and lets nobody but us see it. It
 * keeps the template once and the holes of each mail, so that a million mails are no million letters.
 */
export class Mailbox implements Mailer {
  readonly staysHere = true;
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
    const outcomes = flawsOf(call).map((reason): MailOutcome | undefined =>
      reason === undefined ? undefined : { kind: 'refused', reason },
    );
    const taken = call.destinations
      .map((destination, index) => ({ destination, index, tags: sharedTags(destination.tags) }))
      .filter(({ index }) => outcomes[index] === undefined);
    return this.#database.write(() => {
      for (const [tags, mails] of Map.groupBy(taken, (one) => one.tags)) {
        const first = this.#keep(
          call,
          tags,
          mails.map(({ destination }) => destination),
        );
        for (const [place, { index }] of mails.entries())
          outcomes[index] = {
            kind: 'accepted',
            messageId: String(first + place),
            delivered: true,
          };
      }
      return outcomes as MailOutcome[];
    });
  }

  async account(): Promise<MailAccount> {
    const sentLastDay = this.#sql.sentSince.get(this.#now() - DAY)?.mails ?? 0;
    return { ...this.#limits, sentLastDay, sending: true };
  }

  /** By the tags a mail was sent with, all of them: whatever lies here settles every doubt. */
  find(tags: Readonly<Record<string, string>>): Promise<MailFound> {
    return this.#database.read(() => {
      const found = this.#sql.byTags.get(sharedTags(tags), tags[OWN_TAG] ?? null);
      return found
        ? { kind: 'accepted', messageId: String(found.id), delivered: true }
        : 'never-came';
    });
  }

  /** How many mails there are, or how many to one address. */
  count(to = ''): number {
    const found = to === '' ? this.#sql.count.get() : this.#sql.countTo.get(to);
    return found?.mails ?? 0;
  }

  letter(id: string): KeptLetter | undefined {
    if (!/^\d{1,15}$/.test(id)) return undefined;
    const call = this.#sql.holding.get(Number(id));
    return call && lettersOf(call).find((letter) => letter.id === id);
  }

  /** Every mail, or every mail to one address, oldest first. */
  *letters(to = ''): Iterable<KeptLetter> {
    for (let call = this.#sql.after.get(to, 0); call; call = this.#sql.after.get(to, call.id))
      yield* lettersOf(call, to);
  }

  /** A page of mails, newest first. */
  newest({ to = '', before = Infinity }: { to?: string; before?: number } = {}): KeptLetter[] {
    const page: KeptLetter[] = [];
    let call = this.#sql.before.get(to, before);
    for (; call && page.length < LETTERS_A_PAGE; call = this.#sql.before.get(to, call.id))
      page.push(
        ...lettersOf(call, to)
          .filter(({ id }) => Number(id) < before)
          .reverse(),
      );
    return page.slice(0, LETTERS_A_PAGE);
  }

  /** The mails of a call that share their tags; answers the number of the first. */
  #keep(call: MailCall, tags: string, mails: readonly Destination[]): number {
    const { template, from, replyTo, category } = call;
    this.#sql.keepTemplate.run(template.id, template.subject, template.html, template.text);
    const { id } = this.#sql.keepCall.get(
      ...[this.#now(), template.id, from.name, from.address, replyTo ?? null, category, tags],
      mails.length,
      JSON.stringify(mails.map(({ to }) => to)),
      JSON.stringify(mails.map((mail) => mail.tags[OWN_TAG] ?? null)),
    )!;
    this.#sql.keepContents.run(id, packed(mails));
    return id;
  }
}

/** The mails of one call, or those of them to one address, in the order of their places. */
function lettersOf(kept: KeptCall, to = ''): KeptLetter[] {
  const { at, from_name: name, from_address: address, reply_to, category } = kept;
  const recipients = JSON.parse(kept.recipients) as string[];
  const lines = JSON.parse(kept.lines) as (string | null)[];
  const contents = unpacked(kept.contents);
  const call = {
    from: { name, address },
    ...(reply_to !== null && { replyTo: reply_to }),
    template: { id: kept.template, subject: kept.subject, html: kept.html, text: kept.text },
  };
  const wanted = to.toLowerCase();
  return recipients.flatMap((recipient, place) => {
    if (to !== '' && recipient.toLowerCase() !== wanted) return [];
    const id = String(kept.id + place);
    const messageId = `<${id}.${at}@${address.slice(address.lastIndexOf('@') + 1)}>`;
    const line = lines[place];
    const tags = {
      ...Object.fromEntries(new URLSearchParams(kept.tags)),
      ...(line == null ? {} : { [OWN_TAG]: line }),
    };
    const letter = letterOf(call, { ...contents[place]!, to: recipient }, { at, messageId });
    return [{ ...letter, id, category, tags }];
  });
}

/** As one text, whatever their order: letters, digits, `_` and `-` need no escape. */
function sharedTags(tags: Readonly<Record<string, string>>): string {
  return Object.keys(tags)
    .filter((name) => name !== OWN_TAG)
    .sort()
    .map((name) => `${name}=${tags[name]}`)
    .join('&');
}
