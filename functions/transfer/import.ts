import * as z from 'zod';
import { TopicId } from '../people/topic.ts';
import { Method } from '../consent/record.ts';

/** What a column may be. */
export const Target = z.union([
  z.enum([
    'email',
    'externalId',
    'givenName',
    'familyName',
    'language',
    'frequency',
    'timeZone',
    'salutation',
    'proofAt',
    'proofWords',
  ]),
  z.string().regex(/^field:[a-zA-Z][\w-]{0,39}$/, 'must be one of ours, or "field:" and a name'),
]);
export type Target = z.infer<typeof Target>;

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, as "2026-01-05"');

/**
 * What shows that these people said yes. `full`: when, how and the exact words, the same for all or
 * each in its column. `declared`: when and where from, and an owner's word for it. `none`: they are
 * kept as unproven and get nothing until they confirm by an act of their own.
 */
export const ImportProof = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('full'),
    method: Method.exclude(['one-click', 'complaint', 'end-of-term', 'import']),
    words: z.string().trim().min(1).max(2_000).optional(),
    on: Day.optional(),
  }),
  z.strictObject({
    kind: z.literal('declared'),
    source: z.string().trim().min(3).max(200),
    declaration: z.string().trim().min(20).max(1_500),
    on: Day.optional(),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type ImportProof = z.infer<typeof ImportProof>;

/** What is to be done with a file: what each column is, in order, what they subscribe to, and the proof. */
export const ImportPlan = z
  .strictObject({
    columns: z.array(Target.nullable()).min(1).max(100),
    topics: z.array(TopicId).max(30).default([]),
    proof: ImportProof,
  })
  .check(({ value, issues }) => {
    const named = value.columns.filter((target) => target !== null);
    const say = (path: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], message });
    if (!named.includes('email')) say('columns', 'one of them must be "email"');
    if (new Set(named).size !== named.length) say('columns', 'each may be named once');
    const { proof } = value;
    if (proof.kind !== 'none' && proof.on === undefined && !named.includes('proofAt'))
      say('proof', 'needs its day: "on", or a column "proofAt"');
    if (proof.kind === 'full' && proof.words === undefined && !named.includes('proofWords'))
      say('proof', 'needs the exact words: "words", or a column "proofWords"');
  });
export type ImportPlan = z.infer<typeof ImportPlan>;

/** How lines fared. Every line is in exactly one of the first three. */
export const ImportCounts = z.object({
  added: z.int(),
  known: z.int(),
  refused: z.int(),
  /** Of those taken: how many can be written to because a yes can be shown, and how many can not. */
  proven: z.int(),
  unproven: z.int(),
  byReason: z.record(z.string(), z.int()),
});
export type ImportCounts = z.infer<typeof ImportCounts>;
export const NO_COUNTS: ImportCounts = {
  added: 0,
  known: 0,
  refused: 0,
  proven: 0,
  unproven: 0,
  byReason: {},
};

/**
 * A file on its way in. `receiving` its pieces, `ready` to be rehearsed, `checking`, `checked`,
 * `running`, then `done`, or `stopped` by somebody. How far it is stands here, so that it goes on
 * where it was, whoever dies in between.
 */
export const Import = z.object({
  format: z.literal(1),
  importId: z.string(),
  name: z.string(),
  state: z.enum(['receiving', 'ready', 'checking', 'checked', 'running', 'done', 'stopped']),
  sign: z.enum([',', ';', '\t', '|']).nullable(),
  header: z.array(z.string()),
  /** The first few rows, for somebody to see what each column is. */
  samples: z.array(z.array(z.string())),
  /** Pieces received, portions of rows they became, and rows in all. */
  pieces: z.int(),
  portions: z.int(),
  rows: z.int(),
  /** Lines of the file that the rows took so far; a row may take several. */
  lines: z.int().default(0),
  plan: ImportPlan.nullable(),
  /** The next row to be done. */
  at: z.object({ portion: z.int(), row: z.int() }),
  done: z.int(),
  /** Steps done, of every rehearsal and the run: files between two of them are named by it. */
  steps: z.int().default(0),
  /** What the rehearsal found, and what the run did. */
  checked: ImportCounts.nullable(),
  counts: ImportCounts.nullable(),
  by: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
export type Import = z.infer<typeof Import>;

/** A row of the file that was not taken: the line it begins on and why, never what stood in it. */
export const RefusedLine = z.object({
  line: z.int(),
  reason: z.string(),
  column: z.string().nullable(),
  detail: z.string(),
});
export type RefusedLine = z.infer<typeof RefusedLine>;

export function summed(counts: ImportCounts, more: ImportCounts): ImportCounts {
  const reasons = { ...counts.byReason };
  for (const [reason, count] of Object.entries(more.byReason))
    reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    added: counts.added + more.added,
    known: counts.known + more.known,
    refused: counts.refused + more.refused,
    proven: counts.proven + more.proven,
    unproven: counts.unproven + more.unproven,
    byReason: reasons,
  };
}

const CALLED: readonly (readonly [RegExp, Target])[] = [
  [/^(e-?mail|courriel|mail|adresse (e-?)?mail|email address)$/, 'email'],
  [/^(id|external ?id|client|customer|numero client|n client|reference)$/, 'externalId'],
  [/^(prenom|given ?name|first ?name)$/, 'givenName'],
  [/^(nom|nom de famille|family ?name|last ?name|surname)$/, 'familyName'],
  [/^(langue|language|lang)$/, 'language'],
  [/^(rythme|frequence|frequency|pace)$/, 'frequency'],
  [/^(fuseau|time ?zone)$/, 'timeZone'],
  [/^(civilite|salutation|title)$/, 'salutation'],
  [
    /^(date (de |d )?(l )?(inscription|consentement|accord)|consent(ed)? (at|date)|opt ?in (date|at|time)|subscribed at|inscrit le)$/,
    'proofAt',
  ],
  [/^(texte|mention|consent (text|words)|words)$/, 'proofWords'],
];

/** What columns seem to be by their names; each kind once, and all of it for a person to look at. */
export function guessed(header: readonly string[]): (Target | null)[] {
  const taken = new Set<Target>();
  return header.map((name) => {
    const plain = plainName(name);
    const target = CALLED.find(([pattern]) => pattern.test(plain))?.[1];
    if (target === undefined || taken.has(target)) return null;
    taken.add(target);
    return target;
  });
}

function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, ' ')
    .trim();
}
