import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { deliveriesOf, keys } from '../base/keys.ts';
import { DUE_SHARDS, type Key, type Ports, type Row, type Write } from '../base/ports.ts';
import { rowParser } from '../base/row-parser.ts';
import type { Instant, LocalDate } from '../base/time.ts';
import type { Versioned } from '../people/store.ts';
import { Delivery, DeliveryName, dueOf } from './delivery.ts';
import { FIGURE_SHARDS, countersOf, figuresFrom, type Figures } from './figures.ts';
import { Issue } from './issue.ts';
import { letterMailingId, Mailing } from './mailing.ts';
import { Publication } from './publication.ts';

type Store = Pick<Ports, 'table'>;

const mailingIn = rowParser(Mailing);
const deliveryIn = rowParser(Delivery);
const publicationIn = rowParser(Publication);

export async function readMailing(
  { table }: Store,
  mailingId: string,
): Promise<Versioned<Mailing> | undefined> {
  const row = await table.get(keys.mailing(mailingId));
  return row && { it: mailingIn(row.data), version: row.version };
}

/** Those that there are, in the order asked. */
export async function readMailings(
  { table }: Store,
  mailingIds: readonly string[],
): Promise<Mailing[]> {
  const rows = await table.getMany(mailingIds.map((mailingId) => keys.mailing(mailingId)));
  return rows.flatMap((row) => (row ? [mailingIn(row.data)] : []));
}

export function mailingWrite(mailing: Mailing, expected: number): Write {
  return { kind: 'put', key: keys.mailing(mailing.mailingId), data: mailing, expected };
}

/**
 * Applies a change to the mailing as it is now; undefined leaves it. `also` goes in the same
 * all-or-none write. Answers it as it is after.
 */
export async function changeMailing(
  ports: Store,
  mailingId: string,
  change: (mailing: Mailing) => Mailing | undefined,
  also: readonly Write[] = [],
): Promise<Mailing | undefined> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const found = await readMailing(ports, mailingId);
    const changed = found && change(found.it);
    if (!found || !changed) return found?.it;
    const outcome = await ports.table.writeAll([mailingWrite(changed, found.version), ...also]);
    if (outcome === 'written') return changed;
  }
  throw new Error('a mailing is being changed by too many hands');
}

const Counters = z.record(z.string(), z.number());
const countersIn = rowParser(Counters);

export async function readFigures(ports: Store, mailingId: string): Promise<Figures> {
  return figuresFrom(await readCounters(ports, mailingId));
}

/** How often each counted link of a mailing's letter was followed, by its name. */
export async function readClicks(
  ports: Store,
  mailingId: string,
): Promise<Readonly<Record<string, number>>> {
  return countersOf('link:', await readCounters(ports, mailingId));
}

/** How many people gave each answer, by the ids of question and answer. */
export async function readAnswers(
  ports: Store,
  mailingId: string,
): Promise<Readonly<Record<string, number>>> {
  return countersOf('answer:', await readCounters(ports, mailingId));
}

/** The books of a day of letters, and how many of its letters were due and not made. */
export async function readFiguresOfDay(
  ports: Store,
  date: LocalDate,
): Promise<{ readonly figures: Figures; readonly missed: number }> {
  const counters = await readCounters(ports, letterMailingId(date));
  const missed = counters.reduce((sum, row) => sum + (row['missed'] ?? 0), 0);
  return { figures: figuresFrom(counters), missed };
}

async function readCounters(
  { table }: Store,
  mailingId: string,
): Promise<Record<string, number>[]> {
  const shards = Array.from({ length: FIGURE_SHARDS }, (_, shard) =>
    keys.figures(mailingId, shard),
  );
  const rows = await table.getMany(shards);
  return rows.map((row) => countersIn(row?.data ?? {}));
}

/** The topic a mailing was about, to offer "only this one" to who came from it. */
export async function topicOfMailing(ports: Store, mailingId: string): Promise<string | null> {
  return (await readMailing(ports, mailingId))?.it.topic ?? null;
}

