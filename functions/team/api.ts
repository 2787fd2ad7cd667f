import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import * as z from 'zod';
import { answerProblem, inputErrors } from '../base/http.ts';
import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/time.ts';
import type { Scope } from './api-key.ts';
import type { AuditFacts } from './audit.ts';
import type { Caller } from './caller.ts';

/** What every handler of the API finds in its context. */
export type ApiEnv = {
  Variables: {
    caller: Caller;
    /** What a handler wants to stand in the audit log beside the act. */
    facts: AuditFacts;
  };
};
export type Api = OpenAPIHono<ApiEnv>;

/** An app for one resource: what does not meet its schema is a problem that names the place. */
export function newApi(): Api {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success)
        throw new Problem('input-invalid', { errors: inputErrors(result.error) });
    },
  });
  app.onError(answerProblem);
  return app;
}

export type Audited = 'everybody' | 'members' | 'nobody' | 'seldom';

type Declared = {
  /** What a caller must be allowed to do; null where anybody may whom the door lets in. */
  readonly scope: Scope | null;
  /** It may put a mail on its way, so a test key is refused. */
  readonly sends?: boolean;
  /**
   * Whose acts stand in the audit log: everybody’s, if nothing else is said. `members` for the
   * stream that programs send, `nobody` for a POST that only looks, `seldom` for what a person does
   * again and again.
   */
  readonly audited?: Audited;
  /** A field of the answer that is shown once: it is not kept for a repetition of the call. */
  readonly shownOnce?: string;
};

/** One line of the route table: a path, what it takes and answers, and the scope it asks for. */
export function apiRoute<
  const Path extends string,
  const Route extends Omit<RouteConfig, 'path'> & { path: Path } & Declared,
>(route: Route) {
  const { scope, sends, audited, shownOnce, ...described } = route;
  const line = {
    ...described,
    'x-scope': scope,
    'x-sends': sends === true,
    'x-audited': audited ?? (route.method === 'get' ? 'nobody' : 'everybody'),
    ...(shownOnce === undefined ? {} : { 'x-shown-once': shownOnce }),
  };
  return createRoute<Path, Route>(line as unknown as Route);
}

/** A JSON body of a request. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { 'application/json': { schema } } } } as const;
}

/** A JSON answer. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } } as const;
}

/** A moment in a request: ISO 8601 with a zone, because a moment without one is nobody's. */
export const Moment = z.iso
  .datetime({
    offset: true,
    error: 'must be a moment with its zone, as "2026-02-01T11:02:00Z"',
  })
  .transform((text): Instant => Date.parse(text))
  .refine(Number.isFinite, 'must be a moment that exists');

/** A moment in an answer. */
export const MomentText = z.iso.datetime();
export function momentText(at: Instant): string;
export function momentText(at: Instant | null): string | null;
export function momentText(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export const Id = z.object({ id: z.string().min(1).max(64) });

/** Query of a list: how many, and where the last page ended. */
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional(),
});
export type Page = z.infer<typeof Page>;

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Cursors are opaque to callers: a place in our order, which may change its shape. */
export function cursorOf(place: string): string {
  return Buffer.from(`1${place}`).toString('base64url');
}

export function placeIn({ cursor }: Pick<Page, 'cursor'>): string | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('1') || cursorOf(text.slice(1)) !== cursor)
    throw new Problem('input-invalid', {
      errors: [{ path: 'cursor', detail: 'must be the "next" of an earlier page' }],
    });
  return text.slice(1);
}

/** One page of a list that is short enough to be read whole. */
export function pageIn<Item>(
  all: readonly Item[],
  { limit, cursor }: Page,
  placeOf: (item: Item) => string,
): { items: Item[]; next: string | null } {
  const after = placeIn({ cursor });
  const from = after === undefined ? 0 : all.findIndex((item) => placeOf(item) === after) + 1;
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return { items, next: last && from + limit < all.length ? cursorOf(placeOf(last)) : null };
}

export function setVersion(c: Context, version: number): void {
  c.header('etag', `"${version}"`);
}

/** A change says which version it was made to; undefined means whichever there is. */
export function mustMatch(c: Context, version: number): void {
  const wanted = c.req.header('if-match');
  if (wanted === undefined) throw new Problem('version-missing');
  const tags = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!tags.includes('*') && !tags.includes(`"${version}"`)) throw new Problem('changed-meanwhile');
}
