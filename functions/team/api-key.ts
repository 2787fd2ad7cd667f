import { createHash } from 'node:crypto';
import * as z from 'zod';
import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';

/** What a caller may do, by resource and verb. Writing a campaign and sending it are two things. */
export const Scope = z.enum([
  'api-keys:read',
  'api-keys:write',
  'audit:read',
  'campaigns:read',
  'campaigns:send',
  'campaigns:test',
  'campaigns:write',
  'events:write',
  'imports:write',
  'members:read',
  'members:write',
  'people:erase',
  'people:read',
  'people:write',
  'reports:read',
  'segments:read',
  'segments:write',
  'settings:read',
  'settings:write',
  'topics:read',
  'topics:write',
]);
export type Scope = z.infer<typeof Scope>;
export const ALL_SCOPES: readonly Scope[] = Scope.options;

/** What is kept of a key: its hash is the row's key, and the key itself is nowhere. */
export const ApiKey = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  scopes: z.array(Scope),
  /** Made for trying things out: it never sends. */
  test: z.boolean(),
  /** The last letters, for its owner to tell it from another. */
  hint: z.string(),
  createdAt: z.number(),
  withdrawnAt: z.number().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

const PLAIN = /^mod_(live|test)_[\w-]{43}$/;

/** A new key as its owner will hold it: 256 bits of chance behind a word that secret scanners can find. */
export function newPlainKey({ random }: Pick<Ports, 'random'>, kind: 'live' | 'test'): string {
  return `mod_${kind}_${Buffer.from(random(32)).toString('base64url')}`;
}

export function isPlainKey(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * One round of SHA-256 is enough here: slow hashes protect what people invent, and nobody guesses
 * 256 bits of chance. It also lets the hash be the row's key, so that a call costs one read.
 */
export function hashOfKey(plain: string): string {
  return createHash('sha256').update(plain).digest('hex');
}

export function apiKeyOf(
  ports: Pick<Ports, 'now' | 'random'>,
  plain: string,
  { name, scopes }: { readonly name: string; readonly scopes: readonly Scope[] },
): ApiKey {
  return {
    format: 1,
    id: timedId(ports),
    name,
    scopes: [...new Set(scopes)].sort(),
    test: plain.startsWith('mod_test_'),
    hint: plain.slice(-4),
    createdAt: ports.now(),
    withdrawnAt: null,
  };
}

/** Withdrawing twice changes nothing. */
export function withdrawn(key: ApiKey, now: Instant): ApiKey {
  return { ...key, withdrawnAt: key.withdrawnAt ?? now };
}
