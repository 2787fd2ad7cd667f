import { TABLE_LIMITS, type Key, type Write } from '../../functions/base/ports.ts';

/** What no table takes is a fault of whoever asks, found before anything is touched. */
export function checkTogether(writes: readonly Write[]): void {
  if (writes.length > TABLE_LIMITS.rowsAtOnce)
    throw new Error(`${writes.length} rows in one write; at most ${TABLE_LIMITS.rowsAtOnce}`);
  for (const write of writes) checkEach(write);
  const names = new Set(writes.map(({ key }) => `${key.in} ${key.pk}\n${key.sk}`));
  if (names.size < writes.length) throw new Error('one write names the same row twice');
}

export function checkEach(write: Write): void {
  const { key } = write;
  if (key.pk === '' || key.sk === '') throw new Error('a key without text');
  if (write.kind === 'put') textOf(key, write.data);
  if (write.kind === 'add' && !Object.values(write.counters).every(Number.isFinite))
    throw new Error('only numbers can be added');
}

/** The data as it comes back: JSON, of nobody's making any more, and not to be changed by anybody. */
export function frozen(key: Key, data: unknown): unknown {
  return freeze(JSON.parse(textOf(key, data)));
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
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
