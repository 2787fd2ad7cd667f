import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { lettersOf } from './id.ts';
import type { Ports } from './ports.ts';
import { SECOND, type Instant } from './time.ts';

/** What a link may do. A token of one purpose is refused for every other. */
export type Purpose =
  | 'confirm'
  | 'preferences'
  | 'unsubscribe'
  | 'my-data'
  | 'undo'
  | 'view'
  | 'link'
  | 'reader'
  | 'answer';

const LETTERS: Record<Purpose, string> = {
  confirm: 'c',
  preferences: 'p',
  unsubscribe: 'u',
  'my-data': 'd',
  undo: 'b',
  view: 'v',
  link: 'l',
  reader: 'r',
  answer: 'a',
};

/** Whom or what a link is about. `about` says where it came from (a mailing, a topic), in `[a-z0-9_-]`. */
export type Claim = {
  readonly purpose: Purpose;
  readonly subjectId: string;
  readonly about?: string;
  /** Left out: for ever. */
  readonly expiresAt?: Instant;
};

export type Opened = {
  readonly subjectId: string;
  readonly about: string | undefined;
  /** The seal is ours, but its time has passed: a page may offer a fresh link. */
  readonly expired: boolean;
};

/**
 * Turns a claim into text that only we could have written: `key.purpose+subject.expiry.about.seal`.
 * It holds no address, and the 128-bit HMAC makes it unguessable; seconds are enough for an end.
 */
export function seal({ secrets }: Pick<Ports, 'secrets'>, claim: Claim): string {
  const { current, keys } = secrets.links;
  const end =
    claim.expiresAt === undefined ? '' : Math.floor(claim.expiresAt / SECOND).toString(36);
  const body = `${current}.${LETTERS[claim.purpose]}${claim.subjectId}.${end}.${claim.about ?? ''}`;
  return `${body}.${sign(body, keys[current]!)}`;
}

/** What a token says, or undefined when it is altered, foreign, or made for another purpose. */
export function open(
  { secrets, now }: Pick<Ports, 'secrets' | 'now'>,
  token: string,
  purpose: Purpose,
): Opened | undefined {
  const match =
    /^([\w-]{1,16})\.([a-z])([\w-]{1,250})\.([0-9a-z]{0,10})\.([\w-]{0,80})\.([\w-]{22})$/.exec(
      token,
    );
  if (!match) return undefined;
  const [, keyId = '', letter, subjectId = '', end = '', about = '', signature = ''] = match;
  const key = Object.hasOwn(secrets.links.keys, keyId) ? secrets.links.keys[keyId] : undefined;
  if (key === undefined) return undefined;
  const expected = Buffer.from(sign(token.slice(0, -signature.length - 1), key));
  if (!timingSafeEqual(expected, Buffer.from(signature))) return undefined;
  if (letter !== LETTERS[purpose]) return undefined;
  return {
    subjectId,
    about: about === '' ? undefined : about,
    expired: end !== '' && Number.parseInt(end, 36) * SECOND < now(),
  };
}

/** A keyed fingerprint of an address: enough to recognise it again, not enough to learn it. */
export function fingerprintOf({ secrets }: Pick<Ports, 'secrets'>, address: string): string {
  return createHmac('sha256', secrets.addresses).update(address).digest('base64url').slice(0, 32);
}

/**
 * An id that tells as little as one of pure chance, and is the same whenever it is made for the same
 * thing: what is done a second time, because nobody knows how far the first went, finds its own work.
 */
export function repeatableId({ secrets }: Pick<Ports, 'secrets'>, thing: string): string {
  return lettersOf(createHmac('sha256', secrets.addresses).update(thing).digest().subarray(0, 16));
}

function sign(body: string, key: string): string {
  return createHmac('sha256', keyOf(key)).update(body).digest('base64url').slice(0, 22);
}

/** A key made ready once seals twice as fast, and every mail has two seals. */
const ready = new Map<string, KeyObject>();

function keyOf(text: string): KeyObject {
  let key = ready.get(text);
  if (!key) {
    key = createSecretKey(text, 'utf8');
    ready.set(text, key);
  }
  return key;
}
