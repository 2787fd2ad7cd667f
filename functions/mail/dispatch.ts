import { factsOf, log } from '../base/log.ts';
import type { MailOutcome, Ports } from '../base/ports.ts';
import { MINUTE, SECOND, type Instant } from '../base/time.ts';
import { readBrand, readTopics, type Versioned } from '../people/store.ts';
import type { MailAsked } from '../policy/decide.ts';
import { claim, claimService, type Work } from './claim.ts';
import { isReady, settled, type Delivery, type DeliveryName, type Line } from './delivery.ts';
import { close } from './close.ts';
import { figureChange, figureWrite } from './figures.ts';
import { dateOfLetters, type Mailing } from './mailing.ts';
import { isServiceMailing } from './order.ts';
import { offersOf, type Offer } from './offer.ts';
import { settle } from './settle.ts';
import { deliveryWrite, readDelivery, readIssue, readMailing, readPublications } from './store.ts';

/** A claim older than this is looked at once more before the call. */
const CLAIM_FRESH_MS = 5 * SECOND;

/**
 * Carries out one row of the delivery log: claim, mark, call once, close. The only caller of the
 * mailer, and it always asks the heart first, also for mail that waited for weeks. It may be given
 * the same row twice, late, or by two workers at once: the row's version lets one of them through.
 */
export async function dispatch(ports: Ports, name: DeliveryName): Promise<void> {
  const found = await readDelivery(ports, name);
  if (!found || found.it.state === 'closed') return;
  const row = found.it.state === 'calling' ? await settleLost(ports, found) : found;
  if (!row) return;

  const mailing = isServiceMailing(name.mailingId)
    ? undefined
    : (await readMailing(ports, name.mailingId))?.it;
  if (mailing?.state === 'paused' || mailing?.state === 'blocked') return putToRest(ports, row);

  const startedAt = ports.now();
  const ready = row.it.lines.filter(
    (line) => isReady(line, startedAt) || (line.d === 'hold' && mailing?.state === 'stopped'),
  );
  if (ready.length === 0) return;
  const work = await workOf(ports, row.it, mailing);
  const claimed = await (row.it.service ? claimService : claim)(ports, work, ready);
  const { lines, offers } = await offersOf(ports, work, row.it, claimed);

  const marked = await mark(ports, row, lines, offers.length > 0, work.attempt);
  if (!marked || offers.length === 0) return;
  const still = await stillWelcome(ports, work, offers, startedAt);
  const outcomes = await call(ports, still.offers);
  for (const personId of still.left) outcomes.set(personId, { kind: 'later', reason: 'changed' });
  await close(ports, { marked, outcomes, offers, mailing });
}

/** Found `calling`: too young, somebody may still be at it; else its worker is gone and its doubt is settled. */
async function settleLost(
  ports: Ports,
  row: Versioned<Delivery>,
): Promise<Versioned<Delivery> | undefined> {
  if ((row.it.calledAt ?? 0) + MINUTE > ports.now()) return undefined;
  const after = await settle(ports, row.it);
  const outcome = await ports.table.writeAll([
    deliveryWrite(after, row.version, ports.now()),
    figureWrite(after.mailingId, figureChange(row.it.lines, after.lines), after.sequence),
  ]);
  if (outcome === 'conflict') return undefined;
  log('warn', 'row-settled', {
    mailing: after.mailingId,
    uncertain: after.lines.filter((line) => line.o === 'uncertain').length,
  });
  return { it: after, version: row.version + 1 };
}

/** A paused or blocked mailing's rows leave the due index; resuming posts them again. */
async function putToRest(ports: Ports, row: Versioned<Delivery>): Promise<void> {
  await ports.table.writeAll([deliveryWrite(row.it, row.version, ports.now(), null)]);
}

async function workOf(
  ports: Ports,
  delivery: Delivery,
  mailing: Mailing | undefined,
): Promise<Work> {
  const numbers =
    mailing?.number != null
      ? [mailing.number]
      : [...new Set(delivery.lines.flatMap((line) => line.n ?? []))];
  const [brand, publications] = await Promise.all([
    readBrand(ports),
    readPublications(ports, numbers),
  ]);
  const publication = mailing?.number == null ? undefined : publications.get(mailing.number);
  return {
    brand,
    topics: await readTopics(ports),
    delivery,
    attempt: delivery.attempt + 1,
    publications,
    issue: await issueOf(ports, delivery.mailingId),
    mail: mailAsked(delivery, mailing, publication),
  };
}

