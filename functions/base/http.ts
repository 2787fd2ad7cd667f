import { Hono, type Context, type ErrorHandler } from 'hono';
import type * as z from 'zod';
import { factsOf, log } from './log.ts';
import { Problem, type InputError } from './problem.ts';

/** A Hono app that already knows how to speak about problems. Every `routes.ts` starts from it. */
export function newApp(): Hono {
  const app = new Hono();
  app.onError(answerProblem);
  // Only the outermost app is asked: whichever that is, what no route knows is told alike.
  app.notFound((c) => problemResponse(c, new Problem('not-found')));
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
    ...problem.headers,
  });
}

/** Where a schema was not met and what it wanted, in words: `content.source.fr`: "must be text". */
export function inputErrors(error: z.ZodError, prefix = ''): InputError[] {
  return error.issues.flatMap((issue) => errorsOf(issue, prefix ? [prefix] : []));
}

function errorsOf(issue: z.core.$ZodIssue, above: readonly string[]): InputError[] {
  const path = [...above, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      detail: 'there is no such field here',
    }));
  const nearest = issue.code === 'invalid_union' ? nearestShape(issue.errors) : undefined;
  if (nearest) return nearest.flatMap((inner) => errorsOf(inner, path));
  return [{ path: path.join('.'), detail: issue.message }];
}

/** Of several shapes that all failed, the one that needs the least mending is the one that was meant. */
function nearestShape(shapes: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return shapes.reduce<z.core.$ZodIssue[] | undefined>(
    (best, shape) => (!best || mendsIn(shape) < mendsIn(best) ? shape : best),
    undefined,
  );
}

function mendsIn(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + mendsOf(issue), 0);
}

function mendsOf(issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') return issue.keys.length;
  const inner = issue.code === 'invalid_union' ? nearestShape(issue.errors) : undefined;
  if (inner) return mendsIn(inner);
  return issue.path.length === 0 ? WRONG_KIND : 1;
}

/** Text where an object was wanted is further off than a few wrong fields. */
const WRONG_KIND = 5;
