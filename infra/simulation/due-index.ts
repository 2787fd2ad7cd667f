import type { Due, Key } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import { compareText } from './partition.ts';

export type DuePlace = { readonly at: Instant; readonly pk: string; readonly sk: string };
type Change = {
  readonly name: string;
  readonly from: Due | undefined;
  readonly to: Due | undefined;
  readonly place: DuePlace;
  readonly visibleAt: Instant;
};

/** The sparse index of due moments. A write reaches it a little later than its row. */
export class DueIndex {
  readonly #shards = new Map<number, Map<string, DuePlace>>();
  /** Where each row stands now, told of at once: for who must know what is to come. */
  readonly #standing = new Map<string, Instant>();
  #coming: Change[] = [];

  move(key: Key, from: Due | undefined, to: Due | undefined, visibleAt: Instant): void {
    const name = `${key.pk}\n${key.sk}`;
    if (to) this.#standing.set(name, to.at);
    else this.#standing.delete(name);
    const place = { at: to?.at ?? 0, pk: key.pk, sk: key.sk };
    const change = { name, from, to, place, visibleAt };
    if (visibleAt === -Infinity && this.#coming.length === 0) this.#arrive(change);
    else this.#coming.push(change);
  }

  due(
    shard: number,
    until: Instant,
    after: DuePlace | undefined,
    asOf: Instant,
  ): readonly DuePlace[] {
    this.#catchUp(asOf);
    const places = this.#shards.get(shard);
    if (!places || places.size === 0) return NONE;
    const found: DuePlace[] = [];
    for (const place of places.values())
      if (place.at <= until && (!after || comparePlaces(place, after) > 0)) found.push(place);
    return found.length > 1 ? found.sort(comparePlaces) : found;
  }

  firstAt(): Instant | undefined {
    let first: Instant | undefined;
    for (const at of this.#standing.values()) if (first === undefined || at < first) first = at;
    return first;
  }

  /** Changes of one row arrive in their order, so a late one holds back those after it. */
  #catchUp(asOf: Instant): void {
    if (this.#coming.length === 0) return;
    const late = new Set<string>();
    const left: Change[] = [];
    for (const change of this.#coming)
      if (change.visibleAt > asOf || late.has(change.name)) {
        late.add(change.name);
        left.push(change);
      } else this.#arrive(change);
    this.#coming = left;
  }

  #arrive({ name, from, to, place }: Change): void {
    if (from) this.#shards.get(from.shard)?.delete(name);
    if (!to) return;
    let shard = this.#shards.get(to.shard);
    if (!shard) {
      shard = new Map<string, DuePlace>();
      this.#shards.set(to.shard, shard);
    }
    shard.set(name, place);
  }
}

const NONE: readonly DuePlace[] = [];

function comparePlaces(one: DuePlace, other: DuePlace): number {
  return one.at - other.at || compareText(one.pk, other.pk) || compareText(one.sk, other.sk);
}
