import { factsOf, log } from '../base/log.ts';
import type { MailOutcome, Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { readBrand, readTopics, type Versioned } from '../people/store.ts';
import { mailAsked } from './asked.ts';
import { claim, claimService, type Claimed } from './claim.ts';
import {
  dueOf,
  isReady,
  settled,
  type Delivery,
  type DeliveryName,
  type Line,
} from './delivery.ts';
import { close, finishIfDone, giveBackUnmade, giveBackUnused } from './close.ts';
import { breakSilence } from './doubt.ts';
import { figureChange, figureWrite } from './figures.ts';
import { isHeldBack } from './first-part.ts';
import { dateOfLetters, type Mailing } from './mailing.ts';
import { isServiceMailing, queueLineOf } from './order.ts';
import { offersOf, type Offer } from './offer.ts';
import { FREE, inTurns, isThrottle, leaseSlots, mailsIn, slowDown, type HasSlots } from './pace.ts';
import { settleLost } from './settle.ts';
import { deliveryWrite, readDelivery, readIssue, readMailing, readPublications } from './store.ts';
import { comeBack, goOn, holdForQuota } from './turned-away.ts';
import { CLAIM_FRESH_MS, type Work } from './work.ts';

/**
 * Carries out one row of the delivery log: claim, mark, call once, close. The only caller of the
 * mailer, and it always asks the heart first, also for mail that waited for weeks. It may be given
 * the same row twice, late, or by two workers at once: the row's version lets one of them through.
 */
export async function dispatch(ports: Ports, name: DeliveryName): Promise<void> {
  const found = await readDelivery(ports, name);
  if (!found) return;
  const row = found.it.state === 'calling' ? await settleLost(ports, found) : found;
  if (!row) return;
  if (row.it.service && row.it.doubtAt !== undefined) return breakSilence(ports, row);
  // Whoever closed it may not have lived to see that it was the last one.
  if (row.it.state === 'closed') return finishIfDone(ports, name.mailingId);

  const mailing = isServiceMailing(name.mailingId)
    ? undefined
    : (await readMailing(ports, name.mailingId))?.it;
  if (mailing?.state === 'paused' || mailing?.state === 'blocked')
    return putToRest(ports, row, null);
  if (mailing && isHeldBack(mailing, row.it)) return putToRest(ports, row, null);

  const startedAt = ports.now();
  const ready = row.it.lines.filter(
    (line) => isReady(line, startedAt) || (line.d === 'hold' && mailing?.state === 'stopped'),
  );
  if (ready.length === 0) return putToRest(ports, row, dueOf(row.it, startedAt));
  // A stopped mailing calls nobody: its lines are only given their reason.
  const paced =
    mailing?.state === 'stopped'
      ? FREE
      : await leaseSlots(ports, queueLineOf(name.mailingId), ready.length);
  if (paced.kind === 'busy') return comeBack(ports, name, paced.forMs);
  if (paced.kind === 'quota') return holdForQuota(ports, row, ready, paced.until);
  return carryOut(ports, { row, mailing, ready, paced });
}

/** As many lines as there are slots; a row that had too few goes to the end of its queue. */
async function carryOut(
  ports: Ports,
  {
    row,
    mailing,
    ready,
    paced,
  }: {
    readonly row: Versioned<Delivery>;
    readonly mailing: Mailing | undefined;
    readonly ready: readonly Line[];
    readonly paced: HasSlots;
  },
): Promise<void> {
  const claimedAt = ports.now();
  const mails = mailsIn(paced);
  const work = await workOf(ports, row.it, mailing);
  const claimed = await (row.it.service ? claimService : claim)(ports, work, ready.slice(0, mails));
  const { lines, offers } = await offersOf(ports, work, row.it, claimed);

  const calling = offers.length > 0;
  const marked = await mark(ports, row, { lines, calling, attempt: work.attempt, claimed });
  if (!marked) return giveBackUnused(ports, row.it, work.attempt, claimed);
  await giveBackUnmade(ports, work.brand, marked.it, claimed);
  if (calling) {
    const outcomes = await call(ports, work, offers, { claimedAt, paced });
    await close(ports, { marked, outcomes, brand: work.brand, mailing });
    if (wasThrottled(outcomes)) await slowDown(ports);
  } else await finishIfDone(ports, row.it.mailingId);
  if (ready.length > mails) await goOn(ports, row.it);
}

const wasThrottled = (outcomes: ReadonlyMap<string, MailOutcome>) =>
  [...outcomes.values()].some((one) => one.kind === 'later' && isThrottle(one.reason));

/**
 * Nothing to do now. A paused or blocked mailing's rows leave the due index, and resuming posts them
 * again; the others come back when their earliest hold ends.
 */
async function putToRest(
  ports: Ports,
  row: Versioned<Delivery>,
  until: Instant | null,
): Promise<void> {
  await ports.table.writeAll([deliveryWrite(row.it, row.version, ports.now(), until)]);
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

/**
 * Writes down that a call is about to be made, and gives back in the same write the turns of those
 * who are not called after all. Only one worker of an attempt gets past this.
 */
async function mark(
  ports: Ports,
  row: Versioned<Delivery>,
  {
    lines,
    calling,
    attempt,
    claimed,
  }: {
    readonly lines: readonly Line[];
    readonly calling: boolean;
    readonly attempt: number;
    readonly claimed: ReadonlyMap<string, Claimed>;
  },
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
    ...turnsBack(claimed),
  ]);
  return outcome === 'written' ? { it: after, version: row.version + 1 } : undefined;
}

