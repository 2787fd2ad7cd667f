import { factsOf, log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { memberOf, type Member, type NewMember } from './member.ts';
import { memberWrite, readTeam, teamWrite, type KeptMember, type Team } from './store.ts';
import type { SignIn } from './token.ts';

type Doors = Pick<Ports, 'table' | 'secrets' | 'now' | 'random'>;

/** Somebody may come in from now on. Where accounts are opened for people, theirs is. */
export async function invite(
  ports: Doors,
  signIn: SignIn | undefined,
  wish: NewMember,
): Promise<KeptMember> {
  const member = memberOf(ports, wish);
  const team = await readTeam(ports);
  if (team.members.some(({ member: { email } }) => email === member.email))
    throw new Problem('already-there', {
      errors: [{ path: 'email', detail: 'belongs to the house already' }],
    });
  await signIn?.openAccount?.(member.email);
  await keep(ports, team, memberWrite(ports, { member, version: 0 }));
  return { member, version: 1 };
}

export type MemberChange = Partial<Pick<Member, 'name' | 'role'>>;

/** Another name or role. */
export async function changeMember(
  ports: Doors,
  memberId: string,
  change: MemberChange,
  mustMatch: (version: number) => void,
): Promise<KeptMember> {
  const team = await readTeam(ports);
  const { member, version } = find(team, memberId);
  mustMatch(version);
  const after = { ...member, ...change };
  mustKeepAnOwner(team, memberId, after);
  await keep(ports, team, memberWrite(ports, { member: after, version }));
  return { member: after, version: version + 1 };
}

/**
 * They are outside at once: each call asks for its member anew. Their account at the issuer is closed
 * after that; should the issuer not answer, they can sign in there and still find every door shut.
 */
export async function removeMember(
  ports: Doors,
  signIn: SignIn | undefined,
  memberId: string,
): Promise<Member> {
  const team = await readTeam(ports);
  const { member, version } = find(team, memberId);
  mustKeepAnOwner(team, memberId, undefined);
  const { key } = memberWrite(ports, { member, version });
  await keep(ports, team, { kind: 'remove', key, expected: version });
  await signIn
    ?.closeAccount?.(member.email)
    .catch((error: unknown) =>
      log('error', 'account-not-closed', { member: memberId, ...factsOf(error) }),
    );
  return member;
}

function find({ members }: Team, memberId: string): KeptMember {
  const found = members.find(({ member }) => member.memberId === memberId);
  if (!found) throw new Problem('not-found');
  return found;
}

/** A house without an owner could never be opened again. */
function mustKeepAnOwner({ members }: Team, memberId: string, after: Member | undefined): void {
  const others = members.filter(({ member }) => member.memberId !== memberId);
  const team = [...others.map(({ member }) => member), ...(after ? [after] : [])];
  if (!team.some(({ role }) => role === 'owner')) throw new Problem('last-owner');
}

/** All changes of the team serialise on one row, so that two owners cannot let each other go at once. */
async function keep(
  ports: Doors,
  team: Team,
  write: Parameters<Ports['table']['writeAll']>[0][number],
): Promise<void> {
  const outcome = await ports.table.writeAll([write, teamWrite(team.version)]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
}
