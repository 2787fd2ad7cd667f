import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { AudienceCondition, Condition } from './condition.ts';
import {
  CONSOLE_LANGUAGES,
  sentenceOf,
  type ConsoleLanguage,
  type Names,
} from './condition-sentence.ts';
import { countPeople } from './count.ts';
import { inLanguage } from './brand.ts';
import { segmentsIn, spelledOut, type Segment } from './segment.ts';
import {
  readBrand,
  readSegment,
  readSegments,
  readTopics,
  segmentWrite,
  type Versioned,
} from './store.ts';

const ATTEMPTS = 4;

export async function makeSegment(
  ports: Pick<Ports, 'table' | 'now' | 'random'>,
  { name, condition }: { readonly name: string; readonly condition: Condition },
): Promise<Segment> {
  const now = ports.now();
  const segment: Segment = {
    format: 1,
    segmentId: timedId(ports),
    name,
    condition,
    count: null,
    createdAt: now,
    changedAt: now,
    retiredAt: null,
  };
  await keep(ports, segment, 0);
  return segment;
}

/** A count belongs to what was counted: another condition has none yet. */
export async function changeSegment(
  ports: Pick<Ports, 'table' | 'now'>,
  { it, version }: Versioned<Segment>,
  change: { readonly name?: string; readonly condition?: Condition },
): Promise<Segment> {
  const isSame = JSON.stringify(change.condition ?? it.condition) === JSON.stringify(it.condition);
  const segment = { ...it, ...change, count: isSame ? it.count : null, changedAt: ports.now() };
  await keep(ports, segment, version);
  return segment;
}

/** Counts it anew and keeps the number with its moment, unless the segment has changed meanwhile. */
export async function recount(
  ports: Pick<Ports, 'table' | 'now'>,
  segmentId: string,
): Promise<Versioned<Segment>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await readSegment(ports, segmentId);
    if (!found) throw new Problem('not-found');
    const at = ports.now();
    const { people } = await countPeople(ports, found.it.condition, at);
    const counted = { ...found.it, count: { people, at } };
    const outcome = await ports.table.writeAll([segmentWrite(counted, found.version)]);
    if (outcome === 'written') return { it: counted, version: found.version + 1 };
  }
  throw new Problem('too-many-hands');
}

async function keep(ports: Pick<Ports, 'table'>, segment: Segment, version: number) {
  const outcome = await ports.table.writeAll([segmentWrite(segment, version)]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
}

/** An audience with its segments spelled out as they are now; one that names an unknown segment is refused. */
export async function audienceNow(
  ports: Pick<Ports, 'table'>,
  audience: AudienceCondition,
  path: string,
): Promise<Condition> {
  const named = [...new Set(segmentsIn(audience))];
  const found = await Promise.all(named.map((id) => readSegment(ports, id)));
  const unknown = named.filter((_, index) => !found[index]);
  if (unknown.length > 0)
    throw new Problem('input-invalid', {
      errors: unknown.map((id) => ({ path, detail: `there is no segment "${id}"` })),
    });
  return spelledOut(audience, new Map(named.map((id, index) => [id, found[index]!.it])));
}

/** A condition said in each language of the console. */
export type Speak = (audience: AudienceCondition | undefined) => Record<ConsoleLanguage, string>;

/** Says conditions with the names that things have now. */
export async function speaker(ports: Pick<Ports, 'table'>): Promise<Speak> {
  const [brand, topics, segments] = await Promise.all([
    readBrand(ports),
    readTopics(ports),
    readSegments(ports),
  ]);
  const names = (language: string): Names => ({
    topics: new Map(topics.map(({ id, name }) => [id, inLanguage(name, language, brand)])),
    segments: new Map(segments.map(({ it }) => [it.segmentId, it.name])),
  });
  const known = Object.fromEntries(CONSOLE_LANGUAGES.map((one) => [one, names(one)])) as Record<
    ConsoleLanguage,
    Names
  >;
  return (audience) => ({
    fr: sentenceOf(audience, 'fr', known.fr),
    en: sentenceOf(audience, 'en', known.en),
  });
}
