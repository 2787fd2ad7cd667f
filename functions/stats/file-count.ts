import * as z from 'zod';
import { DAY, type Instant } from '../base/time.ts';
import { stateOf, topicsFollowed, type Profile, type Reader } from '../people/person.ts';

/** Who has done nothing for so long is counted as silent. */
export const SILENT_MS = 730 * DAY;
export const LOST_WITHIN_MS = 365 * DAY;
/** What files of addresses are known to lose in a year. */
export const USUAL_LOSS = { least: 0.15, most: 0.25 } as const;

export const STATES = ['active', 'unproven', 'unsubscribed', 'bounced', 'complained'] as const;
const Count = z.int();

/** Everybody, by how they stand at one moment. */
export const FileSums = z.object({
  people: Count,
  byState: z.record(z.enum(STATES), Count),
  /** Of the active ones: heard of nothing from them for two years. */
  silent: Count,
  /** Of the active ones: on a break of their own. */
  paused: Count,
  /** Who could be written to within the last year and can be no more. */
  lost: z.object({ bounced: Count, left: Count, complained: Count }),
  /** How many have something in each field that the house keeps; older counts did not ask. */
  fields: z.record(z.string(), Count).optional(),
});
export type FileSums = z.infer<typeof FileSums>;

export const NOBODY: FileSums = {
  people: 0,
  byState: { active: 0, unproven: 0, unsubscribed: 0, bounced: 0, complained: 0 },
  silent: 0,
  paused: 0,
  lost: { bounced: 0, left: 0, complained: 0 },
  fields: {},
};
/** Whoever keeps more kinds of fields than this knows their names from elsewhere. */
const FIELDS_COUNTED = 200;

/** What one person adds. */
export function withPerson(
  sums: FileSums,
  { reader, profile }: { readonly reader: Reader; readonly profile: Profile },
  now: Instant,
): FileSums {
  const state = stateOf(reader);
  const isActive = state === 'active';
  const lostAs = lostWithinAYear(reader, now);
  return {
    people: sums.people + 1,
    byState: { ...sums.byState, [state]: sums.byState[state] + 1 },
    silent: sums.silent + Number(isActive && profile.lastActAt <= now - SILENT_MS),
    paused: sums.paused + Number(isActive && reader.pause !== null && reader.pause.until > now),
    lost: lostAs ? { ...sums.lost, [lostAs]: sums.lost[lostAs] + 1 } : sums.lost,
    fields: withFields(sums.fields ?? {}, Object.keys(profile.fields)),
  };
}

type Filled = Readonly<Record<string, number>>;

function withFields(counted: Filled, names: readonly string[]): Filled {
  if (names.length === 0) return counted;
  const fields = new Map(Object.entries(counted));
  for (const name of names)
    if (fields.has(name) || fields.size < FIELDS_COUNTED)
      fields.set(name, (fields.get(name) ?? 0) + 1);
  return Object.fromEntries(fields);
}

/** The names of fields that somebody has, the most filled first; null when nobody counted them. */
export const fieldsOf = ({ fields }: FileSums): string[] | null =>
  fields === undefined
    ? null
    : Object.entries(fields)
        .toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
        .map(([name]) => name);

function lostWithinAYear(reader: Reader, now: Instant): keyof FileSums['lost'] | undefined {
  const since = now - LOST_WITHIN_MS;
  const { is, at } = reader.standing;
  if (is !== 'well') return at > since ? is : undefined;
  const leftAt = leftAtOf(reader);
  return leftAt !== undefined && leftAt > since ? 'left' : undefined;
}

/** When they stopped everything, or left the last of their topics. */
function leftAtOf(reader: Reader): Instant | undefined {
  if (reader.stoppedAt !== null) return reader.stoppedAt;
  if (topicsFollowed(reader).length > 0) return undefined;
  const left = Object.values(reader.subscriptions).filter(({ state }) => state === 'withdrawn');
  return left.length > 0 ? Math.max(...left.map(({ at }) => at)) : undefined;
}

/** Of those who could be written to in the course of the year, how many were lost. */
export function lossOf({ byState, lost }: FileSums): number | null {
  const gone = lost.bounced + lost.left + lost.complained;
  const all = byState.active + gone;
  return all === 0 ? null : gone / all;
}

/** The last count, and how far the next one has come. */
export const FileCount = z.object({
  format: z.literal(1),
  done: z.object({ at: z.number(), sums: FileSums }).nullable(),
  running: z
    .object({
      /** The moment that everybody is looked at for. */
      at: z.number(),
      sums: FileSums,
      /** How far each hand has read; null when it is at its end. */
      places: z.array(z.string().nullable()),
    })
    .nullable(),
});
export type FileCount = z.infer<typeof FileCount>;

/** A count is made once a day, or sooner when somebody asks. */
export const isDue = ({ done, running }: FileCount, now: Instant) =>
  running !== null || done === null || now - done.at >= DAY;
