import type { Context, Hono, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import { newApp } from '../../../functions/base/http.ts';
import type { Ports } from '../../../functions/base/ports.ts';
import { memberOf, type Member } from '../../../functions/team/member.ts';
import { findMember, memberWrite, readMembers } from '../../../functions/team/store.ts';
import { answerTool } from '../tools/frame.ts';
import { voiceFor } from '../tools/voice.ts';
import { AuthorizeQuery, SIGN_IN, type LocalIssuer } from './issuer.ts';
import { refusedPage, signInPage } from './pages.ts';

const COOKIE = 'moderato_sign_in';
const AUTHORIZE = `${SIGN_IN}/authorize`;

const Then = z.string().max(4_000).default('');
const Tap = z.object({ member: z.string().max(64), then: Then });
const FirstOwner = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.email().max(254),
  then: Then,
});
const TokenRequest = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    client_id: z.literal('console'),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  }),
  z.object({
    grant_type: z.literal('refresh_token'),
    client_id: z.literal('console'),
    refresh_token: z.string(),
  }),
]);

/** The pages and endpoints of the issuer that stands on this machine. */
export function signInRoutes(ports: Ports, issuer: LocalIssuer): Hono {
  const page = async (c: Context, then: string) => {
    const voice = voiceFor(c);
    return answerTool(c, {
      title: voice.say('enter.title'),
      body: signInPage(
        voice,
        (await readMembers(ports)).map(({ member }) => member),
        then,
      ),
      formsLeadTo: new URL(ports.publicUrl).origin,
    });
  };
  const enter = async (c: Context, member: Member, then: string) => {
    setCookie(c, COOKIE, await issuer.sessionFor(member), {
      path: SIGN_IN,
      httpOnly: true,
      sameSite: 'Lax',
    });
    const place = `${ports.publicUrl}/console/sign-in#at-once`;
    return c.redirect(then.startsWith(`${AUTHORIZE}?`) ? then : place, 303);
  };
  const app = newApp();
  app.use(`${SIGN_IN}/*`, readableByConsole(issuer));
  return app
    .get(`${SIGN_IN}/.well-known/openid-configuration`, (c) => c.json(issuer.discovery()))
    .get(`${SIGN_IN}/keys`, (c) => c.json(issuer.keys()))
    .get(SIGN_IN, (c) => page(c, ''))
    .post(SIGN_IN, async (c) => {
      const form = await c.req.parseBody();
      const tap = Tap.safeParse(form);
      if (tap.success) {
        const members = await readMembers(ports);
        const found = members.find(({ member }) => member.memberId === tap.data.member);
        return found ? enter(c, found.member, tap.data.then) : page(c, tap.data.then);
      }
      const first = FirstOwner.safeParse(form);
      const member = first.success ? await makeFirstOwner(ports, first.data) : undefined;
      return member ? enter(c, member, first.data!.then) : page(c, '');
    })
    .get(AUTHORIZE, async (c) => {
      const asked = AuthorizeQuery.safeParse(c.req.query());
      const wanted = c.req.query('redirect_uri') ?? '';
      if (!issuer.mayReturnTo(wanted)) return refused(c);
      if (!asked.success)
        return c.redirect(back(wanted, { error: 'invalid_request', state: c.req.query('state') }));
      const email = await issuer.inSession(getCookie(c, COOKIE));
      const known = email === undefined ? undefined : await findMember(ports, email);
      const { prompt, redirect_uri, state } = asked.data;
      if (known && prompt !== 'login')
        return c.redirect(
          back(redirect_uri, { code: issuer.codeFor(known.member, asked.data), state }),
        );
      if (prompt === 'none') return c.redirect(back(wanted, { error: 'login_required', state }));
      const query = new URLSearchParams(new URL(c.req.url).search);
      query.delete('prompt');
      return page(c, `${AUTHORIZE}?${query.toString()}`);
    })
    .post(`${SIGN_IN}/token`, async (c) => {
      const asked = TokenRequest.safeParse(await c.req.parseBody());
      if (!asked.success) return c.json({ error: 'invalid_request' }, 400);
      const tokens =
        asked.data.grant_type === 'refresh_token'
          ? await issuer.refresh(asked.data.refresh_token)
          : await issuer.exchange(
              asked.data.code,
              asked.data.code_verifier,
              asked.data.redirect_uri,
            );
      c.header('cache-control', 'no-store');
      return tokens ? c.json(tokens) : c.json({ error: 'invalid_grant' }, 400);
    })
    .get(`${SIGN_IN}/out`, (c) => {
      deleteCookie(c, COOKIE, { path: SIGN_IN });
      const to = c.req.query('post_logout_redirect_uri') ?? c.req.query('logout_uri') ?? '';
      return c.redirect(issuer.mayReturnTo(to) ? to : SIGN_IN);
    });
}

function refused(c: Context): Promise<Response> {
  const voice = voiceFor(c);
  const title = voice.say('enter.title');
  return answerTool(c, { title, status: 400, body: refusedPage(voice) });
}

/** The console may stand on a port of its own. */
function readableByConsole(issuer: LocalIssuer): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && issuer.knows(origin)) {
      c.header('access-control-allow-origin', origin);
      c.header('vary', 'origin');
      c.header('cross-origin-resource-policy', 'cross-origin');
    }
    return next();
  };
}

/** Whoever opens an empty house on their own machine owns it; a second one is invited. */
async function makeFirstOwner(
  ports: Ports,
  { name, email }: z.infer<typeof FirstOwner>,
): Promise<Member | undefined> {
  if ((await readMembers(ports)).length > 0) return undefined;
  const member = memberOf(ports, { name, email, role: 'owner' });
  const outcome = await ports.table.writeAll([memberWrite(ports, { member, version: 0 })]);
  return outcome === 'written' ? member : undefined;
}

function back(uri: string, told: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(told))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
