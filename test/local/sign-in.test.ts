import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seedTeam } from '../../infra/local/demo-team.ts';
import { openTown, type StoryTown } from '../town.ts';

const HOUSE = 'http://localhost:3000';
const BACK = `${HOUSE}/console/signed-in`;

/** What the console does: it goes to the issuer with a challenge, and comes back with a code. */
function asking(other: Readonly<Record<string, string>> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'console',
    redirect_uri: BACK,
    scope: 'openid email profile',
    state: 'where-i-was',
    nonce: 'n1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...other,
  });
  return { verifier, path: `/sign-in/authorize?${query.toString()}` };
}

const form = (fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers,
});
const cookieIn = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
const location = (answer: Response) => answer.headers.get('location') ?? '';

/** One tap on somebody's name, from wherever the page was reached. */
async function tap(town: StoryTown, name: string, path = '/sign-in') {
  const page = await (await town.request(path)).text();
  const member = new RegExp(`value="([^"]+)"[^>]*>\\s*<span><b>${name}</b>`).exec(page)?.[1] ?? '';
  const then = /name="then" value="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return town.request('/sign-in', form({ member, then }));
}

async function exchange(town: StoryTown, code: string, verifier: string, redirect = BACK) {
  const answer = await town.request(
    '/sign-in/token',
    form({
      grant_type: 'authorization_code',
      client_id: 'console',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function signedIn(town: StoryTown, name: string) {
  const { verifier, path } = asking();
  const tapped = await tap(town, name, path);
  const led = await town.request(location(tapped), { headers: { cookie: cookieIn(tapped) } });
  const back = new URL(location(led));
  const tokens = await exchange(town, back.searchParams.get('code') ?? '', verifier);
  return { back, verifier, cookie: cookieIn(tapped), ...tokens };
}
const meAs = (town: StoryTown, bearer: string | undefined) =>
  town.api<{ role: string; name: string }>('GET', '/me', undefined, {
    authorization: `Bearer ${bearer}`,
  });

describe('signing in on this machine', () => {
  it('takes one tap on a name, and the token works as on AWS', async () => {
    const town = await openTown();
    await seedTeam(town.ports);
    const { back, body } = await signedIn(town, 'Nadia Benali');
    expect(back.href.startsWith(`${BACK}?`)).toBe(true);
    expect(back.searchParams.get('state')).toBe('where-i-was');
    const me = await meAs(town, body['id_token']);
    expect([me.status, me.body.name, me.body.role]).toEqual([200, 'Nadia Benali', 'sender']);
    const claims = JSON.parse(
      Buffer.from(body['id_token']!.split('.')[1]!, 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims).toMatchObject({ nonce: 'n1', aud: 'console', iss: `${HOUSE}/sign-in` });
    expect((await meAs(town, body['access_token'])).status).toBe(401);
    expect((await meAs(town, body['refresh_token'])).status).toBe(401);
  });

  it('from its own page leads into the console, which then needs no second tap', async () => {
    const town = await openTown();
    await seedTeam(town.ports);
    const tapped = await tap(town, 'Claire Delorme');
    expect([tapped.status, location(tapped)]).toEqual([303, `${HOUSE}/console/sign-in#at-once`]);
    const cookie = cookieIn(tapped);
    const { verifier, path } = asking();
    const led = await town.request(path, { headers: { cookie } });
    const code = new URL(location(led)).searchParams.get('code') ?? '';
    const { body } = await exchange(town, code, verifier);
    expect((await meAs(town, body['id_token'])).body.role).toBe('owner');
    const again = await town.request(asking({ prompt: 'login' }).path, { headers: { cookie } });
    expect(again.status).toBe(200);
  });

  it('is renewed without a tap, and ends when one signs out', async () => {
    const town = await openTown();
    await seedTeam(town.ports);
    const { body } = await signedIn(town, 'Tom Walker');
    const renew = (refresh_token: string) =>
      town.request(
        '/sign-in/token',
        form({ grant_type: 'refresh_token', client_id: 'console', refresh_token }),
      );
    const renewed = (await (await renew(body['refresh_token']!)).json()) as Record<string, string>;
    expect((await meAs(town, renewed['id_token'])).body.role).toBe('analyst');
    expect((await renew(body['id_token']!)).status).toBe(400);
    const out = await town.request(
      `/sign-in/out?post_logout_redirect_uri=${encodeURIComponent(`${HOUSE}/console/`)}`,
    );
    expect(location(out)).toBe(`${HOUSE}/console/`);
    expect(out.headers.get('set-cookie')).toMatch(/^moderato_sign_in=;/);
  });

  it('makes whoever opens an empty house its owner, once', async () => {
    const town = await openTown();
    const page = await town.open('/sign-in');
    expect(page.heading).toBe('Whose house is this?');
    const owner = form({ name: 'Ada Bonnet', email: 'ada@example.org', then: '' });
    expect((await town.request('/sign-in', owner)).status).toBe(303);
    const second = form({ name: 'Eve', email: 'eve@example.org', then: '' });
    expect((await town.request('/sign-in', second)).headers.get('set-cookie')).toBeNull();
    const { body } = await signedIn(town, 'Ada Bonnet');
    expect((await meAs(town, body['id_token'])).body).toMatchObject({ role: 'owner' });
  });
});

describe('a code', () => {
  it('is good once, for its own verifier and way back', async () => {
    const town = await openTown();
    await seedTeam(town.ports);
    const codeFor = async () => {
      const { verifier, path } = asking();
      const tapped = await tap(town, 'Hugo Marchand', path);
      const led = await town.request(location(tapped), { headers: { cookie: cookieIn(tapped) } });
      return { verifier, code: new URL(location(led)).searchParams.get('code')! };
    };
    const one = await codeFor();
    expect((await exchange(town, one.code, one.verifier)).status).toBe(200);
    expect((await exchange(town, one.code, one.verifier)).status).toBe(400);
    const two = await codeFor();
    expect((await exchange(town, two.code, asking().verifier)).status).toBe(400);
    expect((await exchange(town, two.code, two.verifier)).status).toBe(400);
    const three = await codeFor();
    const elsewhere = `${HOUSE}/console/`;
    expect((await exchange(town, three.code, three.verifier, elsewhere)).status).toBe(400);
  });

  it.each([
    'https://evil.test/console/signed-in',
    'http://localhost:4000/console/signed-in',
    `${HOUSE}/console/signed-in/../../x`,
    `${HOUSE}/subscribe`,
    'javascript:alert(1)',
    '',
  ])('never goes to %s', async (redirect_uri) => {
    const town = await openTown();
    const answer = await town.request(asking({ redirect_uri }).path);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    const out = await town.request(
      `/sign-in/out?post_logout_redirect_uri=${encodeURIComponent(redirect_uri)}`,
    );
    expect(location(out)).toBe('/sign-in');
  });

  it('is not given to who asks without a challenge', async () => {
    const town = await openTown();
    const plain = await town.request(asking({ code_challenge_method: 'plain' }).path);
    expect(new URL(location(plain)).searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the issuer of this machine', () => {
  it('describes itself, and shows only the public half of its key', async () => {
    const town = await openTown();
    const told = (await (
      await town.request('/sign-in/.well-known/openid-configuration')
    ).json()) as Record<string, unknown>;
    expect(told['issuer']).toBe(`${HOUSE}/sign-in`);
    expect(told['code_challenge_methods_supported']).toEqual(['S256']);
    const keys = await (await town.request('/sign-in/keys')).text();
    expect(JSON.parse(keys)).toMatchObject({ keys: [{ kty: 'EC', alg: 'ES256', use: 'sig' }] });
    expect(keys).not.toContain('"d"');
  });

  it('answers nobody from outside, and no other site', async () => {
    const town = await openTown();
    const outside = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    for (const path of ['/sign-in', asking().path, '/sign-in/keys', '/sign-in/out'])
      expect((await town.request(path, outside)).status).toBe(403);
    const evil = form({ name: 'Eve', email: 'eve@example.org' }, { origin: 'https://evil.test' });
    expect((await town.request('/sign-in', evil)).status).toBe(403);
    const ours = form({ grant_type: 'x' }, { origin: 'http://127.0.0.1:3000' });
    const answer = await town.request('/sign-in/token', ours);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
  });
});
