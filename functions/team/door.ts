import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import * as z from 'zod';
import { readBody, utf8Of } from '../base/body.ts';
import { readJson } from '../base/json.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { Api, ApiEnv, Audited } from './api.ts';
import { auditEntry } from './audit.ts';
import type { Scope } from './api-key.ts';
import { callerOf, mustHave, mustSend } from './guard.ts';
import { onceOnly } from './idempotency.ts';
import { keepAudit } from './store.ts';
import type { SignIn } from './token.ts';

/** What the route table says of one method of one path. */
export type RouteLine = {
  readonly method: string;
  /** As the router writes it: `/api/v1/people/:id`. */
  readonly path: string;
  /** Null: whoever is let in at all. */
  readonly scope: Scope | null;
  readonly sends: boolean;
  readonly audited: Audited;
  readonly takesBody: boolean;
  readonly shownOnce: string | undefined;
};

/** What `apiRoute` writes beside a route's description. */
type Declared = {
  readonly 'x-scope'?: Scope | null;
  readonly 'x-sends'?: boolean;
  readonly 'x-audited'?: Audited;
  readonly 'x-shown-once'?: string;
};

/** The route table of an API: the same declarations that its description is made of. */
export function routeTable(api: Pick<Api, 'openAPIRegistry'>): RouteLine[] {
  return api.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, request } = definition.route;
    const declared = definition.route as Declared;
    const scope = declared['x-scope'];
    if (scope === undefined) throw new Error(`${method} ${path} declares no scope`);
    return [
      {
        method: method.toUpperCase(),
        path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        scope,
        sends: declared['x-sends'] === true,
        audited: declared['x-audited'] ?? 'everybody',
        takesBody: request?.body !== undefined,
        shownOnce: declared['x-shown-once'],
      },
    ];
  });
}

/**
 * The one door of the API. What is not in the route table does not exist; what is there wants a
 * caller with its scope, before anything of the body is read. Who they are comes with each call and
 * never by a cookie, so that no other site can call in their name.
 */
export function door(
  ports: Pick<Ports, 'table' | 'now' | 'random' | 'secrets'>,
  table: readonly RouteLine[],
  signIn?: SignIn,
): MiddlewareHandler<ApiEnv> {
  const lines = new Map(table.map((line) => [`${line.method} ${line.path}`, line]));
  return async (c, next) => {
    c.header('cache-control', 'no-store');
    const line = matchedRoutes(c)
      .map(({ method, path }) => lines.get(`${method} ${path}`))
      .find((found) => found !== undefined);
    if (!line) throw nothingHere(c.req.path, table);
    const caller = await callerOf(ports, c.req.header('authorization'), signIn);
    c.set('caller', caller);
    c.set('facts', {});
    return written(ports, c, line, async () => {
      if (line.scope !== null) mustHave(caller, line.scope);
      if (line.sends) mustSend(caller);
      if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
      const body = await readCall(c, line);
      const key = c.req.header('idempotency-key');
      if (c.req.method !== 'POST' || key === undefined) return next();
      const { method, path } = c.req;
      const { shownOnce } = line;
      const call = { owner: caller.id, key, method, path, body, shownOnce };
      return onceOnly(ports, call, async () => {
        await next();
        return c.res;
      });
    });
  };
}

/** Does an act and writes it down with what became of it, a refusal too. */
async function written(
  ports: Pick<Ports, 'table' | 'now' | 'random'>,
  c: Context<ApiEnv>,
  line: RouteLine,
  act: () => Promise<Response | void>,
): Promise<Response | void> {
  const caller = c.get('caller');
  const silent = line.audited === 'nobody' || (line.audited === 'members' && caller.is === 'key');
  if (silent) return act();
  const keep = (outcome: string) =>
    keepAudit(
      ports,
      auditEntry(ports, {
        caller,
        act: `${line.method} ${line.path.replace(/^\/api\/v\d+/, '')}`,
        on: idIn(c.req.path, line),
        outcome,
        facts: c.get('facts'),
        often: line.audited === 'seldom',
      }),
    );
  try {
    const answer = await act();
    const said = answer instanceof Response ? answer : c.res;
    await keep(said.ok ? 'done' : await codeOf(said));
    return answer;
  } catch (error) {
    await keep(error instanceof Problem ? error.code : 'fault');
    throw error;
  }
}

/** Ids are ours or a topic’s name; whatever else somebody may have put there is not kept. */
function idIn(path: string, line: RouteLine): string | null {
  const named = new RegExp(`^${line.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
  const id = named?.groups?.['id'];
  return id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : null;
}

async function codeOf(answer: Response): Promise<string> {
  const problem = z.object({ code: z.string() }).safeParse(await answer.clone().json());
  return problem.data?.code ?? `status-${answer.status}`;
}

function nothingHere(path: string, table: readonly RouteLine[]): Problem {
  const methods = table
    .filter((line) => patternOf(line.path).test(path))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  if (methods.length === 0) return new Problem('not-found');
  const allow = [...new Set(methods)].join(', ');
  return new Problem('method-not-taken', {
    detail: `This address takes ${allow}.`,
    headers: { allow },
  });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
}

/** Reads a call's body once, within its limit, and leaves it where the handlers look for it. */
async function readCall(c: Context<ApiEnv>, line: RouteLine): Promise<string> {
  const text = utf8Of(await readBody(c.req.raw));
  if (text === undefined)
    throw new Problem('body-not-json', { detail: 'The body is not text in UTF-8.' });
  if (text !== '') mustBeJson(c);
  const blank = text.trim() === '';
  if (line.takesBody) {
    if (blank) throw new Problem('body-not-json', { detail: 'The body is empty.' });
    readJson(text);
  } else if (!blank) mustBeEmpty(readJson(text));
  const headers = new Headers(c.req.raw.headers);
  headers.delete('content-length');
  if (line.takesBody) headers.set('content-type', 'application/json');
  c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: text });
  return text;
}

function mustBeJson(c: Context): void {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (!/^application\/([\w.-]+\+)?json$/.test(type) || encoding !== 'identity')
    throw new Problem('content-type-not-taken', {
      detail: 'This call takes application/json, not compressed.',
      headers: { accept: 'application/json' },
    });
}

function mustBeEmpty(value: unknown): void {
  const errors =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((path) => ({ path, detail: 'there is no such field here' }))
      : [{ path: '', detail: 'this call takes no body' }];
  if (errors.length > 0) throw new Problem('input-invalid', { errors });
}
