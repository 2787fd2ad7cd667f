import type { Ports } from '../base/ports.ts';
import { wallTimeIn, type Instant } from '../base/time.ts';
import { campaignAsked } from '../mail/asked.ts';
import { languageFor } from '../mail/publication.ts';
import { fieldsWithoutFallback } from '../mail/template/lint.ts';
import type { Brand } from '../people/brand.ts';
import type { Profile } from '../people/person.ts';
import { readBrand, readTopic, type Person } from '../people/store.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import { mailingIdOf, type CampaignInput } from './campaign.ts';
import { candidatesOf } from './candidates.ts';
import { compileCampaign } from './compile.ts';
import { spelledOf } from './conditions.ts';
import { publicationOf } from './start.ts';
import { readCampaign } from './store.ts';

const SAMPLE = 5;

export type DryRun = {
  readonly at: string;
  readonly candidates: number;
  readonly send: number;
  readonly hold: number;
  readonly digest: number;
  readonly drop: number;
  readonly byReason: Record<string, number>;
  /** How the reach grows: the share of candidates who will have it by each day. */
  readonly reach: readonly { readonly at: string; readonly share: number }[];
  /** Of those who would read it: how many have nothing in a field that the letter shows without a fallback. */
  readonly emptyFields: Record<string, number>;
  readonly sample: readonly { readonly personId: string; readonly decision: Decision }[];
};

/** What would happen at a moment, decided by the same heart, with nothing written. */
export async function dryRun(ports: Ports, campaignId: string, at?: Instant): Promise<DryRun> {
  const held = await readCampaign(ports, campaignId);
  const { campaign, input } = held;
  const now = Math.max(at ?? campaign.schedule?.startsAt ?? 0, ports.now());
  const [brand, topic] = await Promise.all([readBrand(ports), readTopic(ports, input.topic)]);
  const mailingId = mailingIdOf(campaignId);
  const topicAtMost = topic?.it.atMost ?? null;
  const publication = publicationOf(await spelledOf(ports, held), brand, {
    number: campaign.number ?? Number.MAX_SAFE_INTEGER,
    mailingId,
    topicAtMost,
    now,
  });
  const wallTime = campaign.schedule?.atReaders ? campaign.schedule.wallTime : null;
  const mail = campaignAsked({ kind: 'campaign', wallTime }, publication);
  const candidatesFrom = await candidatesOf(ports, held, 1);
  const count = { send: 0, hold: 0, digest: 0, drop: 0 };
  const byReason: Record<string, number> = {};
  const days = new Map<string, number>();
  const sample: DryRun['sample'][number][] = [];
  const sampled: Record<string, number> = {};
  const gaps = await gapsOf(input, brand);
  const emptyFields: Record<string, number> = {};

  let from: string | undefined;
  do {
    const page = await candidatesFrom(0, from);
    from = page.next;
    for (const person of page.people) {
      const decision = decide({ mail, reader: person.reader.it, brand, now });
      count[decision.kind] += 1;
      byReason[decision.because] = (byReason[decision.because] ?? 0) + 1;
      const arrives = arrivesAt(decision, now);
      if (arrives !== undefined) {
        for (const name of gaps(person)) emptyFields[name] = (emptyFields[name] ?? 0) + 1;
        const day = wallTimeIn(brand.timeZone, arrives).date;
        days.set(day, (days.get(day) ?? 0) + 1);
      }
      const seen = (sampled[decision.because] = (sampled[decision.because] ?? 0) + 1);
      if (seen <= SAMPLE) sample.push({ personId: person.reader.it.personId, decision });
    }
  } while (from !== undefined);

  const candidates = count.send + count.hold + count.digest + count.drop;
  return {
    at: new Date(now).toISOString(),
    candidates,
    ...count,
    byReason,
    reach: reachOf(days, candidates),
    emptyFields,
    sample,
  };
}

/** Which fields the letter shows to a person without having anything to show. */
async function gapsOf(
  input: CampaignInput,
  brand: Brand,
): Promise<(person: Person) => readonly string[]> {
  const letters = await compileCampaign(input, brand);
  const languages = [...letters.keys()];
  const shown = new Map(
    [...letters].map(([language, { holes }]) => [language, fieldsWithoutFallback(holes)]),
  );
  return ({ reader, profile }) => {
    const language = languageFor({ languages }, reader.it.language, brand.language);
    return (shown.get(language) ?? []).filter((name) => isEmpty(profile.it, name));
  };
}

function isEmpty(profile: Profile, name: string): boolean {
  const [, group = '', key = ''] = /^person\.(\w+)(?:\.|\[["'])?([\w-]*)/.exec(name) ?? [];
  const value: unknown =
    group === 'givenName' || group === 'familyName'
      ? profile[group]
      : (profile[group as 'fields' | 'facts'] as Record<string, unknown>)[key];
  return value === undefined || value === null || value === '';
}

function arrivesAt(decision: Decision, now: Instant): Instant | undefined {
  switch (decision.kind) {
    case 'send':
      return now;
    case 'hold':
      return decision.until;
    case 'digest':
      return decision.on;
    case 'drop':
      return undefined;
  }
}

function reachOf(days: ReadonlyMap<string, number>, candidates: number): DryRun['reach'] {
  let sum = 0;
  return [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([at, count]) => {
      sum += count;
      return { at, share: Math.round((sum / candidates) * 1_000) / 1_000 };
    });
}
