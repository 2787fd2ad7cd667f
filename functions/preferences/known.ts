import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { receiptsOf } from '../consent/receipt.ts';
import type { Both, House } from '../consent/newcomer.ts';
import { readMailing, readPublications } from '../mail/store.ts';
import { subjectSent } from '../mail/subject-sent.ts';
import { stateOf } from '../people/person.ts';
import { lastTurns } from '../policy/turns.ts';

/** One of the last mails: what it was and why it came. */
export type LastMail = {
  readonly at: Instant;
  readonly subject: string;
  readonly why:
    { readonly kind: 'subscribed'; readonly topic: string } | { readonly kind: 'letter' | 'note' };
};

/** The last ten mails that the provider took, newest first. */
export async function lastMails(ports: Ports, both: Both, { brand }: House): Promise<LastMail[]> {
  const { reader } = both;
  const turns = lastTurns(reader);
  const numbers = turns.flatMap(({ n }) => n ?? []);
  const publications = await readPublications(ports, [...new Set(numbers)]);
  return Promise.all(
    turns.map(async (turn): Promise<LastMail> => {
      const { m, at, c, n } = turn;
      const lead = publications.get(n ?? 0);
      const subject = await subjectSent(ports, both, turn, lead, brand);
      const kind = c === 'l' ? 'note' : (await readMailing(ports, m))?.it.kind;
      if (kind === 'note' || kind === 'letter') return { at, subject, why: { kind } };
      return { at, subject, why: { kind: 'subscribed', topic: lead?.topic ?? '' } };
    }),
  );
}

/** Everything we hold of a person, for them to take away. */
export async function exportOf(ports: Ports, both: Both, house: House): Promise<object> {
  const { reader, profile } = both;
  const { fingerprint: _, format: __, personId, ...known } = profile;
  const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());
  const subscriptions = Object.entries(reader.subscriptions).map(([topic, one]) => ({
    topic,
    state: one.state,
    delivery: one.delivery,
    since: iso(one.at),
    legalBasis: one.basis,
  }));
  const mails = await lastMails(ports, both, house);
  return {
    exportedAt: iso(ports.now()),
    controller: house.brand.legalName,
    personId,
    state: stateOf(reader),
    ...known,
    createdAt: iso(profile.createdAt),
    lastActAt: iso(profile.lastActAt),
    facts: {
      ...profile.facts,
      firstPurchaseAt: iso(profile.facts.firstPurchaseAt),
      lastPurchaseAt: iso(profile.facts.lastPurchaseAt),
    },
    purchases: profile.purchases.map((purchase) => ({ ...purchase, at: iso(purchase.at) })),
    answers: profile.answers.map(({ at, question, answer }) => ({
      at: iso(at),
      question,
      answer,
    })),
    clicks: profile.clicks.map(({ at, url }) => ({ at: iso(at), url })),
    choices: {
      frequency: reader.frequency,
      pausedUntil: iso(reader.pause?.until ?? null),
      subscriptions,
      personalNotes: reader.personalNotes,
      weekday: reader.weekday,
      partOfDay: reader.partOfDay,
      timeZone: reader.timeZone,
      timeZoneFrom: reader.timeZoneFrom,
      language: reader.language,
      languageOnly: reader.languageOnly,
      byPurchases: reader.byPurchases,
      countClicks: reader.countClicks,
      stoppedAt: iso(reader.stoppedAt),
    },
    // A date is announced before anything waits for it; without news nothing is sent.
    nextLetterAt: reader.waiting.length > 0 ? iso(reader.nextDigestAt) : null,
    nextLetterIfThereIsNewsAt: iso(reader.nextDigestAt),
    lastMails: mails.map((mail) => ({ ...mail, at: iso(mail.at) })),
    consents: await receiptsOf(ports, reader.personId),
  };
}
