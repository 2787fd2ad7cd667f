import type { Ports } from '../base/ports.ts';
import type { Instant, WallTime } from '../base/time.ts';
import type { Person } from '../people/store.ts';
import type { Decision } from '../policy/decision.ts';
import { gapsOf } from './gaps.ts';
import { rehearsalOf } from './rehearsal.ts';
import { readCampaign } from './store.ts';

/** Which of the figures of a dry run; one that is not named asks for everybody. */
export type Figure = {
  readonly decision?: Decision['kind'] | undefined;
  readonly reason?: string | undefined;
  /** A field that the letter shows, and in which they have nothing. */
  readonly emptyField?: string | undefined;
};
/** Where a list ended: a page of candidates, and how many people of it were looked at. */
export type ListPlace = { readonly from: string | null; readonly index: number };
export type Behind = { readonly person: Person; readonly decision: Decision };
type Asked = {
  readonly now: Instant;
  readonly wallTime: WallTime | null;
  readonly limit: number;
  readonly after: ListPlace | undefined;
};

/** A call looks at no more pages of people than this; then it hands back the place where it stopped. */
const PAGES_A_CALL = 8;

/**
 * The people behind one figure of a dry run, decided as it decides, with nothing written. A page may
 * be short, or empty, and the list still go on: few may be found among many.
 */
export async function peopleBehind(
  ports: Ports,
  campaignId: string,
  figure: Figure,
  { limit, after, ...leaving }: Asked,
): Promise<{ readonly found: readonly Behind[]; readonly next: ListPlace | null }> {
  const held = await readCampaign(ports, campaignId);
  const { candidates, decisionFor, brand } = await rehearsalOf(ports, held, leaving);
  const { emptyField } = figure;
  const gaps =
    emptyField === undefined ? undefined : ((await gapsOf(held.input, brand)) ?? (() => []));
  const found: Behind[] = [];
  let place: ListPlace | null = after ?? { from: null, index: 0 };
  for (let pages = 0; pages < PAGES_A_CALL && place; pages += 1) {
    const { from, index: start }: ListPlace = place;
    const { people, next } = await candidates(0, from ?? undefined);
    for (const [index, person] of people.entries()) {
      if (index < start) continue;
      if (found.length === limit) return { found, next: { from, index } };
      const decision = decisionFor(person);
      if (!isBehind(figure, decision)) continue;
      if (gaps && !(decision.kind !== 'drop' && gaps(person).includes(emptyField!))) continue;
      found.push({ person, decision });
    }
    place = next === undefined ? null : { from: next, index: 0 };
  }
  return { found, next: place };
}

const isBehind = ({ decision, reason }: Figure, { kind, because }: Decision) =>
  (decision === undefined || decision === kind) && (reason === undefined || reason === because);
