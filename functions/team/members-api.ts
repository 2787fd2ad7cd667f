import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import {
  apiRoute,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  mustMatch,
  newApi,
  Page,
  pageIn,
  pageOf,
  setVersion,
} from './api.ts';
import { Role, type Member } from './member.ts';
import { changeMember, invite, removeMember } from './members.ts';
import { readMembers } from './store.ts';
import type { SignIn } from './token.ts';

const Name = z.string().trim().min(1).max(80);
const MemberView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: Role,
    invitedAt: MomentText,
    /** When they first came; null for whoever has not yet. */
    joinedAt: MomentText.nullable(),
  })
  .meta({ id: 'Member' });

const tags = ['team'];
const list = apiRoute({
  method: 'get',
  path: '/members',
  scope: 'members:read',
  tags,
  summary: 'Who belongs to the house',
  request: { query: Page },
  responses: { 200: json(pageOf(MemberView), 'A page of members, in the order invited.') },
});
const add = apiRoute({
  method: 'post',
  path: '/members',
  scope: 'members:write',
  tags,
  summary: 'Invite somebody',
  description:
    'They come in with an account whose verified address is this one. Where accounts are opened for people, theirs is, and they get a mail about it.',
  request: jsonBody(z.strictObject({ name: Name, email: z.email().max(254), role: Role })),
  responses: { 201: json(MemberView, 'The member.') },
});
const change = apiRoute({
  method: 'patch',
  path: '/members/{id}',
  scope: 'members:write',
  tags,
  summary: 'Give somebody another name or role',
  description: 'It counts from their next call on. The last owner stays one.',
  request: {
    params: Id,
    ...jsonBody(z.strictObject({ name: Name.optional(), role: Role.optional() })),
  },
  responses: {
    200: json(MemberView, 'The member as they are now; the ETag is that of the next change.'),
  },
});
const show = apiRoute({
  method: 'get',
  path: '/members/{id}',
  scope: 'members:read',
  tags,
  summary: 'One member',
  request: { params: Id },
  responses: { 200: json(MemberView, 'The member; the ETag is what a change needs.') },
});
const remove = apiRoute({
  method: 'post',
  path: '/members/{id}/remove',
  scope: 'members:write',
  tags,
  summary: 'Let somebody go',
  description: 'They are outside at once. The last owner cannot go.',
  request: { params: Id },
  responses: { 200: json(MemberView, 'Who has gone.') },
});

/** The house's own people. */
export function membersApi(
  ports: Pick<Ports, 'table' | 'secrets' | 'now' | 'random'>,
  signIn: SignIn | undefined,
) {
  return newApi()
    .openapi(list, async (c) => {
      const members = (await readMembers(ports)).map(({ member }) => member);
      const { items, next } = pageIn(members, c.req.valid('query'), ({ memberId }) => memberId);
      return c.json({ items: items.map(viewOf), next }, 200);
    })
    .openapi(add, async (c) => {
      const { member, version } = await invite(ports, signIn, c.req.valid('json'));
      setVersion(c, version);
      return c.json(viewOf(member), 201);
    })
    .openapi(show, async (c) => {
      const { member, version } = await oneOf(ports, c.req.valid('param').id);
      setVersion(c, version);
      return c.json(viewOf(member), 200);
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param');
      const { name, role } = c.req.valid('json');
      const wish = { ...(name && { name }), ...(role && { role }) };
      const { member, version } = await changeMember(ports, id, wish, (now) => mustMatch(c, now));
      setVersion(c, version);
      return c.json(viewOf(member), 200);
    })
    .openapi(remove, async (c) =>
      c.json(viewOf(await removeMember(ports, signIn, c.req.valid('param').id)), 200),
    );
}

async function oneOf(ports: Pick<Ports, 'table'>, memberId: string) {
  const found = (await readMembers(ports)).find(({ member }) => member.memberId === memberId);
  if (!found) throw new Problem('not-found');
  return found;
}

function viewOf({ memberId, name, email, role, invitedAt, joinedAt }: Member) {
  return {
    id: memberId,
    name,
    email,
    role,
    invitedAt: momentText(invitedAt),
    joinedAt: momentText(joinedAt),
  };
}