async function issueOf(ports: Ports, mailingId: string) {
  const date = dateOfLetters(mailingId);
  return date === undefined ? undefined : (await readIssue(ports, date))?.it;
}

/** The mail as the heart is asked about it. */
export function mailAsked(
  delivery: Pick<Delivery, 'mailingId' | 'service'>,
  mailing: Pick<Mailing, 'kind' | 'state' | 'wallTime'> | undefined,
  publication: Parameters<typeof campaignAsked>[1] | undefined,
): MailAsked {
  const { mailingId, service } = delivery;
  if (service)
    return {
      mailing: mailingId,
      kind: 'service',
      numbers: [],
      expiresAt: service?.expiresAt ?? null,
      ...(service?.requestedAt == null ? {} : { requestedAt: service.requestedAt }),
    };
  if (!mailing) throw new Error(`mailing ${mailingId} has no head`);
  const stopped = mailing.state === 'stopped';
  if (mailing.kind === 'letter')
    return { mailing: mailingId, kind: 'letter', numbers: [], stopped };
  if (!publication) throw new Error(`mailing ${mailingId} has no publication`);
  return { ...campaignAsked(mailing, publication), stopped };
}

/** The same, for a publication that goes out by itself. */
export function campaignAsked(
  mailing: Pick<Mailing, 'kind' | 'wallTime'>,
  publication: {
    readonly number: number;
    readonly mailingId: string;
    readonly topic: string;
    readonly topicAtMost: number | null;
    readonly expiresAt: Instant | null;
    readonly withdrawnAt: Instant | null;
    readonly languages: readonly string[];
  },
): MailAsked {
  return {
    mailing: publication.mailingId,
    kind: mailing.kind === 'note' ? 'note' : 'campaign',
    numbers: [publication.number],
    topic: publication.topic,
    topicAtMost: publication.topicAtMost,
    expiresAt: publication.expiresAt,
    withdrawn: publication.withdrawnAt !== null,
    languages: publication.languages,
    ...(mailing.wallTime ? { wallTime: mailing.wallTime } : {}),
  };
}

/** Writes down that a call is about to be made. Only one worker of an attempt gets past this. */
async function mark(
  ports: Ports,
  row: Versioned<Delivery>,
  lines: readonly Line[],
  calling: boolean,
  attempt: number,
): Promise<Versioned<Delivery> | undefined> {
  const now = ports.now();
  const decided = { ...row.it, lines: [...lines], attempt };
  const after: Delivery = calling
    ? { ...decided, state: 'calling', calledAt: now }
    : settled(decided);
  const change = figureChange(row.it.lines, after.lines);
  const outcome = await ports.table.writeAll([
    deliveryWrite(after, row.version, now),
    ...(Object.keys(change).length > 0
      ? [figureWrite(after.mailingId, change, after.sequence)]
      : []),
  ]);
  return outcome === 'written' ? { it: after, version: row.version + 1 } : undefined;
}

/** A worker that was slow between claim and call asks again: nobody is written to after they said stop. */
async function stillWelcome(
  ports: Ports,
  work: Work,
  offers: readonly Offer[],
  claimedAt: Instant,
): Promise<{ offers: readonly Offer[]; left: readonly string[] }> {
  if (work.delivery.service || ports.now() - claimedAt <= CLAIM_FRESH_MS)
    return { offers, left: [] };
  const people = offers.flatMap((offer) => offer.people);
  const again = await claim(
    ports,
    work,
    people.map(({ line }) => line),
  );
  const welcome = (personId: string) => again.get(personId)?.line.d === 'send';
  return {
    offers: offers
      .map((offer) => ({ ...offer, people: offer.people.filter(({ line }) => welcome(line.p)) }))
      .filter((offer) => offer.people.length > 0),
    left: people.map(({ line }) => line.p).filter((personId) => !welcome(personId)),
  };
}

async function call(ports: Ports, offers: readonly Offer[]): Promise<Map<string, MailOutcome>> {
  const outcomes = new Map<string, MailOutcome>();
  for (const { people, call: offered } of offers) {
    const destinations = people.map(({ destination }) => destination);
    const answers = await ports.mailer
      .send({ ...offered, destinations })
      .catch((error: unknown): MailOutcome[] => {
        log('error', 'mailer-threw', factsOf(error));
        return destinations.map(() => ({ kind: 'uncertain', reason: 'mailer-threw' }));
      });
    for (const [index, { line }] of people.entries())
      outcomes.set(line.p, answers[index] ?? { kind: 'uncertain', reason: 'no-answer' });
  }
  return outcomes;
}
