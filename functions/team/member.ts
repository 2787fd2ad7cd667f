import * as z from 'zod';
import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';

/** What somebody of the house is there for; one a person, and each is a set of scopes. */
export const Role = z.enum(['owner', 'editor', 'sender', 'support', 'analyst']);
export type Role = z.infer<typeof Role>;

/** Somebody of the house. Their password, if there is one, is their issuer's business and never ours. */
export const Member = z.object({
  format: z.literal(1),
  memberId: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  /** Their account at the issuer, known since they first came: an address that changes hands opens nothing. */
  subject: z.string().nullable(),
  invitedAt: z.number(),
  joinedAt: z.number().nullable(),
});
export type Member = z.infer<typeof Member>;

export type NewMember = { readonly name: string; readonly email: string; readonly role: Role };

/** Somebody who may come in from now on. */
export function memberOf(
  ports: Pick<Ports, 'now' | 'random'>,
  { name, email, role }: NewMember,
): Member {
  return {
    format: 1,
    memberId: timedId(ports),
    name,
    email: plainAddress(email),
    role,
    subject: null,
    invitedAt: ports.now(),
    joinedAt: null,
  };
}

/** One address written one way, so that whoever is invited is recognised. */
export function plainAddress(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
