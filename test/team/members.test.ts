import { describe, expect, it } from 'vitest';
import { memberOf, type Role } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { openDesk, type Desk, type ProblemBody } from '../api/desk.ts';
import { withTopics } from '../api/cast.ts';
import { someIssuer } from './issuer.ts';

type Member = { id: string; email: string; role: Role; joinedAt: string | null };
type Entry = {
  at: string;
  by: { is: string; name: string; role: Role | null };
  act: string;
  on: string | null;
  outcome: string;
};

async function house() {
  const { signIn, token } = someIssuer();
  const opened: string[] = [];
  const openAccount = async (email: string) => void opened.push(email);
  const desk = await openDesk({ signIn: { ...signIn, openAccount } });
  const as = async (email: string) => ({ authorization: `Bearer ${await token(email)}` });
  const add = async (name: string, role: Role) => {
    const member = memberOf(desk.ports, { name, email: `${name}@example.org`, role });
    await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
    return { id: member.memberId, headers: await as(member.email) };
  };
  return { desk, as, add, opened, owner: await add('claire', 'owner') };
}
const log = async (desk: Desk, query = '') =>
  (await desk.ask<{ items: Entry[]; next: string | null }>('GET', `/audit${query}`)).body;

describe('an owner', () => {
  it('invites somebody, who gets an account where those are opened, and comes in with it', async () => {
    const { desk, as, owner, opened } = await house();
    const wish = { name: 'Hugo', email: 'Hugo@Example.org', role: 'editor' };
    const made = await desk.ask<Member>('POST', '/members', wish, owner.headers);
    expect([made.status, made.body.email, made.body.joinedAt]).toEqual([
      201,
      'hugo@example.org',
      null,
    ]);
    expect(opened).toEqual(['hugo@example.org']);
    expect(
      (await desk.ask('GET', '/campaigns', undefined, await as('hugo@example.org'))).status,
    ).toBe(200);
    const list = await desk.ask<{ items: Member[] }>('GET', '/members', undefined, owner.headers);
    expect(list.body.items.map(({ joinedAt }) => joinedAt === null)).toEqual([false, false]);
    const twice = await desk.ask<ProblemBody>('POST', '/members', wish, owner.headers);
    expect([twice.status, twice.body.code]).toEqual([409, 'already-there']);
  });

  it('changes a role, which counts from the next call on, and lets somebody go at once', async () => {
    const { desk, add, owner } = await house();
    const hugo = await add('hugo', 'analyst');
    const path = `/members/${hugo.id}`;
    expect((await desk.ask('GET', '/people', undefined, hugo.headers)).status).toBe(403);
    expect((await desk.ask('PATCH', path, { role: 'support' }, owner.headers)).status).toBe(428);
    const { headers } = await desk.ask('GET', path, undefined, owner.headers);
    const match = { ...owner.headers, 'if-match': headers.get('etag') ?? '' };
    expect((await desk.ask('PATCH', path, { role: 'support' }, match)).status).toBe(200);
    expect((await desk.ask('PATCH', path, { role: 'owner' }, match)).status).toBe(412);
    expect((await desk.ask('GET', '/people', undefined, hugo.headers)).status).toBe(200);
    expect((await desk.ask('POST', `${path}/remove`, undefined, owner.headers)).status).toBe(200);
    const gone = await desk.ask<ProblemBody>('GET', '/me', undefined, hugo.headers);
    expect([gone.status, gone.body.code]).toEqual([403, 'not-a-member']);
  });

  it('who is the last cannot go, nor two at once', async () => {
    const { desk, add, owner } = await house();
    const remove = (id: string) => desk.ask<ProblemBody>('POST', `/members/${id}/remove`);
    expect((await remove(owner.id)).body.code).toBe('last-owner');
    const headers = { 'if-match': '*' };
    const step = await desk.ask<ProblemBody>(
      'PATCH',
      `/members/${owner.id}`,
      { role: 'editor' },
      headers,
    );
    expect([step.status, step.body.code]).toEqual([409, 'last-owner']);
    const nadia = await add('nadia', 'owner');
    const both = await Promise.all([remove(owner.id), remove(nadia.id)]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const left = (await desk.ask<{ items: Member[] }>('GET', '/members')).body.items;
    expect(left.filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});

describe('somebody who goes', () => {
  async function goes(closeAccount: (email: string) => Promise<void>) {
    const { signIn, token } = someIssuer();
    const desk = await openDesk({ signIn: { ...signIn, closeAccount } });
    for (const name of ['claire', 'hugo']) {
      const member = memberOf(desk.ports, { name, email: `${name}@example.org`, role: 'owner' });
      await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
    }
    const headers = { authorization: `Bearer ${await token('hugo@example.org')}` };
    const me = await desk.ask<{ id: string }>('GET', '/me', undefined, headers);
    expect(me.status).toBe(200);
    const members = (await desk.ask<{ items: Member[] }>('GET', '/members')).body.items;
    const hugo = members.find(({ email }) => email === 'hugo@example.org')!;
    expect((await desk.ask('POST', `/members/${hugo.id}/remove`)).status).toBe(200);
    return { ask: (path: string) => desk.ask<ProblemBody>('GET', path, undefined, headers) };
  }

  it('has their account closed, and finds every door shut with a token that is still good', async () => {
    const closed: string[] = [];
    const { ask } = await goes(async (email) => void closed.push(email));
    expect(closed).toEqual(['hugo@example.org']);
    for (const path of ['/me', '/campaigns', '/people', '/reports/today', '/brand']) {
      const { status, body } = await ask(path);
      expect([path, status, body.code]).toEqual([path, 403, 'not-a-member']);
    }
  });

  it('is outside all the same when who signs people in does not answer', async () => {
    const { ask } = await goes(() => Promise.reject(new Error('no answer')));
    expect((await ask('/me')).body.code).toBe('not-a-member');
  });
});

describe('the audit log', () => {
  it('says who did what to what and how it ended, newest first, with what was refused', async () => {
    const { desk, add, owner } = await house();
    const tom = await add('tom', 'analyst');
    await withTopics(desk, 'news');
    await desk.passTime(1_000);
    await desk.ask('POST', '/topics/news/retire', undefined, owner.headers);
    await desk.passTime(1_000);
    await desk.ask('POST', '/topics/news/retire', undefined, tom.headers);
    await desk.passTime(1_000);
    await desk.ask('POST', '/topics', { id: 'news', name: { fr: 'Encore' } }, owner.headers);
    await desk.ask('GET', '/topics', undefined, owner.headers);
    const { items } = await log(desk);
    expect(items.map(({ by, act, on, outcome }) => [by.name, by.role, act, on, outcome])).toEqual([
      ['claire', 'owner', 'POST /topics', null, 'already-there'],
      ['tom', 'analyst', 'POST /topics/:id/retire', 'news', 'role-may-not'],
      ['claire', 'owner', 'POST /topics/:id/retire', 'news', 'done'],
      ['laptop', null, 'POST /topics', null, 'done'],
    ]);
  });

  it('holds no address and no text, even where somebody puts one into a path', async () => {
    const { desk, owner } = await house();
    const hugo = { name: 'Hugo Marchand', email: 'hugo@example.org', role: 'editor' };
    await desk.ask('POST', '/members', hugo, owner.headers);
    await desk.ask('POST', '/topics/ada@example.org/retire', undefined, owner.headers);
    const text = JSON.stringify((await log(desk)).items);
    expect(text).toContain('POST /members');
    expect(text).not.toMatch(/@|Marchand/);
  });

  it('is not flooded by a till, nor by a draft that is saved while it is written', async () => {
    const { desk, owner } = await house();
    await withTopics(desk, 'news');
    for (let time = 0; time < 3; time += 1)
      await desk.ask('POST', '/people', { email: `a${time}@example.org`, subscriptions: [] });
    await desk.ask('POST', '/people/lookup', { email: 'a1@example.org' }, owner.headers);
    const draft = {
      name: 'One',
      topic: 'news',
      subject: 'One',
      content: { format: 'markdown', source: 'One' },
    };
    await desk.passTime(1_000);
    const { body } = await desk.ask<{ id: string }>('POST', '/campaigns', draft, owner.headers);
    await desk.passTime(600_000);
    const save = (name: string) =>
      desk.ask('PATCH', `/campaigns/${body.id}`, { name }, { ...owner.headers, 'if-match': '*' });
    for (const name of ['Two', 'Three', 'Four']) expect((await save(name)).status).toBe(200);
    expect((await log(desk)).items.map(({ act }) => act)).toEqual([
      'PATCH /campaigns/:id',
      'POST /campaigns',
      'POST /topics',
    ]);
  });

  it('is read page by page and of one person or thing, over the turn of a year', async () => {
    const { desk } = await house();
    await withTopics(desk, 'a', 'b');
    await desk.passTime({ to: Date.UTC(2027, 0, 2) });
    await withTopics(desk, 'c');
    await desk.ask('POST', '/topics/b/retire');
    const seen: string[] = [];
    let query = '?limit=1';
    for (let page = 0; page < 4; page += 1) {
      const { items, next } = await log(desk, query);
      seen.push(...items.map(({ at }) => at.slice(0, 4)));
      if (next === null) break;
      query = `?limit=1&cursor=${next}`;
    }
    expect(seen).toEqual(['2027', '2027', '2026', '2026']);
    expect((await log(desk, '?on=b')).items.map(({ act }) => act)).toEqual([
      'POST /topics/:id/retire',
    ]);
    expect((await log(desk, '?by=nobody')).items).toEqual([]);
  });
});
