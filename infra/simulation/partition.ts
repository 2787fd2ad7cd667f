import type { Row } from '../../functions/base/ports.ts';

/** The rows of one partition key, in the order of their sort keys. */
export class Partition {
  readonly #rows = new Map<string, Row>();
  #sorted: Row[] | undefined;

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  get(sk: string): Row | undefined {
    return this.#rows.get(sk);
  }

  set(sk: string, row: Row): void {
    this.#rows.set(sk, row);
    this.#sorted = undefined;
  }

  remove(sk: string): void {
    this.#rows.delete(sk);
    this.#sorted = undefined;
  }

  rows(newestFirst: boolean): readonly Row[] {
    this.#sorted ??= [...this.#rows.values()].sort((one, other) =>
      compareText(one.key.sk, other.key.sk),
    );
    return newestFirst ? [...this.#sorted].reverse() : this.#sorted;
  }
}

/** By their bytes in UTF-8, as every table sorts; JavaScript's own order differs beyond U+D7FF. */
export function compareText(one: string, other: string): number {
  if (BEYOND.test(one) || BEYOND.test(other))
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : one > other ? 1 : 0;
}

const BEYOND = /[\ud800-\uffff]/;
