import type { Counts, Run } from './simulate.ts';

/** What many runs come to: sums, and the runs that broke a promise. */
export type Tally = {
  readonly runs: number;
  readonly virtualDays: number;
  readonly candidates: number;
  readonly mails: number;
  readonly steps: number;
  readonly faults: Run['faults'];
  readonly acts: Run['acts'];
  readonly asked: Run['asked'];
  /** In the order of their seeds. */
  readonly broken: readonly Run[];
};

export const newTally: Tally = {
  runs: 0,
  virtualDays: 0,
  candidates: 0,
  mails: 0,
  steps: 0,
  faults: {},
  acts: {},
  asked: {},
  broken: [],
};

/** With one more run; which of them came first makes no difference. */
export function withRun(tally: Tally, run: Run): Tally {
  const broken = run.broken ? [...tally.broken, run] : tally.broken;
  return {
    runs: tally.runs + 1,
    virtualDays: tally.virtualDays + run.virtualDays,
    candidates: tally.candidates + run.candidates,
    mails: tally.mails + run.mails,
    steps: tally.steps + run.steps,
    faults: added(tally.faults, run.faults),
    acts: added(tally.acts, run.acts),
    asked: added(tally.asked, run.asked),
    broken: [...broken].sort((one, other) => one.seed - other.seed),
  };
}

export const sumOf = (counts: Counts<string>): number =>
  Object.values(counts).reduce((sum: number, count = 0) => sum + count, 0);

/** The sums as one reads them. */
export function toldTally(tally: Tally): string[] {
  const { runs, virtualDays, candidates, mails, faults, acts, asked, broken } = tally;
  return [
    [
      of(runs, 'seed'),
      of(virtualDays, 'virtual day'),
      of(candidates, 'candidate'),
      of(mails, 'mail'),
      `${of(sumOf(faults), 'fault')} injected`,
      of(broken.length, 'violation'),
    ].join(', '),
    `faults: ${listed(faults)}`,
    `acts: ${listed(acts)}`,
    `promises looked at: ${listed(asked)}`,
  ];
}

/** How far it is and when it will be there. */
export function toldProgress(
  tally: Tally,
  wish: { readonly seeds: number; readonly candidates: number; readonly seconds: number },
): string {
  const { runs, candidates, broken } = tally;
  const rate = candidates / wish.seconds;
  const share = Math.min(
    wish.seeds > 0 ? runs / wish.seeds : 1,
    wish.candidates > 0 ? candidates / wish.candidates : 1,
  );
  const left = share > 0 ? Math.round((wish.seconds * (1 - share)) / share) : 0;
  return (
    `${of(runs, 'seed')}, ${of(candidates, 'candidate')} (${Math.round(rate).toLocaleString('en-US')} a second), ` +
    `${of(broken.length, 'violation')}, about ${left} s to go`
  );
}

function added<Kind extends string>(one: Counts<Kind>, other: Counts<Kind>): Counts<Kind> {
  const sum: Partial<Record<string, number>> = { ...one };
  for (const [kind, count] of Object.entries<number | undefined>(other))
    sum[kind] = (sum[kind] ?? 0) + (count ?? 0);
  return sum as Counts<Kind>;
}

const listed = (counts: Counts<string>): string =>
  Object.entries(counts)
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([kind, count = 0]) => `${kind} ${count.toLocaleString('en-US')}`)
    .join(', ');

function of(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
