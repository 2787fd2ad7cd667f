import { TABLE_LIMITS, type Key, type Write } from '../../functions/base/ports.ts';

/** A write as it will be kept: the text of its data is made once, for its size and for what comes back. */
export type Ready = { readonly write: Write; readonly text: string };

/** What no table takes is a fault of whoever asks, found before anything is touched. */
export function readyTogether(writes: readonly Write[]): Ready[] {
  if (writes.length > TABLE_LIMITS.rowsAtOnce)
    throw new Error(`${writes.length} rows in one write; at most ${TABLE_LIMITS.rowsAtOnce}`);
  if (writes.length > 1) {
    const names = new Set(writes.map(({ key }) => `${key.in} ${key.pk}\n${key.sk}`));
    if (names.size < writes.length) throw new Error('one write names the same row twice');
  }
  return writes.map(ready);
}

export function ready(write: Write): Ready {
  const { key } = write;
  if (key.pk === '' || key.sk === '') throw new Error('a key without text');
  if (write.kind === 'add' && !Object.values(write.counters).every(Number.isFinite))
    throw new Error('only numbers can be added');
  return { write, text: write.kind === 'put' ? textOf(key, write.data) : '' };
}

/** The data as it comes back: JSON, of nobody's making any more, and not to be changed by anybody. */
export function frozen(text: string): unknown {
  return freeze(JSON.parse(text));
}

function textOf(key: Key, data: unknown): string {
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) throw new Error('a row without data');
  // A letter takes three bytes at most, so most rows need not be counted.
  if (text.length * 3 > TABLE_LIMITS.rowBytes) {
    const bytes = Buffer.byteLength(text) + Buffer.byteLength(key.pk) + Buffer.byteLength(key.sk);
    if (bytes > TABLE_LIMITS.rowBytes)
      throw new Error(`a row of ${bytes} bytes in ${key.in}; at most ${TABLE_LIMITS.rowBytes}`);
  }
  return text;
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) for (const inner of value) freeze(inner);
  else for (const name in value) freeze((value as Record<string, unknown>)[name]);
  return Object.freeze(value);
}
