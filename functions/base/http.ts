import { Hono, type Context, type ErrorHandler } from 'hono';
import type * as z from 'zod';
import { factsOf, log } from './log.ts';
import { Problem, type InputError } from './problem.ts';

/** A Hono app that already knows how to speak about problems. Every `routes.ts` starts from it. */
export function newApp(): Hono {
  const app = new Hono();
  app.onError(answerProblem);
  return app;
}

/** A problem becomes `application/problem+json`; anything else is a fault, told in the log and not outside. */
export const answerProblem: ErrorHandler = (error, c) => {
  if (error instanceof Problem) return problemResponse(c, error);
  log('error', 'fault', { route: c.req.routePath, method: c.req.method, ...factsOf(error) });
  return problemResponse(c, new Problem('fault'));
};

export function problemResponse(c: Context, problem: Problem): Response {
  return c.body(JSON.stringify(problem.toJSON()), problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
}

/** Where a schema was not met and what it wanted, in words: `content.source.fr`: "must be text". */
export function inputErrors(error: z.ZodError, prefix = ''): InputError[] {
  return error.issues.map((issue) => ({
    path: [...(prefix ? [prefix] : []), ...issue.path.map(String)].join('.'),
    detail: issue.message,
  }));
}
