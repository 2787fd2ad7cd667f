import * as z from 'zod';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { DAY, type Instant, type LocalDate } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { Reader } from '../people/person.ts';
import { readBrand, readPeople, readPerson } from '../people/store.ts';
import { dayOf, regularDate } from '../policy/calendar.ts';
import { resumeMailing } from './control.ts';
import { letterItems } from './ask-letter.ts';
import { exampleLinks } from './example.ts';
import type { Figures } from './figures.ts';
import { frozenAt, newIssue, type Issue } from './issue.ts';
import { digestLetter } from './letters.ts';
import { LATE, letterMailingId, NOT_APPROVED, type Mailing } from './mailing.ts';
import { contextOf } from './personal.ts';
import type { Publication } from './publication.ts';
import { overEverywhereAt, ZONES_APART_MS } from './rest.ts';
import { issueWrite, readFiguresOfDay, readIssue, readMailing, readPublications } from './store.ts';
import { assemble } from './template/compile.ts';

const READERS_AT_ONCE = 500;

export type Mix = {
  readonly language: string;
  readonly items: readonly number[];
  readonly readers: number;
};

export const DayState = z.enum([
  'open',
  'frozen',
  'not-approved',
  'late',
  'complaints',
  'sending',
  'blocked',
  'sent',
]);
export type DayState = z.infer<typeof DayState>;

export type DayOfLetters = {
  readonly issue: Issue;
  readonly version: number;
  readonly state: DayState;
  readonly frozenAt: Instant;
  readonly mailing: Mailing | undefined;
  readonly figures: Figures;
  /** Letters of that day that were due and not made, and got another date. */
  readonly missed: number;
};

/** The regular days of letters to come, nearest first: weekly ones, and which are also monthly or quarterly. */
export function daysToCome(
  brand: Brand,
  now: Instant,
  days: number,
): { date: LocalDate; paces: string[] }[] {
  const reader = { timeZone: brand.timeZone, weekday: null, partOfDay: null };
  const coming: { date: LocalDate; paces: string[] }[] = [];
  for (let at = now; coming.length < days;) {
    at = regularDate(reader, 'weekly', brand, at);
    const date = dayOf(reader, at);
    const paces = (['weekly', 'monthly', 'quarterly'] as const).filter(
      (pace) => regularDate(reader, pace, brand, at) === at,
    );
    coming.push({ date, paces });
    at += DAY;
  }
  return coming;
}

/** Where the letters of a day stand. */
export async function readDay(ports: Ports, date: LocalDate): Promise<DayOfLetters> {
  const [brand, found, mailing, { figures, missed }] = await Promise.all([
    readBrand(ports),
    readIssue(ports, date),
    readMailing(ports, letterMailingId(date)),
    readFiguresOfDay(ports, date),
  ]);
  const freezes = frozenAt(date, brand);
  const now = ports.now();
  const isAtRest = now > overEverywhereAt(date) && figures.open === 0 && figures.held === 0;
  return {
    issue: found?.it ?? newIssue(date),
    version: found?.version ?? 0,
    state: mailing ? stateOf(mailing.it, isAtRest) : now >= freezes ? 'frozen' : 'open',
    frozenAt: freezes,
    mailing: mailing?.it,
    figures,
    missed,
  };
}

function stateOf({ state, blockedBecause }: Mailing, isAtRest: boolean): DayState {
  if (state === 'paused' && blockedBecause === NOT_APPROVED) return 'not-approved';
  if (state === 'paused' && blockedBecause === LATE) return 'late';
  // Nothing else pauses the letters of a day.
  if (state === 'paused') return 'complaints';
  if (state === 'blocked') return 'blocked';
  return isAtRest ? 'sent' : 'sending';
}

/** Changes what the house decided, as it was read; from one hour before, it is what it is. */
export async function changeIssue(
  ports: Ports,
  date: LocalDate,
  version: number,
  change: (issue: Issue) => Issue,
): Promise<void> {
  const day = await readDay(ports, date);
  if (day.version !== version) throw new Problem('changed-meanwhile');
  if (day.state !== 'open')
    throw new Problem('state-does-not-allow', {
      detail: 'The letters of that day are frozen from one hour before they leave.',
    });
  // A changed issue is not the one that was approved.
  const changed = { ...change(day.issue), approvedAt: null };
  if ((await ports.table.writeAll([issueWrite(changed, version)])) === 'conflict')
    throw new Problem('changed-meanwhile');
}

const WAITS: readonly DayState[] = ['not-approved', 'late', 'complaints'];

/**
 * Somebody of the house has seen the letters of that day. Letters that waited for it leave: late ones
 * too, and those that complaints about others had stopped.
 */
