import type { Ports } from './ports.ts';
import type { Instant } from './time.ts';

/** Crockford's alphabet: no letter that looks like another, safe in a URL, a tag and a file name. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Sixteen letters of pure chance (80 bits). People get these: nothing in them tells who or when. */
export function randomId({ random }: Pick<Ports, 'random'>): string {
  return lettersOf(random(16));
}

/** Nine letters of time and seven of chance, or of order where time stands: things made later sort later. */
export function timedId({ now, random, order }: Pick<Ports, 'now' | 'random' | 'order'>): string {
  return timeLetters(now()) + (order ? timeLetters(order()).slice(-7) : lettersOf(random(7)));
}

/** A letter a byte. */
export function lettersOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => ALPHABET[byte & 31]).join('');
}

/** A moment as nine letters that sort as the moment does. */
export function timeLetters(at: Instant): string {
  let rest = at;
  let letters = '';
  for (let place = 0; place < 9; place += 1) {
    letters = ALPHABET[rest % 32]! + letters;
    rest = Math.floor(rest / 32);
  }
  return letters;
}

/** The moment in a timed id, or in anything else that begins with nine letters of time. */
export function timeIn(id: string): Instant {
  return [...id.slice(0, 9)].reduce((sum, letter) => sum * 32 + ALPHABET.indexOf(letter), 0);
}

/** A number from 0 up to `of`, always the same for the same text: shards without a hot spot. */
export function shardOf(text: string, of: number): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return (hash >>> 0) % of;
}
