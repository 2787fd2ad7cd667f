import type { Instant } from '../../functions/base/time.ts';

type Entry = { readonly at: Instant; readonly order: number; readonly run: () => void };

/** What is to happen, earliest first; at one moment, in the order it was asked for (a binary heap). */
export class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;

  add(at: Instant, run: () => void): void {
    this.#order += 1;
    const entry = { at, order: this.#order, run };
    const heap = this.#heap;
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, heap[above]!)) break;
      heap[place] = heap[above]!;
      place = above;
    }
    heap[place] = entry;
  }

  first(): Entry | undefined {
    return this.#heap[0];
  }

  take(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
      if (!isBefore(heap[below]!, last)) break;
      heap[place] = heap[below]!;
      place = below;
    }
    heap[place] = last;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