const turnsBack = (claimed: ReadonlyMap<string, Claimed>): Write[] =>
  [...claimed.values()].flatMap(({ withMark }) => withMark ?? []);

/** An offer, and when those in it were last asked about. */
type ClaimedOffer = Offer & { readonly claimedAt: Instant };

/** To whom it may still go: a worker that was slow asks again, so nobody is written to after they said stop. */
async function stillWelcome(
  ports: Ports,
  work: Work,
  offer: ClaimedOffer,
): Promise<ClaimedOffer | undefined> {
  const askedAt = ports.now();
  if (work.delivery.service || askedAt - offer.claimedAt <= CLAIM_FRESH_MS) return offer;
  const again = await claim(
    ports,
    work,
    offer.people.map(({ line }) => line),
  );
  // The row is marked as ours, so nobody else can be using these turns.
  await ports.table.writeEach(turnsBack(again));
  if (ports.now() - askedAt > CLAIM_FRESH_MS) return undefined;
  const people = offer.people.filter(({ line }) => again.get(line.p)?.person !== undefined);
  return people.length === 0 ? undefined : { ...offer, people, claimedAt: askedAt };
}

/**
 * One call an offer, or several where the pace asks for it, each to those who are welcome at that
 * moment. The others are offered again later.
 */
async function call(
  ports: Ports,
  work: Work,
  offers: readonly Offer[],
  { claimedAt, paced }: { readonly claimedAt: Instant; readonly paced: HasSlots },
): Promise<Map<string, MailOutcome>> {
  const outcomes = new Map<string, MailOutcome>();
  for (const { people } of offers)
    for (const { line } of people) outcomes.set(line.p, { kind: 'later', reason: 'changed' });
  const fresh = offers.map((offer) => ({ ...offer, claimedAt }));
  await inTurns(ports, paced, fresh, {
    ready: (offer) => stillWelcome(ports, work, offer),
    call: async (offer) => {
      const destinations = offer.people.map(({ destination }) => destination);
      const answers = await ports.mailer
        .send({ ...offer.call, destinations })
        .catch((error: unknown): MailOutcome[] => {
          log('error', 'mailer-threw', factsOf(error));
          return destinations.map(() => ({ kind: 'uncertain', reason: 'mailer-threw' }));
        });
      for (const [index, { line }] of offer.people.entries())
        outcomes.set(line.p, answers[index] ?? { kind: 'uncertain', reason: 'no-answer' });
    },
  });
  return outcomes;
}
