import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { memberOf, plainAddress, type Member } from './member.ts';
import { findMember, memberWrite, readMembers } from './store.ts';
import type { Claims, SignIn } from './token.ts';

type Doors = Pick<Ports, 'table' | 'secrets' | 'now' | 'random'>;
const ATTEMPTS = 4;

/**
 * The member behind a verified address. The first time they come, their account at the issuer is
 * noted on their row; from then on another account with the same address is somebody else.
 */
export async function memberBehind(ports: Doors, signIn: SignIn, claims: Claims): Promise<Member> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found =
      (await findMember(ports, claims.email)) ?? (await firstOwner(ports, signIn, claims));
    if (!found) throw new Problem('not-a-member');
    const { member, version } = found;
    if (member.subject === claims.sub) return member;
    if (member.subject !== null)
      throw new Problem('not-a-member', {
        detail: 'This address now belongs to another account than the one that was let in.',
      });
    const joined: Member = { ...member, subject: claims.sub, joinedAt: ports.now() };
    const outcome = await ports.table.writeAll([memberWrite(ports, { member: joined, version })]);
    if (outcome === 'written') return joined;
  }
  throw new Problem('too-many-hands');
}

/** Somebody has to be first: who that is stands in the settings, and only an empty house asks. */
async function firstOwner(ports: Doors, signIn: SignIn, { email }: Claims) {
  if (signIn.firstOwner === undefined || plainAddress(signIn.firstOwner) !== plainAddress(email))
    return undefined;
  if ((await readMembers(ports)).length > 0) return undefined;
  const name = email.slice(0, email.indexOf('@'));
  return { member: memberOf(ports, { name, email, role: 'owner' }), version: 0 };
}
