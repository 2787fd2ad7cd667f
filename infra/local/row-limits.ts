import { TABLE_LIMITS, type Key, type Write } from '../../functions/base/ports.ts';

const PARTITION_KEY_BYTES = 2_048;
const SORT_KEY_BYTES = 1_024;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

/** What the table on AWS would refuse is refused here too, so that what passes here passes there. */
export function checkTogether(writes: readonly Write[]): void {
  if (writes.length > TABLE_LIMITS.rowsAtOnce)
    throw new Error(`${writes.length} rows in one write; at most ${TABLE_LIMITS.rowsAtOnce}`);
  const names = new Set(writes.map(({ key }) => `${key.in} ${key.pk}\n${key.sk}`));
  if (names.size < writes.length) throw new Error('one write names the same row twice');
}

/** Of a text at hand we know its letters; its bytes are counted only when there may be too many. */
const BYTES_A_LETTER = 3;

const isLonger = (text: string, bytes: number) =>
  text.length * BYTES_A_LETTER > bytes && Buffer.byteLength(text) > bytes;

export function checkSize(texts: readonly string[]): void {
  const letters = texts.reduce((sum, text) => sum + text.length, 0);
  if (letters * BYTES_A_LETTER <= BYTES_AT_ONCE) return;
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > BYTES_AT_ONCE)
    throw new Error(`${bytes} bytes in one write; at most ${BYTES_AT_ONCE}`);
}

export function checkRow(write: Write): void {
  checkKey(write.key);
  if (write.kind === 'add' && !Object.values(write.counters).every(Number.isFinite))
    throw new Error('only numbers can be added');
}

/** The text that is kept, once it is known to fit. */
export function textOf(key: Key, data: unknown): string {
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined) throw new Error('a row without data');
  if ((text.length + key.pk.length + key.sk.length) * BYTES_A_LETTER <= TABLE_LIMITS.rowBytes)
    return text;
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(key.pk) + Buffer.byteLength(key.sk);
  if (bytes > TABLE_LIMITS.rowBytes)
    throw new Error(`a row of ${bytes} bytes in ${key.in}; at most ${TABLE_LIMITS.rowBytes}`);
  return text;
}

function checkKey({ pk, sk }: Key): void {
  if (pk === '' || sk === '') throw new Error('a key without text');
  if (isLonger(pk, PARTITION_KEY_BYTES) || isLonger(sk, SORT_KEY_BYTES))
    throw new Error('a key is too long');
}
