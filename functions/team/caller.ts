import type { Scope } from './api-key.ts';
import type { Role } from './member.ts';

/** Who calls, and what they may do: a program with its key, or somebody of the house. */
export type Caller = {
  readonly is: 'key' | 'member';
  readonly id: string;
  readonly name: string;
  /** A member's; a key has none. */
  readonly role: Role | null;
  readonly email: string | null;
  readonly scopes: readonly Scope[];
  /** A test key: everything but sending. */
  readonly test: boolean;
};
