import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Ports, type Row, type ScanPage, type Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { rowParser } from '../base/row-parser.ts';
import { fingerprintOf } from '../base/seal.ts';
import { Brand } from './brand.ts';
import type { Asked } from './condition-leaf.ts';
import { Profile, Reader } from './person.ts';
import { Segment } from './segment.ts';
import { Topic } from './topic.ts';

type Store = Pick<Ports, 'table'>;
export type Versioned<Thing> = { readonly it: Thing; readonly version: number };
export type Person = { readonly reader: Versioned<Reader>; readonly profile: Versioned<Profile> };

/** Somebody of whom perhaps only the reader row was read. */
export type Someone = Pick<Person, 'reader'> & Partial<Pick<Person, 'profile'>>;

const ATTEMPTS = 8;

const brandIn = rowParser(Brand);
const topicIn = rowParser(Topic);
const readerIn = rowParser(Reader);
const profileIn = rowParser(Profile);

export async function readBrand({ table }: Store): Promise<Brand> {
  const row = await table.get(keys.brand());
  return brandIn(row?.data ?? {});
}

export async function readBrandVersion({ table }: Store): Promise<Versioned<Brand>> {
  const row = await table.get(keys.brand());
  return { it: brandIn(row?.data ?? {}), version: row?.version ?? 0 };
}

export function brandWrite(brand: Brand, expected: number): Write {
  return { kind: 'put', key: keys.brand(), data: brand, expected };
}

/** Every topic, in the order they were made. */
export async function readTopics({ table }: Store): Promise<Topic[]> {
  const topics: Topic[] = [];
  for await (const row of table.query('records', keys.topic('').pk)) topics.push(topicIn(row.data));
  return topics.sort((one, other) => one.createdAt - other.createdAt);
}

export async function readTopic(
  { table }: Store,
  id: string,
): Promise<Versioned<Topic> | undefined> {
  const row = await table.get(keys.topic(id));
  return row && { it: topicIn(row.data), version: row.version };
}

export function topicWrite(topic: Topic, expected: number): Write {
  return { kind: 'put', key: keys.topic(topic.id), data: topic, expected };
}

/** Every segment, in the order they were made: a house has some dozens. */
export async function readSegments({ table }: Store): Promise<Versioned<Segment>[]> {
  const segments: Versioned<Segment>[] = [];
  for await (const row of table.query('records', keys.segment('').pk))
    segments.push({ it: Segment.parse(row.data), version: row.version });
  return segments;
}

export async function readSegment(
  { table }: Store,
  id: string,
): Promise<Versioned<Segment> | undefined> {
  const row = await table.get(keys.segment(id));
  return row && { it: Segment.parse(row.data), version: row.version };
}

export function segmentWrite(segment: Segment, expected: number): Write {
  return { kind: 'put', key: keys.segment(segment.segmentId), data: segment, expected };
}

export async function readPerson({ table }: Store, personId: string): Promise<Person | undefined> {
  const [reader, profile] = await table.getMany([keys.reader(personId), keys.profile(personId)]);
  return personOf(reader, profile);
}

/** In the order asked; undefined where a person is no longer there. */
export async function readPeople(
  { table }: Store,
  personIds: readonly string[],
): Promise<(Person | undefined)[]> {
  const rows = await table.getMany(
    personIds.flatMap((personId) => [keys.reader(personId), keys.profile(personId)]),
  );
  return personIds.map((_, index) => personOf(rows[2 * index], rows[2 * index + 1]));
}

/** The people of one scan page. */
export function peopleIn(page: ScanPage): Person[] {
  const people: Person[] = [];
  const profiles = new Map<string, Row>();
  for (const row of page.rows) if (row.key.sk === 'profile') profiles.set(row.key.pk, row);
  for (const row of page.rows) {
    if (row.key.sk !== 'reader') continue;
    const person = personOf(row, profiles.get(row.key.pk));
    if (person) people.push(person);
  }
  return people;
}

/** The readers of one scan page, for whoever asks nothing of their profiles. */
export function readersIn(page: ScanPage): Someone[] {
  return page.rows
    .filter(({ key }) => key.sk === 'reader')
    .map(({ data, version }) => ({ reader: { it: readerIn(data), version } }));
}

/** As conditions ask: a row is opened when one looks at it, and a profile must have been read. */
export function askedOf(someone: Someone): Asked {
  return {
    get reader() {
      return someone.reader.it;
    },
    get profile() {
      if (!someone.profile) throw new Error('a profile was looked at that nobody asked to read');
      return someone.profile.it;
    },
  };
}

