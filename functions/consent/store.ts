import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { houseNowWrites } from '../mail/house-figures.ts';
import type { Versioned } from '../people/store.ts';
import { Form, HOME_FORM } from './form.ts';
import { Confirmations, NO_CONFIRMATIONS, Pending } from './pending.ts';
import { ConsentRecord, Words } from './record.ts';

type Store = Pick<Ports, 'table'>;

export function ledgerWrite(record: ConsentRecord): Write {
  return {
    kind: 'put',
    key: keys.ledger(record.personId, record.sequence),
    data: record,
    expected: 0,
  };
}

/** A person's records, oldest first. */
export async function* readLedger(
  { table }: Store,
  personId: string,
): AsyncIterable<ConsentRecord> {
  for await (const row of table.query('records', keys.ledger(personId, 0).pk))
    yield ConsentRecord.parse(row.data);
}

/** Words are named by their hash, so writing them again changes nothing. */
export function wordsWrite(hash: string, words: Words): Write {
  return { kind: 'put', key: keys.words(hash), data: words };
}

export async function readWords(
  { table }: Store,
  hashes: readonly string[],
): Promise<Map<string, Words>> {
  const rows = await table.getMany(hashes.map((hash) => keys.words(hash)));
  return new Map(
    rows.flatMap((row, index) => (row ? [[hashes[index]!, Words.parse(row.data)] as const] : [])),
  );
}

/** A form the house made, or the one that is always there. */
export async function readForm({ table }: Store, formId: string): Promise<Form | undefined> {
  const row = await table.get(keys.form(formId));
  if (row) return Form.parse(row.data);
  return formId === HOME_FORM.id ? HOME_FORM : undefined;
}

/** The same with its version, for whoever changes it. */
export async function readFormVersion(
  { table }: Store,
  formId: string,
): Promise<Versioned<Form> | undefined> {
  const row = await table.get(keys.form(formId));
  if (row) return { it: Form.parse(row.data), version: row.version };
  return formId === HOME_FORM.id ? { it: HOME_FORM, version: 0 } : undefined;
}

/** All forms, the one that is always there among them. */
export async function readForms({ table }: Store): Promise<Form[]> {
  const forms: Form[] = [];
  for await (const row of table.query('records', keys.form('').pk))
    forms.push(Form.parse(row.data));
  return forms.some(({ id }) => id === HOME_FORM.id) ? forms : [HOME_FORM, ...forms];
}

export function formWrite(form: Form, expected: number): Write {
  return { kind: 'put', key: keys.form(form.id), data: form, expected };
}

export async function readPending(
  { table }: Store,
  pendingId: string,
): Promise<Versioned<Pending> | undefined> {
  const row = await table.get(keys.pending(pendingId));
  return row && { it: Pending.parse(row.data), version: row.version };
}

export function pendingWrite(pending: Pending, expected: number): Write {
  return { kind: 'put', key: keys.pending(pending.pendingId), data: pending, expected };
}

/** How many sign-ups wait for their yes, kept in the write that changes one of them. */
export function askedWrites(
  pendingId: string,
  before: Pending | undefined,
  after: Pending | undefined,
): Write[] {
  const asked = Number(isAsked(after)) - Number(isAsked(before));
  return houseNowWrites({ asked }, pendingId);
}

const isAsked = (pending: Pending | undefined) =>
  pending !== undefined && pending.confirmedAt === null && pending.moves === null;

export async function readConfirmations(
  { table }: Store,
  fingerprint: string,
): Promise<Versioned<Confirmations>> {
  const row = await table.get(keys.confirmations(fingerprint));
  return row
    ? { it: Confirmations.parse(row.data), version: row.version }
    : { it: NO_CONFIRMATIONS, version: 0 };
}

export function confirmationsWrite(
  fingerprint: string,
  confirmations: Confirmations,
  expected: number,
): Write {
  return { kind: 'put', key: keys.confirmations(fingerprint), data: confirmations, expected };
}

/** Who must be forgotten, and when. It names the fingerprint because the sign-up may be gone by then. */
export function forgetWrite(pendingId: string, fingerprint: string, at: Instant): Write {
  return agendaWrite('forget-sign-up', pendingId, at, { fingerprint });
}

export async function readForget(
  { table }: Store,
  pendingId: string,
): Promise<{ readonly fingerprint: string; readonly version: number } | undefined> {
  const row = await table.get(keys.agenda('forget-sign-up', pendingId));
  if (!row) return undefined;
  const { fingerprint } = z.object({ fingerprint: z.string() }).parse(row.data);
  return { fingerprint, version: row.version };
}