export async function readDelivery(
  { table }: Store,
  { mailingId, segment, sequence }: DeliveryName,
): Promise<Versioned<Delivery> | undefined> {
  const row = await table.get(keys.delivery(mailingId, segment, sequence));
  return row && { it: deliveryIn(row.data), version: row.version };
}

/** The delivery rows of one segment of a mailing's plan, in order. */
export async function* deliveryRows(
  { table }: Store,
  mailingId: string,
  segment: number,
  after?: string,
): AsyncIterable<Versioned<Delivery>> {
  const range = after === undefined ? {} : { after };
  for await (const row of table.query('records', deliveriesOf(mailingId, segment), range))
    yield { it: deliveryIn(row.data), version: row.version };
}

export const deliveryKey = ({ mailingId, segment, sequence }: DeliveryName): Key =>
  keys.delivery(mailingId, segment, sequence);

/** The row as the table keeps it: due while something in it is still to be done, unless it is put to rest. */
export function deliveryWrite(
  delivery: Delivery,
  expected: number,
  now: Instant,
  dueAt: Instant | null = dueOf(delivery, now),
): Write {
  const key = deliveryKey(delivery);
  const due =
    dueAt === null ? {} : { due: { shard: shardOf(`${key.pk}${key.sk}`, DUE_SHARDS), at: dueAt } };
  return { kind: 'put', key, data: delivery, expected, ...due };
}

export async function readIssue(
  { table }: Store,
  date: LocalDate,
): Promise<Versioned<Issue> | undefined> {
  const row = await table.get(keys.issue(date));
  return row && { it: Issue.parse(row.data), version: row.version };
}

export function issueWrite(issue: Issue, expected: number): Write {
  return { kind: 'put', key: keys.issue(issue.date), data: issue, expected };
}

export async function readPublications(
  { table }: Store,
  numbers: readonly number[],
): Promise<Map<number, Publication>> {
  const rows = await table.getMany(numbers.map((number) => keys.publication(number)));
  return new Map(
    rows
      .filter((row): row is Row => row !== undefined)
      .map((row) => publicationIn(row.data))
      .map((publication) => [publication.number, publication]),
  );
}

/** The newest publications, whatever became of them since; at most so many. */
export async function newestPublications({ table }: Store, most: number): Promise<Publication[]> {
  const publications: Publication[] = [];
  const range = { newestFirst: true, limit: most };
  for await (const row of table.query('records', keys.publication(0).pk, range)) {
    // The counter of numbers stands in the same partition.
    const read = Publication.safeParse(row.data);
    if (read.success) publications.push(read.data);
  }
  return publications;
}

export function publicationWrite(publication: Publication, expected?: number): Write {
  return {
    kind: 'put',
    key: keys.publication(publication.number),
    data: publication,
    ...(expected === undefined ? {} : { expected }),
  };
}

const LastNumber = z.object({ last: z.int() });

/** The next short number, taken so that two campaigns that start at once never share one. */
export async function nextNumber({ table }: Store): Promise<{ number: number; write: Write }> {
  const row = await table.get(keys.lastNumber());
  const { last } = LastNumber.parse(row?.data ?? { last: 0 });
  const number = last + 1;
  return {
    number,
    write: {
      kind: 'put',
      key: keys.lastNumber(),
      data: { last: number },
      expected: row?.version ?? 0,
    },
  };
}

/** The last mail to the provider's own mailbox, and when it was ordered. */
const Canary = z.object({ name: DeliveryName, orderedAt: z.number() });
export type Canary = z.infer<typeof Canary>;

export async function readCanary({ table }: Store): Promise<Versioned<Canary> | undefined> {
  const row = await table.get(keys.canary());
  return row && { it: Canary.parse(row.data), version: row.version };
}

export function canaryWrite(canary: Canary, expected: number): Write {
  return { kind: 'put', key: keys.canary(), data: canary, expected };
}