/** The reader row as the table keeps it: in the index of digest moments only while something waits. */
export function readerWrite(reader: Reader, expected: number): Write {
  const due =
    reader.waiting.length > 0 && reader.nextDigestAt !== null
      ? { due: { shard: shardOf(reader.personId, DUE_SHARDS), at: reader.nextDigestAt } }
      : {};
  return { kind: 'put', key: keys.reader(reader.personId), data: reader, expected, ...due };
}

export function profileWrite(profile: Profile, expected: number): Write {
  return { kind: 'put', key: keys.profile(profile.personId), data: profile, expected };
}

/** What a change of a person wants written; `also` goes in the same all-or-none write. */
export type PersonChange = {
  readonly reader?: Reader;
  readonly profile?: Profile;
  readonly also?: readonly Write[];
};

/**
 * Applies a change to the person as they are now, and starts over when someone else was faster.
 * A change that answers undefined leaves everything as it is. Answers the person as they are after.
 */
export async function changePerson(
  ports: Store,
  personId: string,
  change: (person: Person) => PersonChange | undefined | Promise<PersonChange | undefined>,
): Promise<Person | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const person = await readPerson(ports, personId);
    if (!person) return undefined;
    const wanted = await change(person);
    if (!wanted) return person;
    const { reader = person.reader.it, profile = person.profile.it } = wanted;
    const writes = [
      ...(wanted.reader ? [readerWrite(reader, person.reader.version)] : []),
      ...(wanted.profile ? [profileWrite(profile, person.profile.version)] : []),
      ...(wanted.also ?? []),
    ];
    if (writes.length === 0) return person;
    if ((await ports.table.writeAll(writes)) === 'written')
      return {
        reader: { it: reader, version: person.reader.version + (wanted.reader ? 1 : 0) },
        profile: { it: profile, version: person.profile.version + (wanted.profile ? 1 : 0) },
      };
  }
  throw new Problem('too-many-hands');
}

/** What an address leads to. An erased one is remembered by its fingerprint alone. */
const AddressRow = z.object({
  personId: z.string().nullable(),
  pending: z.boolean(),
  erasedAt: z.number().nullable(),
});
export type AddressRow = z.infer<typeof AddressRow>;

export async function findByAddress(
  ports: Pick<Ports, 'table' | 'secrets'>,
  email: string,
): Promise<Versioned<AddressRow> | undefined> {
  const row = await ports.table.get(keys.address(fingerprintOf(ports, email)));
  return row && { it: AddressRow.parse(row.data), version: row.version };
}

/** Many addresses at once, in the order asked. */
export async function findByAddresses(
  ports: Pick<Ports, 'table' | 'secrets'>,
  emails: readonly string[],
): Promise<(AddressRow | undefined)[]> {
  const rows = await ports.table.getMany(
    emails.map((email) => keys.address(fingerprintOf(ports, email))),
  );
  return rows.map((row) => row && AddressRow.parse(row.data));
}

export function addressWrite(fingerprint: string, row: AddressRow, expected: number): Write {
  return { kind: 'put', key: keys.address(fingerprint), data: row, expected };
}

const ExternalIdRow = z.object({ personId: z.string() });

export async function findByExternalId(
  { table }: Store,
  externalId: string,
): Promise<string | undefined> {
  const row = await table.get(keys.externalId(externalId));
  return row && ExternalIdRow.parse(row.data).personId;
}

/** Many external ids at once, in the order asked. */
export async function findByExternalIds(
  { table }: Store,
  externalIds: readonly string[],
): Promise<(string | undefined)[]> {
  const rows = await table.getMany(externalIds.map((externalId) => keys.externalId(externalId)));
  return rows.map((row) => row && ExternalIdRow.parse(row.data).personId);
}

export function externalIdWrite(externalId: string, personId: string): Write {
  return { kind: 'put', key: keys.externalId(externalId), data: { personId }, expected: 0 };
}

/** Who asks only of one row does not pay for reading the other. */
function personOf(reader: Row | undefined, profile: Row | undefined): Person | undefined {
  if (!reader || !profile) return undefined;
  let read: Versioned<Reader> | undefined;
  let known: Versioned<Profile> | undefined;
  return {
    get reader() {
      return (read ??= { it: readerIn(reader.data), version: reader.version });
    },
    get profile() {
      return (known ??= { it: profileIn(profile.data), version: profile.version });
    },
  };
}