export async function approveIssue(ports: Ports, date: LocalDate): Promise<void> {
  const day = await readDay(ports, date);
  if (day.issue.approvedAt === null || day.state === 'late') {
    const approved = { ...day.issue, approvedAt: ports.now() };
    if ((await ports.table.writeAll([issueWrite(approved, day.version)])) === 'conflict')
      throw new Problem('changed-meanwhile');
  }
  if (WAITS.includes(day.state)) await resumeMailing(ports, letterMailingId(date));
}

/** What each mix of topics and language will get on a day, most readers first: read from who waits for it. */
export async function mixesOf(
  ports: Ports,
  date: LocalDate,
): Promise<{ mixes: Mix[]; items: Map<number, Publication> }> {
  const mixes = new Map<string, Mix & { readers: number }>();
  const items = new Map<number, Publication>();
  const issue = (await readIssue(ports, date))?.it;
  for await (const ids of readersDue(ports, date)) {
    const people = (await readPeople(ports, ids)).filter((person) => person !== undefined);
    const numbers = new Set(people.flatMap(({ reader }) => reader.it.waiting));
    const known = await readPublications(
      ports,
      [...numbers].filter((number) => !items.has(number)),
    );
    for (const [number, publication] of known) items.set(number, publication);
    for (const { reader, profile } of people) {
      const person = { reader: reader.it, profile: profile.it };
      const at = reader.it.nextDigestAt ?? ports.now();
      const { items: mine } = letterItems(person, reader.it.waiting, items, issue, at);
      if (mine.length === 0) continue;
      const { language } = reader.it;
      const order = mine.map(({ number }) => number);
      const key = `${language} ${order.join('.')}`;
      const mix = mixes.get(key) ?? { language, items: order, readers: 0 };
      mix.readers += 1;
      mixes.set(key, mix);
    }
  }
  const most = [...mixes.values()].sort((one, other) => other.readers - one.readers);
  return { mixes: most, items };
}

/** The letter of one reader as it would leave that day. Undefined when nothing waits for them. */
export async function previewAs(
  ports: Ports,
  date: LocalDate,
  personId: string,
): Promise<{ subject: string; html: string; text: string } | undefined> {
  const [brand, found, person] = await Promise.all([
    readBrand(ports),
    readIssue(ports, date),
    readPerson(ports, personId),
  ]);
  if (!person) throw new Problem('not-found');
  const reader = person.reader.it;
  const at = reader.nextDigestAt;
  // Their own letter leaves on its own day, with the cover of that day.
  if (at === null || dayOf(reader, at) !== date) return undefined;
  const asked = { reader, profile: person.profile.it };
  const publications = await readPublications(ports, reader.waiting);
  const { items, returned } = letterItems(asked, reader.waiting, publications, found?.it, at);
  if (items.length === 0) return undefined;
  const letter = await digestLetter(ports, items, reader, brand, { returned, issue: found?.it });
  const context = contextOf(ports, asked, {
    brand,
    language: letter.language,
    mailingId: letterMailingId(date),
    reason: 'digest-day',
    returned,
    topic: undefined,
    viewUrl: letter.viewUrl,
    now: ports.now(),
    conditions: letter.compiled.conditions,
    asks: letter.asks,
  });
  const links = exampleLinks(ports, letter);
  return assemble(letter.compiled, letter.fill({ ...context, links }));
}

/** Ids of the readers whose announced date falls on that local day, in portions. */
async function* readersDue(ports: Ports, date: LocalDate): AsyncIterable<string[]> {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const until = midnight + DAY + ZONES_APART_MS;
  const after = { at: midnight - ZONES_APART_MS, pk: '', sk: '' };
  for (let shard = 0; shard < DUE_SHARDS; shard += 1) {
    let ids: string[] = [];
    for await (const row of ports.table.due('people', shard, until, after)) {
      const reader = Reader.parse(row.data);
      if (reader.nextDigestAt === null || dayOf(reader, reader.nextDigestAt) !== date) continue;
      ids.push(reader.personId);
      if (ids.length < READERS_AT_ONCE) continue;
      yield ids;
      ids = [];
    }
    if (ids.length > 0) yield ids;
  }
}

/** The days on which letters have left or are leaving, newest first. */
export async function* daysPast(
  ports: Pick<Ports, 'table'>,
  before?: string,
): AsyncIterable<string> {
  const range = { newestFirst: true, ...(before === undefined ? {} : { after: before }) };
  for await (const row of ports.table.query('records', keys.digestRun('').pk, range))
    yield row.key.sk;
}
