import type { Message, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { LINES_AT_REST, LINES_TO_SEND, settled, type Delivery, type Line } from './delivery.ts';
import { figureChange, figureWrite } from './figures.ts';
import { deliveryWrite } from './store.ts';

export type Planned = {
  readonly line: Line;
  /** Lines of one group can share one call. */ readonly group: string;
};

/**
 * Delivery rows for what a plan decided: rows of 50 to send or held, larger rows of what is already
 * final. Where a first part goes ahead, no row holds some of it and some of the rest.
 */
export function rowsOf(
  where: {
    readonly mailingId: string;
    readonly segment: number;
    readonly firstSequence: number;
    /** How many lines to be sent the segment has planned, and how many of them go ahead. */
    readonly ahead?: { readonly before: number; readonly first: number };
  },
  planned: readonly Planned[],
): Delivery[] {
  const groups = new Map<string, Line[]>();
  for (const { line, group } of planned) {
    const rests = line.d === 'digest' || line.d === 'drop';
    const name = rests ? '' : group;
    const lines = groups.get(name);
    if (lines) lines.push(line);
    else groups.set(name, [line]);
  }
  const rows: Delivery[] = [];
  const { ahead } = where;
  let before = ahead?.before ?? 0;
  for (const [name, lines] of groups)
    for (let from = 0; from < lines.length;) {
      const rests = name === '';
      const part = lines.slice(from, from + (rests ? LINES_AT_REST : sizeAt(before, ahead?.first)));
      from += part.length;
      rows.push(
        settled({
          format: 1,
          mailingId: where.mailingId,
          segment: where.segment,
          sequence: String(where.firstSequence + rows.length).padStart(8, '0'),
          state: 'planned',
          attempt: 0,
          calledAt: null,
          lines: part,
          ...(ahead && !rests ? { before } : {}),
        }),
      );
      if (!rests) before += part.length;
    }
  return rows;
}

const sizeAt = (before: number, first = 0): number =>
  before < first ? Math.min(LINES_TO_SEND, first - before) : LINES_TO_SEND;

/** The rows and what they add to the books, for one all-or-none write. */
export function rowWrites(rows: readonly Delivery[], now: Instant): Write[] {
  const first = rows[0];
  if (!first) return [];
  const lines = rows.flatMap((row) => row.lines);
  return [
    ...rows.map((row) => deliveryWrite(row, 0, now)),
    figureWrite(first.mailingId, figureChange([], lines), `${first.segment}.${first.sequence}`),
  ];
}

/** The queue carries keys only, and only of rows with something to send now. */
export function messagesFor(rows: readonly Delivery[]): Message[] {
  return rows
    .filter((row) => row.lines.some((line) => line.o === 'open'))
    .map(({ mailingId, segment, sequence }) => ({
      body: { mailingId, segment, sequence },
      group: mailingId,
    }));
}
