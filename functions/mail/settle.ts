import { log } from '../base/log.ts';
import type { Ports, Write } from '../base/ports.ts';
import { MINUTE } from '../base/time.ts';
import { readBrand, type Versioned } from '../people/store.ts';
import { carriedWrites, finishIfDone, giveBackRefused } from './close.ts';
import { settled, type Delivery, type DeliveryName, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import { mailsChange, mailsOfDayWrites } from './house-figures.ts';
import { deliveryWrite, readDelivery } from './store.ts';
import { toldAtOnce, withTold } from './told.ts';

const ROUNDS = 20;

/** Which line of which row: carried by each mail as tags, and by every event the provider tells. */
export function tagsOf(delivery: Delivery, line: number): Record<string, string> {
  return {
    mailing: delivery.mailingId,
    batch: `${delivery.segment}-${delivery.sequence}`,
    line: String(line),
  };
}

/** The same, read back; undefined for a mail that is not ours, or not of this house's making. */
export function placeOf(
  tags: Readonly<Record<string, string | undefined>>,
): { readonly name: DeliveryName; readonly line: number } | undefined {
  const { mailing, batch = '', line = '' } = tags;
  const [, segment, sequence] = /^(\d{1,4})-([\w.-]{1,64})$/.exec(batch) ?? [];
  if (mailing === undefined || sequence === undefined || !/^\d{1,4}$/.test(line)) return undefined;
  return {
    name: { mailingId: mailing, segment: Number(segment), sequence },
    line: Number(line),
  };
}

/** What the provider told of one line of a row. */
export type LineTold = {
  readonly line: number;
  readonly bits: number;
  readonly messageId: string;
};

/**
 * Writes down what was told of a row's lines, and moves the books with them in the same write. It
 * settles what was in doubt. Answers the row as it is now; undefined when there is none.
 */
export async function settleTold(
  ports: Ports,
  name: DeliveryName,
  told: readonly LineTold[],
): Promise<Delivery | undefined> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const row = await readDelivery(ports, name);
    if (!row) return undefined;
    const before = row.it;
    const after = heard(before, told);
    const change = figureChange(before.lines, after.lines);
    if (JSON.stringify(after.lines) === JSON.stringify(before.lines)) return before;
    const outcome = await ports.table.writeAll([
      deliveryWrite(after, row.version, ports.now()),
      ...(Object.keys(change).length > 0
        ? [figureWrite(after.mailingId, change, after.sequence)]
        : []),
      ...(await heardOfDayWrites(ports, before, after)),
      ...(await carriedWrites(ports, before, after)),
    ]);
    if (outcome === 'conflict') continue;
    await afterwards(ports, before, after);
    return after;
  }
  throw new Error('a row is being changed by too many hands');
}

/** The house's own sums; most of what is told changes none of them. */
async function heardOfDayWrites(
  ports: Pick<Ports, 'table' | 'now'>,
  before: Delivery,
  after: Delivery,
): Promise<Write[]> {
  if (Object.keys(mailsChange(before.lines, after.lines)).length === 0) return [];
  const { timeZone } = await readBrand(ports);
  const on = { timeZone, now: ports.now(), seed: after.sequence };
  return mailsOfDayWrites(before.lines, after.lines, on);
}

/** A row that is being called stays so: whoever calls it closes it. */
function heard(before: Delivery, told: readonly LineTold[]): Delivery {
  const lines = [...before.lines];
  for (const one of told) {
    const line = lines[one.line];
    if (line) lines[one.line] = withTold(line, one);
  }
  return before.state === 'calling' ? { ...before, lines } : settled({ ...before, lines });
}

/** What was thrown away after it had been accepted used no place of its reader's. */
async function afterwards(ports: Ports, before: Delivery, after: Delivery): Promise<void> {
  const refused = after.lines.filter(
    (line, index) => line.o === 'refused' && before.lines[index]?.o !== 'refused',
  );
  if (refused.length > 0) {
    const names = new Set(refused.map(({ p }) => p));
    await giveBackRefused(ports, await readBrand(ports), after, names);
  }
  if (after.state === 'closed' && before.state !== 'closed')
    await finishIfDone(ports, after.mailingId);
}

/** Found `calling`: too young, somebody may still be at it; else its worker is gone and its doubt is settled. */
export async function settleLost(
  ports: Ports,
  row: Versioned<Delivery>,
): Promise<Versioned<Delivery> | undefined> {
  if ((row.it.calledAt ?? 0) + MINUTE > ports.now()) return undefined;
  const after = await settle(ports, row.it);
  const outcome = await ports.table.writeAll([
    deliveryWrite(after, row.version, ports.now()),
    figureWrite(after.mailingId, figureChange(row.it.lines, after.lines), after.sequence),
    ...(await heardOfDayWrites(ports, row.it, after)),
    ...(await carriedWrites(ports, row.it, after)),
  ]);
  if (outcome === 'conflict') return undefined;
  log('warn', 'row-settled', {
    mailing: after.mailingId,
    uncertain: after.lines.filter((line) => line.o === 'uncertain').length,
  });
  return { it: after, version: row.version + 1 };
}

/**
 * A row found `calling` by somebody else: its worker died between the call and the close. What the
 * provider can be asked at once is settled; the rest is `uncertain` and is never sent again by itself.
 */
export async function settle(ports: Pick<Ports, 'mailer'>, delivery: Delivery): Promise<Delivery> {
  const lines: Line[] = [];
  for (const [index, line] of delivery.lines.entries())
    lines.push(line.o === 'open' ? await found(ports, delivery, index, line) : line);
  return settled({ ...delivery, lines });
}

async function found(
  ports: Pick<Ports, 'mailer'>,
  delivery: Delivery,
  index: number,
  line: Line,
): Promise<Line> {
  const known = await ports.mailer.find(tagsOf(delivery, index));
  if (typeof known === 'object')
    return { ...line, o: 'accepted', m: known.messageId, ...toldAtOnce(known) };
  switch (known) {
    case 'accepted':
      return { ...line, o: 'accepted' };
    case 'never-came':
      return line;
    case 'unknown':
      return { ...line, o: 'uncertain', w: 'worker-lost' };
  }
}
