import type { Line } from './delivery.ts';

/**
 * What the provider told of a mail after it was called. Each is a bit of its line, so that whatever
 * is told twice, late or in another order leaves the same line.
 */
export const TOLD = {
  sent: 1,
  delivered: 2,
  delayed: 4,
  /** Given up for now: the mailbox was full, the server away. */
  returned: 8,
  /** The address is dead. */
  dead: 16,
  complained: 32,
  /** Accepted at first and then not sent after all. */
  rejected: 64,
  'not-rendered': 128,
} as const;
export type Told = keyof typeof TOLD;

const NEVER_LEFT = TOLD.rejected | TOLD['not-rendered'];
const CAME_BACK = TOLD.returned | TOLD.dead;

/** What was told of a line so far, in words. */
export const toldOf = ({ e = 0 }: Pick<Line, 'e'>): Told[] =>
  (Object.keys(TOLD) as Told[]).filter((name) => (e & TOLD[name]) !== 0);

/**
 * The line after the provider told something of it. Whatever it told, it had accepted the mail, which
 * settles a doubt; what it threw away afterwards is refused. A line that is not to be sent stays.
 */
export function withTold(
  line: Line,
  told: { readonly bits: number; readonly messageId: string },
): Line {
  const e = (line.e ?? 0) | told.bits;
  if (line.d !== 'send' || e === 0) return line;
  const { w: _before, ...rest } = line;
  // Sent again by hand, a line has two mails; the later id stays, whichever was told of first.
  const m = [line.m ?? '', told.messageId].sort()[1]!;
  const after = { ...rest, ...(m === '' ? {} : { m }), e };
  return (e & NEVER_LEFT) === 0
    ? { ...after, o: 'accepted' }
    : {
        ...after,
        o: 'refused',
        w: (e & TOLD.rejected) !== 0 ? 'rejected' : 'provider-could-not-render',
      };
}

/** What an answer tells beside having been taken: on a laptop the mail is in its reader's mailbox already. */
export const toldAtOnce = ({ delivered }: { readonly delivered?: boolean }): Pick<Line, 'e'> =>
  delivered ? { e: TOLD.sent | TOLD.delivered } : {};

/** The figures that a line counts in beside its place: what came back did not arrive. */
export function toldFigures({ e = 0 }: Pick<Line, 'e'>): string[] {
  if (e === 0) return [];
  return [
    ...((e & TOLD.delivered) !== 0 && (e & CAME_BACK) === 0 ? ['delivered'] : []),
    ...((e & CAME_BACK) === 0 ? [] : ['bounced']),
    ...((e & TOLD.dead) === 0 ? [] : ['dead']),
    ...((e & TOLD.complained) === 0 ? [] : ['complained']),
  ];
}
