import { hc } from 'hono/client';
import type { InputError } from '../../functions/base/problem.ts';
import type { ApiClient } from '../../functions/entry/api.ts';
import { session } from '../sign-in/session.ts';

/** What the API refuses, in its own words: what happened, and what to do about it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly errors: readonly InputError[];

  constructor(status: number, body: Partial<Refused> & { readonly title?: string }) {
    super(body.title ?? `HTTP ${status}`);
    this.name = 'Refused';
    this.status = status;
    this.code = body.code ?? 'fault';
    this.detail = body.detail ?? '';
    this.remedy = body.remedy ?? '';
    this.errors = body.errors ?? [];
  }
}

/** Nothing came back at all: the line is down, or the house is. */
export class Unreached extends Error {}

async function asked(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  const token = await session.token().catch((cause: unknown) => {
    throw new Unreached('nobody renews the sign-in', { cause });
  });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const answer = await fetch(input, { ...init, headers, credentials: 'omit' }).catch(
    (cause: unknown) => {
      throw new Unreached('the house does not answer', { cause });
    },
  );
  if (answer.status === 401) session.end();
  return answer;
}

const underWay = new Map<string, Promise<Response>>();

/** The same change asked for again while the first asking is under way, as by a double click, is one. */
async function askedOnce(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const { method = 'GET', body = null } = init ?? {};
  if (method === 'GET' || (body !== null && typeof body !== 'string')) return asked(input, init);
  const version = new Headers(init?.headers).get('if-match');
  const url = input instanceof Request ? input.url : String(input);
  const key = JSON.stringify([method, url, version, body]);
  const first = underWay.get(key);
  if (first) return (await first).clone();
  const answer = asked(input, init).finally(() => underWay.delete(key));
  underWay.set(key, answer);
  return (await answer).clone();
}

/** The API, typed by the server's own declarations. */
export const api = hc<ApiClient>(location.origin, { fetch: askedOnce }).api.v1;

type Typed = Pick<Response, 'ok' | 'status' | 'headers'> & { json(): Promise<unknown> };
type BodyOf<Answer> = Answer extends { json(): Promise<infer Body> } ? Body : never;

/** The body of an answer; what is refused is thrown, for the screen to say. */
export async function bodyOf<Answer extends Typed>(answer: Promise<Answer>) {
  return (await versioned(answer)).body;
}

/** The body with the version it has, for the change that will be made to it. */
export async function versioned<Answer extends Typed>(
  answer: Promise<Answer>,
): Promise<{ readonly body: BodyOf<Answer>; readonly version: string }> {
  const came = await answer;
  const body = await came.json().catch(() => ({}));
  if (!came.ok) throw new Refused(came.status, body as Partial<Refused>);
  return { body: body as BodyOf<Answer>, version: came.headers.get('etag') ?? '*' };
}
