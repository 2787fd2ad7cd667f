import { sign } from 'hono/jwt';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { keysOfIssuer } from '../../functions/team/issuer-keys.ts';
import { memberOf, type Role } from '../../functions/team/member.ts';
import { findMember, memberWrite } from '../../functions/team/store.ts';
import { openDesk, type ProblemBody } from '../api/desk.ts';
import { someIssuer } from './issuer.ts';

const { signIn, token, now } = someIssuer();
const desk = await openDesk({ signIn: { ...signIn, firstOwner: 'First@Example.org' } });
const add = async (email: string, role: Role) => {
  const member = memberOf(desk.ports, { name: 'Somebody', email, role });
  await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
};
type Me = { is: string; role: string; email: string; scopes: string[]; brand: { name: string } };
const me = async (bearer: string) => {
  const answer = await desk.ask<Me & ProblemBody>('GET', '/me', undefined, {
    authorization: `Bearer ${bearer}`,
  });
  return { ...answer, said: [answer.status, answer.body.code] };
};

describe('who signs in', () => {
  it('owns the house if it has nobody yet and the settings name their address; nobody does after them', async () => {
    expect((await me(await token('other@example.org'))).said).toEqual([403, 'not-a-member']);
    const first = await me(await token('first@example.org'));
    expect(first.body).toMatchObject({ is: 'member', role: 'owner', email: 'first@example.org' });
    expect(first.body.brand.name).toBe('Maison Delorme');
    expect((await me(await token('other@example.org'))).said).toEqual([403, 'not-a-member']);
  });

  it('comes in as the member with that address, however it is written, and may what the role may', async () => {
    await add('Ada@Example.org', 'analyst');
    const { status, body } = await me(await token('ADA@example.ORG'));
    expect([status, body.role]).toEqual([200, 'analyst']);
    expect(body.scopes).toContain('campaigns:read');
    expect(body.scopes).not.toContain('people:read');
  });

  it('is noted with their account, so that another account with the same address stays outside', async () => {
    await add('bob@example.org', 'editor');
    expect((await findMember(desk.ports, 'bob@example.org'))?.member.joinedAt).toBeNull();
    const both = [await token('bob@example.org'), await token('bob@example.org')];
    expect(new Set((await Promise.all(both.map(me))).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    const other = await token('bob@example.org', { sub: 'somebody-else' });
    expect((await me(other)).said).toEqual([403, 'not-a-member']);
    expect((await findMember(desk.ports, 'bob@example.org'))?.member.joinedAt).toBe(
      desk.ports.now(),
    );
  });
});

describe('a token', () => {
  const { token: foreign } = someIssuer();
  const half = { kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I', kid: 'RS256-1' };
  const claims = {
    iss: 'https://issuer.test',
    aud: 'console',
    sub: 'account-of-first@example.org',
    email: 'first@example.org',
    email_verified: true,
    exp: now() + 3600,
  };
  const none = (alg: string) =>
    [{ alg, kid: 'RS256-1' }, claims, {}]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  const cases: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['signed by somebody else', () => foreign('first@example.org')],
    ['of another issuer', () => token('first@example.org', { iss: 'https://evil.test' })],
    ['for another client', () => token('first@example.org', { aud: 'till' })],
    ['for no client', () => token('first@example.org', { aud: undefined })],
    ['for using, not for knowing who', () => token('first@example.org', { token_use: 'access' })],
    ['without an end', () => token('first@example.org', { exp: undefined })],
    ['whose address nobody verified', () => token('first@example.org', { email_verified: false })],
    [
      'without a word on the address',
      () => token('first@example.org', { email_verified: undefined }),
    ],
    ['without an address', () => token('first@example.org', { email: undefined })],
    ['not signed at all', () => none('none')],
    ['signed with a shared secret', () => sign(claims, half.k, 'HS256')],
    ['that is broken', () => 'a.b.c'],
    [
      'with a broken signature',
      async () => `${(await token('first@example.org')).slice(0, -8)}AAAAAAAA`,
    ],
    ['not good yet', () => token('first@example.org', { nbf: now() + 600 })],
  ];
  it.each(cases)('%s is refused', async (_, make) => {
    const answer = await me(await make());
    expect(answer.said).toEqual([401, 'token-not-valid']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('that has run out is refused as such, so that it can be renewed', async () => {
    const old = await token('first@example.org', { exp: now() - 1 });
    expect((await me(old)).said).toEqual([401, 'token-expired']);
  });

  it('of an issuer with elliptic keys is as good', async () => {
    const other = someIssuer('https://issuer.test', 'ES256');
    const house = await openDesk({ signIn: { ...other.signIn, firstOwner: 'ada@example.org' } });
    const authorization = `Bearer ${await other.token('ada@example.org')}`;
    expect((await house.ask('GET', '/me', undefined, { authorization })).status).toBe(200);
  });

  it('is worth nothing where nobody signs people in', async () => {
    const house = await openDesk();
    const authorization = `Bearer ${await token('first@example.org')}`;
    const answer = await house.ask<ProblemBody>('GET', '/me', undefined, { authorization });
    expect([answer.status, answer.body.code]).toEqual([401, 'token-not-valid']);
  });
});

describe('the console before anybody has signed in', () => {
  it('learns where to sign in, and no secret', async () => {
    const answer = await desk.app.request('/console/config.json');
    expect(await answer.json()).toEqual({
      signIn: {
        issuer: 'https://issuer.test',
        clientId: 'console',
        scope: 'openid email profile',
        signedInPath: '/console/signed-in',
        signedOutPath: '/console/',
      },
    });
    const nobody = await (await openDesk()).app.request('/console/config.json');
    expect(await nobody.json()).toEqual({ signIn: null });
  });
});

describe('the keys of an issuer', () => {
  let asked = 0;
  let state: 'well' | 'down' | 'liar' = 'well';
  let kids = ['one'];
  const server = createServer((request, response) => {
    asked += 1;
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    response.statusCode = state === 'down' ? 503 : 200;
    response.end(
      JSON.stringify(
        request.url === '/keys'
          ? { keys: [...kids.map((kid) => ({ kid, kty: 'RSA' })), { kty: 'nameless' }] }
          : { issuer: state === 'liar' ? 'https://evil.test' : url, jwks_uri: `${url}/keys` },
      ),
    );
  });
  afterAll(() => server.close());

  it('are found once and kept; a new one is looked for, an invented one not again and again', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let clock = 0;
    const keyOf = keysOfIssuer(url, () => clock);
    state = 'down';
    await expect(keyOf('one')).rejects.toMatchObject({ code: 'sign-in-unreachable' });
    state = 'liar';
    await expect(keyOf('one')).rejects.toMatchObject({ code: 'sign-in-unreachable' });
    state = 'well';
    asked = 0;
    const found = await Promise.all([keyOf('one'), keyOf('one'), keyOf('one')]);
    expect([found.map((key) => key?.kid), asked]).toEqual([['one', 'one', 'one'], 2]);
    for (let time = 0; time < 50; time += 1) expect(await keyOf('invented')).toBeUndefined();
    expect(asked).toBe(2);
    kids = ['one', 'two'];
    clock += 31_000;
    expect((await keyOf('two'))?.kid).toBe('two');
    clock += 2 * 3_600_000;
    state = 'down';
    expect((await keyOf('two'))?.kid).toBe('two');
  });
});
