import * as z from 'zod';
import { shardOf, timeIn } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import {
  DUE_SHARDS,
  type Due,
  type Key,
  type Outcome,
  type Ports,
  type Write,
} from '../base/ports.ts';
import { fingerprintOf } from '../base/seal.ts';
import { DAY } from '../base/time.ts';
import { ApiKey } from './api-key.ts';
import { AuditEntry } from './audit.ts';
import { Member, plainAddress } from './member.ts';

type Store = Pick<Ports, 'table'>;
export type KeptKey = { readonly key: ApiKey; readonly hash: string; readonly version: number };

export async function findKey({ table }: Store, hash: string): Promise<KeptKey | undefined> {
  const row = await table.get(keys.apiKey(hash));
  return row && { key: ApiKey.parse(row.data), hash, version: row.version };
}

/** All keys ever made, oldest first: a house has a handful. */
export async function readKeys({ table }: Store): Promise<KeptKey[]> {
  const kept: KeptKey[] = [];
  for await (const row of table.query('records', keys.apiKey('').pk))
    kept.push({ key: ApiKey.parse(row.data), hash: row.key.sk, version: row.version });
  return kept.sort((one, other) => (one.key.id < other.key.id ? -1 : 1));
}

export async function keepKey({ table }: Store, { key, hash, version }: KeptKey): Promise<Outcome> {
  return table.writeAll([{ kind: 'put', key: keys.apiKey(hash), data: key, expected: version }]);
}

export type KeptMember = { readonly member: Member; readonly version: number };

/** A member's row is found by their address, which its key does not show. */
const memberKey = (ports: Pick<Ports, 'secrets'>, email: string) =>
  keys.member(fingerprintOf(ports, plainAddress(email)));

export async function findMember(
  ports: Pick<Ports, 'table' | 'secrets'>,
  email: string,
): Promise<KeptMember | undefined> {
  const row = await ports.table.get(memberKey(ports, email));
  return row && { member: Member.parse(row.data), version: row.version };
}

/** Everybody of the house, in the order they were invited: a few dozen at most. */
export async function readMembers({ table }: Store): Promise<KeptMember[]> {
  const kept: KeptMember[] = [];
  for await (const row of table.query('records', keys.member('').pk))
    kept.push({ member: Member.parse(row.data), version: row.version });
  return kept.sort((one, other) => (one.member.memberId < other.member.memberId ? -1 : 1));
}

/** The members and the version of their list, which every change of it expects. */
export type Team = { readonly members: readonly KeptMember[]; readonly version: number };

export async function readTeam(ports: Store): Promise<Team> {
  const row = await ports.table.get(keys.team());
  return { members: await readMembers(ports), version: row?.version ?? 0 };
}

export function teamWrite(expected: number): Write {
  return { kind: 'put', key: keys.team(), data: { format: 1 }, expected };
}

export function memberWrite(ports: Pick<Ports, 'secrets'>, { member, version }: KeptMember): Write {
  const key = memberKey(ports, member.email);
  return { kind: 'put', key, data: member, expected: version };
}

/** A line is put where none is, and nothing here puts it again: the log only grows. */
export async function keepAudit({ table }: Store, entry: AuditEntry): Promise<void> {
  const year = new Date(entry.at).getUTCFullYear();
  await table.writeEach([
    { kind: 'put', key: keys.audit(year, entry.id), data: entry, expected: 0 },
  ]);
}

/** The year this software began to be. */
const FIRST_YEAR = 2025;

/** Newest first, from before an entry on if one is named. */
export async function* auditNewestFirst(
  { table, now }: Pick<Ports, 'table' | 'now'>,
  before?: string,
): AsyncIterable<AuditEntry> {
  const last = new Date(before === undefined ? now() : timeIn(before)).getUTCFullYear();
  for (let year = last; year >= FIRST_YEAR; year -= 1) {
    const range = { newestFirst: true, ...(before === undefined ? {} : { after: before }) };
    for await (const row of table.query('records', keys.audit(year, '').pk, range))
      yield AuditEntry.parse(row.data);
  }
}

/** How long the answer to a call is kept for its repetition. */
export const ANSWERS_KEPT_MS = 30 * DAY;

/** A call made once: running since a moment of the machine's own clock, or done with its answer. */
export const Once = z.object({
  format: z.literal(1),
  /** Of method, path and body: what the key stands for. */
  call: z.string(),
  /** By the product's clock: after 30 days the key is free again. */
  madeAt: z.number(),
  run: z.discriminatedUnion('is', [
    z.object({ is: z.literal('running'), sinceMs: z.number() }),
    z.object({
      is: z.literal('done'),
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
    }),
  ]),
});
export type Once = z.infer<typeof Once>;
export type KeptOnce = { readonly once: Once; readonly version: number };

export async function findOnce(
  { table }: Store,
  owner: string,
  key: string,
): Promise<KeptOnce | undefined> {
  const row = await table.get(keys.idempotency(owner, key));
  return row && { once: Once.parse(row.data), version: row.version };
}

export async function keepOnce(
  { table }: Store,
  owner: string,
  key: string,
  { once, version }: KeptOnce,
): Promise<Outcome> {
  return table.writeAll([
    {
      kind: 'put',
      key: keys.idempotency(owner, key),
      data: once,
      due: endOf(once, owner, key),
      expected: version,
    },
  ]);
}

/** A row that the tick may remove as soon as it is due: the answer of a call long ago. */
export const isKeptAnswer = (key: Key) => key.pk.startsWith('once#');

/** At the end of a day, so that a moved clock stops once a day for all of them. */
function endOf({ madeAt }: Once, owner: string, key: string): Due {
  const at = Math.ceil((madeAt + ANSWERS_KEPT_MS) / DAY) * DAY;
  return { shard: shardOf(`${owner} ${key}`, DUE_SHARDS), at };
}

export async function forgetOnce(
  { table }: Store,
  owner: string,
  key: string,
  version: number,
): Promise<Outcome> {
  return table.writeAll([{ kind: 'remove', key: keys.idempotency(owner, key), expected: version }]);
}
