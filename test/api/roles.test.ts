import { describe, expect, it } from 'vitest';
import { apiResources } from '../../functions/entry/api.ts';
import { memberOf, Role } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { routeTable } from '../../functions/team/door.ts';
import { someIssuer } from '../team/issuer.ts';
import { openDesk, type ProblemBody } from './desk.ts';

/**
 * Who may call what besides owners, who may call all of it. It is written by hand and not computed
 * from the scopes: a route that is not here fails, so that somebody decides about it.
 */
const ALL = 'editor sender support analyst';
const MAY: Readonly<Record<string, string>> = {
  'GET /me': ALL,
  'GET /topics': ALL,
  'GET /topics/:id': ALL,
  'POST /topics': '',
  'PATCH /topics/:id': '',
  'POST /topics/:id/retire': '',
  'GET /segments': ALL,
  'POST /segments': 'editor',
  'GET /segments/:id': ALL,
  'PATCH /segments/:id': 'editor',
  'POST /segments/:id/retire': 'editor',
  'POST /segments/:id/count': ALL,
  'POST /segments/preview': ALL,
  'POST /segments/sentence': ALL,
  'GET /forms': ALL,
  'POST /forms': '',
  'GET /forms/:id': ALL,
  'PATCH /forms/:id': '',
  'GET /brand': ALL,
  'PATCH /brand': '',
  'POST /people': 'support',
  'GET /people': 'editor sender support',
  'GET /people/:id': 'editor sender support',
  'POST /people/lookup': 'editor sender support',
  'GET /people/:id/events': 'editor sender support',
  'POST /people/search': 'editor sender support',
  'GET /people/:id/timeline': 'editor sender support',
  'GET /people/:id/letters/:letter': 'editor sender support',
  'POST /people/:id/preferences': 'support',
  'POST /people/:id/erase': '',
  'POST /events': '',
  'POST /campaigns': 'editor',
  'GET /campaigns': ALL,
  'GET /campaigns/:id': ALL,
  'PATCH /campaigns/:id': 'editor',
  'POST /campaigns/:id/duplicate': 'editor',
  'POST /campaigns/:id/dry-run': ALL,
  'GET /campaigns/:id/dry-run/people': 'editor sender support',
  'POST /campaigns/:id/schedule': 'sender',
  'POST /campaigns/:id/repeat/dates': ALL,
  'GET /campaigns/:id/repeat': ALL,
  'POST /campaigns/:id/repeat': 'sender',
  'POST /campaigns/:id/repeat/skip': 'sender',
  'POST /campaigns/:id/repeat/keep': 'sender',
  'POST /campaigns/:id/repeat/end': 'sender',
  'POST /campaigns/:id/approve': 'sender',
  'POST /campaigns/:id/unschedule': 'sender',
  'POST /campaigns/:id/pause': 'sender',
  'POST /campaigns/:id/resume': 'sender',
  'POST /campaigns/:id/stop': 'sender',
  'POST /campaigns/:id/withdraw': 'sender',
  'POST /campaigns/:id/resend-uncertain': 'sender',
  'POST /campaigns/:id/correct': 'sender',
  'POST /campaigns/:id/test': 'editor sender',
  'GET /campaigns/:id/deliveries': 'editor sender support',
  'GET /campaigns/:id/versions': ALL,
  'GET /campaigns/:id/versions/:number': ALL,
  'POST /campaigns/:id/versions/:number/restore': 'editor',
  'GET /campaigns/:id/links': ALL,
  'GET /ledger/roots': '',
  'GET /ledger/roots/:day': '',
  'POST /campaigns/preview': 'editor',
  'GET /campaigns/:id/letter': ALL,
  'GET /calendar': ALL,
  'POST /pictures': 'editor',
  'GET /pictures': ALL,
  'GET /campaigns/:id/answers': ALL,
  'GET /letters-to-start-from': ALL,
  'POST /letters-from-elsewhere': 'editor',
  'GET /digests': ALL,
  'GET /digests/:id': ALL,
  'PATCH /digests/:id': 'editor',
  'POST /digests/:id/approve': 'sender',
  'GET /reports/today': ALL,
  'POST /reports/file/count': ALL,
  'POST /imports': '',
  'GET /imports': '',
  'GET /imports/:id': '',
  'POST /imports/:id/pieces': '',
  'POST /imports/:id/check': '',
  'POST /imports/:id/run': '',
  'POST /imports/:id/stop': '',
  'GET /imports/:id/refused': '',
  'GET /api-keys': '',
  'POST /api-keys': '',
  'POST /api-keys/:id/withdraw': '',
  'GET /members': '',
  'POST /members': '',
  'GET /members/:id': '',
  'PATCH /members/:id': '',
  'POST /members/:id/remove': '',
  'GET /audit': '',
};

const { signIn, token, now } = someIssuer();
const { token: foreign } = someIssuer();
const desk = await openDesk({ signIn });
const addressOf = (role: Role) => `${role}@example.org`;
for (const role of Role.options) {
  const member = memberOf(desk.ports, { name: role, email: addressOf(role), role });
  await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
}
const tokens = Object.fromEntries(
  await Promise.all(
    Role.options.map(async (role) => [role, await token(addressOf(role))] as const),
  ),
);

const lines = routeTable(apiResources(desk.ports)).map(({ method, path }) => ({
  method,
  path: path.replace('/api/v1', ''),
}));
const named = lines.map((line) => [`${line.method} ${line.path}`, line] as const);
const askAs = async ({ method, path }: (typeof lines)[number], bearer: string | undefined) => {
  const { status, body } = await desk.ask<ProblemBody>(
    method,
    path.replaceAll(/:\w+/g, 'nobody'),
    method === 'GET' ? undefined : '{}',
    { authorization: bearer === undefined ? undefined : `Bearer ${bearer}` },
  );
  return [status, body?.code];
};

describe('every route and every role', () => {
  it('is decided by hand', () => {
    expect(named.map(([name]) => name).filter((name) => !(name in MAY))).toEqual([]);
  });

  it.each(named)('%s', async (name, line) => {
    const may = ['owner', ...MAY[name]!.split(' ')];
    for (const role of Role.options) {
      const [status, code] = await askAs(line, tokens[role]);
      if (may.includes(role)) expect([name, role, status]).not.toEqual([name, role, 401]);
      if (may.includes(role)) expect([role, code]).not.toEqual([role, 'role-may-not']);
      else expect([role, status, code]).toEqual([role, 403, 'role-may-not']);
    }
  });

  it.each(named)('%s is closed to whoever does not belong to the house', async (_, line) => {
    const [owner] = [addressOf('owner')];
    expect(await askAs(line, undefined)).toEqual([401, 'key-missing']);
    expect(await askAs(line, await foreign(owner))).toEqual([401, 'token-not-valid']);
    expect(await askAs(line, await token(owner, { exp: now() - 1 }))).toEqual([
      401,
      'token-expired',
    ]);
    expect(await askAs(line, await token('stranger@example.org'))).toEqual([403, 'not-a-member']);
  });
});
