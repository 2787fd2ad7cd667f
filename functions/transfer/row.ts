import { inputErrors } from '../base/http.ts';
import type { Instant } from '../base/time.ts';
import { PROOF_AHEAD_AT_MOST_MS } from '../consent/add-person.ts';
import { PersonInput } from '../consent/person-input.ts';
import { readAddress } from '../people/address.ts';
import { asIsoDay } from '../people/field-value.ts';
import type { Frequency } from '../people/person.ts';
import type { ImportPlan, ImportProof, RefusedLine, Target } from './import.ts';

export type ReadRow =
  | { readonly input: PersonInput; readonly email: string; readonly isProven: boolean }
  | { readonly refused: Omit<RefusedLine, 'line'> };

/** What a decoder writes where the bytes made no sign: the name of nobody. */
const UNREADABLE = '\ufffd';

const PACES: Readonly<Record<string, Frequency>> = {
  'a chaque parution': 'immediate',
  'as published': 'immediate',
  hebdomadaire: 'weekly',
  'chaque semaine': 'weekly',
  mensuel: 'monthly',
  mensuelle: 'monthly',
  'chaque mois': 'monthly',
  trimestriel: 'quarterly',
  trimestrielle: 'quarterly',
  'chaque saison': 'quarterly',
};
const TITLES: Readonly<Record<string, string>> = {
  mme: 'madame',
  madame: 'madame',
  ms: 'madame',
  mrs: 'madame',
  m: 'monsieur',
  mr: 'monsieur',
  monsieur: 'monsieur',
};

/** One row of the file as the API would be told of it, or why it cannot be taken. */
export function readRow(row: readonly string[], plan: ImportPlan, now: Instant): ReadRow {
  if (row.slice(plan.columns.length).some((cell) => cell.trim() !== ''))
    return refused('input-invalid', null, 'has more cells than the first line names columns');
  const cells = cellsOf(row, plan);
  for (const [column, text] of cells)
    if (text.includes(UNREADABLE))
      return refused(
        'input-invalid',
        column,
        'holds a sign nobody can read: save the file as UTF-8',
      );
  const address = readAddress(cells.get('email') ?? '');
  if ('refused' in address) return refused('address-refused', 'email', address.refused);
  const proof = proofOf(cells, plan.proof);
  if (proof === 'unreadable')
    return refused('proof-unreadable', 'proofAt', 'must be a day, as 2026-01-05 or 05/01/2026');
  if (proof && Date.parse(proof.at) > now + PROOF_AHEAD_AT_MOST_MS)
    return refused('input-invalid', 'proofAt', 'lies in the future');
  const read = PersonInput.safeParse({
    email: address.email,
    ...wishesOf(cells),
    ...fieldsOf(cells),
    subscriptions: plan.topics.map((topic) => ({
      topic,
      consent: { state: 'given', ...(proof && { proof }) },
    })),
  });
  if (read.success)
    return { input: read.data, email: address.email, isProven: proof !== undefined };
  const [error] = inputErrors(read.error);
  return refused('input-invalid', error?.path ?? null, error?.detail ?? 'cannot be taken');
}

const refused = (reason: string, column: string | null, detail: string): ReadRow => ({
  refused: { reason, column, detail },
});

/** What stands in each column that somebody named; an empty cell says nothing. */
function cellsOf(row: readonly string[], { columns }: ImportPlan): Map<Target, string> {
  const cells = new Map<Target, string>();
  for (const [index, target] of columns.entries()) {
    const text = (row[index] ?? '').trim();
    if (target !== null && text !== '') cells.set(target, text);
  }
  return cells;
}

function wishesOf(cells: ReadonlyMap<Target, string>): Record<string, unknown> {
  const wishes: Record<string, unknown> = {};
  for (const target of ['externalId', 'givenName', 'familyName', 'timeZone'] as const)
    if (cells.has(target)) wishes[target] = cells.get(target);
  const language = cells.get('language');
  if (language !== undefined) wishes['language'] = language.slice(0, 2).toLowerCase();
  const pace = cells.get('frequency');
  if (pace !== undefined) wishes['frequency'] = PACES[plain(pace)] ?? plain(pace);
  const title = TITLES[plain(cells.get('salutation') ?? '').replace(/\.$/, '')];
  if (title !== undefined) wishes['salutation'] = { form: title };
  return wishes;
}

function fieldsOf(cells: ReadonlyMap<Target, string>) {
  const fields = [...cells]
    .filter(([target]) => target.startsWith('field:'))
    .map(([target, text]) => [target.slice('field:'.length), text] as const);
  return fields.length === 0 ? {} : { fields: Object.fromEntries(fields) };
}

/** Undefined where nothing shows that this one said yes, though others of the file can. */
function proofOf(cells: ReadonlyMap<Target, string>, proof: ImportProof) {
  if (proof.kind === 'none') return undefined;
  const day = cells.get('proofAt') ?? proof.on;
  if (day === undefined) return undefined;
  const at = momentIn(day);
  if (at === undefined) return 'unreadable';
  if (proof.kind === 'declared')
    return { at, method: 'import', words: `${proof.declaration} (${proof.source})` };
  const words = cells.get('proofWords') ?? proof.words;
  return words === undefined ? undefined : { at, method: proof.method, words };
}

/** A day alone is taken at its noon: nobody knows the hour. */
function momentIn(text: string): string | undefined {
  const iso = asIsoDay(text);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(iso)) return undefined;
  const at = Date.parse(isDay ? `${iso}T12:00:00Z` : zoned(iso.replace(' ', 'T')));
  if (Number.isNaN(at)) return undefined;
  const read = new Date(at).toISOString();
  return isDay && !read.startsWith(iso) ? undefined : read;
}

/** An hour without a zone would be this machine's; it is read as UTC, everywhere the same. */
const zoned = (text: string) => (/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);

const plain = (text: string) =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
