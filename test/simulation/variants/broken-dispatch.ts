import type { MailOutcome, Ports } from '../../../functions/base/ports.ts';
import { MINUTE } from '../../../functions/base/time.ts';
import type { Worker } from '../../../functions/entry/workers.ts';
import { claim, type Claimed } from '../../../functions/mail/claim.ts';
import { finishIfDone } from '../../../functions/mail/close.ts';
import {
  batchName,
  DeliveryName,
  isReady,
  settled,
  type Delivery,
  type Line,
} from '../../../functions/mail/delivery.ts';
import { campaignAsked } from '../../../functions/mail/asked.ts';
import { dispatch } from '../../../functions/mail/dispatch.ts';
import { figureChange, figureWrite } from '../../../functions/mail/figures.ts';
import { offersOf, type Offer } from '../../../functions/mail/offer.ts';
import {
  deliveryWrite,
  readDelivery,
  readMailing,
  readPublications,
} from '../../../functions/mail/store.ts';
import {
  readBrand,
  readerWrite,
  readPeople,
  readTopics,
  type Versioned,
} from '../../../functions/people/store.ts';
import { withTurn } from '../../../functions/policy/turns.ts';

type Work = Parameters<typeof claim>[1];

/** Ways to carry out a row that look right, and lose or double mails when something breaks. */
export type Manner = {
  /** Whether the heart is asked again before the call, as the product does. */
  readonly asks: boolean;
  /** When the outcome is written down. The product marks before the call and closes after it. */
  readonly records: 'before' | 'after';
};

/** Campaigns in this manner; letters and service mail as the product does. */
export function workerOf(manner: Manner): Worker {
  return each(async (ports, name) => {
    const mailing = (await readMailing(ports, name.mailingId))?.it;
    const row = await readDelivery(ports, name);
    if (mailing?.kind !== 'campaign' || !row || row.it.state !== 'planned')
      return dispatch(ports, name);
    if (mailing.state === 'paused' || mailing.state === 'blocked' || mailing.state === 'stopped')
      return dispatch(ports, name);
    const ready = row.it.lines.filter((line) => isReady(line, ports.now()));
    if (ready.length === 0) return dispatch(ports, name);
    const publications = await readPublications(ports, [mailing.number!]);
    const work: Work = {
      brand: await readBrand(ports),
      topics: await readTopics(ports),
      delivery: row.it,
      attempt: row.it.attempt + 1,
      publications,
      mail: campaignAsked(mailing, publications.get(mailing.number!)!),
    };
    const claimed = await (manner.asks ? claim : taken)(ports, work, ready);
    await carryOut(ports, manner, row, await offersOf(ports, work, row.it, claimed));
    await finishIfDone(ports, name.mailingId);
  });
}

/** A lease that has run out is nobody's: whoever finds it calls again. */
export const leasedAndSentAgain: Worker = each(async (ports, name) => {
  const row = await readDelivery(ports, name);
  if (row?.it.state === 'calling' && (row.it.calledAt ?? 0) + MINUTE <= ports.now())
    await ports.table.writeAll([
      deliveryWrite({ ...row.it, state: 'planned', calledAt: null }, row.version, ports.now()),
    ]);
  await dispatch(ports, name);
});

function each(work: (ports: Ports, name: DeliveryName) => Promise<void>): Worker {
  return async (ports, messages) => {
    const failed: string[] = [];
    for (const { id, body } of messages)
      try {
        await work(ports, DeliveryName.parse(body));
      } catch {
        failed.push(id);
      }
    return { failed };
  };
}

/** Takes the turn of everybody who was to be sent to when it was planned, whatever they chose since. */
async function taken(
  ports: Ports,
  work: Work,
  lines: readonly Line[],
): Promise<Map<string, Claimed>> {
  const people = await readPeople(
    ports,
    lines.map(({ p }) => p),
  );
  const claimed = new Map<string, Claimed>();
  for (const [index, person] of people.entries()) {
    const line: Line = { p: lines[index]!.p, d: 'send', r: 'subscribed', o: 'open' };
    if (!person) continue;
    const reader = person.reader.it;
    const turn = {
      m: work.delivery.mailingId,
      b: batchName(work.delivery),
      a: work.attempt,
      at: ports.now(),
      c: 'e' as const,
      n: [...work.mail.numbers],
    };
    await ports.table.writeEach([readerWrite(withTurn(reader, turn), person.reader.version)]);
    const items = work.mail.numbers.map((number) => work.publications.get(number)!);
    claimed.set(line.p, { line, person: { reader, profile: person.profile.it }, items });
  }
  return claimed;
}

async function carryOut(
  ports: Ports,
  { records }: Manner,
  row: Versioned<Delivery>,
  { lines, offers }: { lines: Line[]; offers: Offer[] },
): Promise<void> {
  const write = async (after: readonly Line[]) =>
    ports.table.writeAll([
      deliveryWrite(
        settled({ ...row.it, lines: [...after], attempt: row.it.attempt + 1 }),
        row.version,
        ports.now(),
      ),
      figureWrite(row.it.mailingId, figureChange(row.it.lines, after), row.it.sequence),
    ]);
  const called = new Set(offers.flatMap(({ people }) => people.map(({ line }) => line.p)));
  if (records === 'before') {
    const outcome = await write(
      lines.map((line) => (called.has(line.p) ? { ...line, o: 'accepted' } : line)),
    );
    if (outcome === 'written') await callAll(ports, offers);
    return;
  }
  const outcomes = await callAll(ports, offers);
  await write(lines.map((line) => withOutcome(line, outcomes.get(line.p))));
}

async function callAll(ports: Ports, offers: readonly Offer[]): Promise<Map<string, MailOutcome>> {
  const outcomes = new Map<string, MailOutcome>();
  for (const { people, call } of offers) {
    const destinations = people.map(({ destination }) => destination);
    const answers = await ports.mailer.send({ ...call, destinations });
    for (const [index, { line }] of people.entries()) outcomes.set(line.p, answers[index]!);
  }
  return outcomes;
}

function withOutcome(line: Line, outcome: MailOutcome | undefined): Line {
  switch (outcome?.kind) {
    case 'accepted':
      return { ...line, o: 'accepted', m: outcome.messageId };
    case 'refused':
    case 'uncertain':
      return { ...line, o: outcome.kind, w: outcome.reason };
    case 'later':
    case 'blocked':
    case undefined:
      return line;
  }
}
