import { createHash } from 'node:crypto';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { MINUTE } from '../base/time.ts';
import { ANSWERS_KEPT_MS, findOnce, forgetOnce, keepOnce, type KeptOnce } from './store.ts';

export type Call = {
  /** Whose keys these are: two callers may use the same word. */
  readonly owner: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
};

/** A call that runs longer than this died with its process: no door of ours answers so late. */
const RUNS_AT_MOST_MS = MINUTE;
const ANSWER_CHARACTERS_MOST = 300_000;
const HEADERS_KEPT = ['content-type', 'etag', 'location'];

/**
 * Does a call once: its repetition within 30 days gets the kept answer. Only what succeeded is
 * kept, because what was refused changed nothing. How long a call has been running is read from
 * the machine's own clock: a product clock that is held must not hold a lock.
 */
export async function onceOnly(
  ports: Pick<Ports, 'table' | 'now'>,
  call: Call,
  run: () => Promise<Response>,
  machineClock: () => number = Date.now,
): Promise<Response> {
  if (!/^[\u0021-\u007e]{1,255}$/.test(call.key))
    throw new Problem('input-invalid', {
      errors: [{ path: 'Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' }],
    });
  const found = await findOnce(ports, call.owner, call.key);
  const kept = found && ports.now() < found.once.madeAt + ANSWERS_KEPT_MS ? found : undefined;
  const replay = kept && replayOf(kept, call, machineClock());
  if (replay) return replay;
  const running: KeptOnce = {
    once: {
      format: 1,
      call: digestOf(call),
      madeAt: ports.now(),
      run: { is: 'running', sinceMs: machineClock() },
    },
    version: found?.version ?? 0,
  };
  if ((await keepOnce(ports, call.owner, call.key, running)) === 'conflict')
    throw new Problem('still-running', { headers: { 'retry-after': '1' } });
  return finish(ports, call, { ...running, version: running.version + 1 }, run);
}

function replayOf({ once }: KeptOnce, call: Call, machineNow: number): Response | undefined {
  if (once.call !== digestOf(call)) throw new Problem('key-used-for-another');
  if (once.run.is === 'done')
    return new Response(once.run.body, {
      status: once.run.status,
      headers: { ...once.run.headers, 'idempotency-replayed': 'true' },
    });
  if (machineNow - once.run.sinceMs < RUNS_AT_MOST_MS)
    throw new Problem('still-running', { headers: { 'retry-after': '1' } });
  return undefined;
}

async function finish(
  ports: Pick<Ports, 'table'>,
  { owner, key }: Call,
  running: KeptOnce,
  run: () => Promise<Response>,
): Promise<Response> {
  let answer: Response;
  try {
    answer = await run();
  } catch (error) {
    await forgetOnce(ports, owner, key, running.version);
    throw error;
  }
  const body = answer.ok ? await answer.clone().text() : '';
  if (!answer.ok || body.length > ANSWER_CHARACTERS_MOST)
    await forgetOnce(ports, owner, key, running.version);
  else
    await keepOnce(ports, owner, key, {
      once: {
        ...running.once,
        run: { is: 'done', status: answer.status, headers: headersOf(answer), body },
      },
      version: running.version,
    });
  return answer;
}

function headersOf(answer: Response): Record<string, string> {
  return Object.fromEntries(
    HEADERS_KEPT.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function digestOf({ method, path, body }: Call): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
}
