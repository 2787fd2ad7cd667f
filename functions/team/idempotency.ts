import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
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
  /** A field of the answer that is shown once and never kept. */
  readonly shownOnce?: string | undefined;
};
type Doors = Pick<Ports, 'table' | 'now' | 'random' | 'secrets'>;

/** A call that runs longer than this died with its process: no door of ours answers so late. */
const RUNS_AT_MOST_MS = MINUTE;
const ANSWER_CHARACTERS_MOST = 300_000;
const HEADERS_KEPT = ['content-type', 'etag', 'location'];

/**
 * Does a call once: its repetition within 30 days gets the kept answer. Only what succeeded is
 * kept, because what was refused changed nothing; and it is kept sealed, because it may hold an
 * address: only who sends the same body again can have it opened. How long a call has been running is read from
 * the machine's own clock: a product clock that is held must not hold a lock.
 */
export async function onceOnly(
  ports: Doors,
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
  const replay = kept && replayOf(ports, kept, call, machineClock());
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

function replayOf(
  ports: Doors,
  { once }: KeptOnce,
  call: Call,
  machineNow: number,
): Response | undefined {
  if (once.call !== digestOf(call)) throw new Problem('key-used-for-another');
  if (once.run.is === 'done')
    return new Response(unsealed(ports, call, once.run.body), {
      status: once.run.status,
      headers: { ...once.run.headers, 'idempotency-replayed': 'true' },
    });
  if (machineNow - once.run.sinceMs < RUNS_AT_MOST_MS)
    throw new Problem('still-running', { headers: { 'retry-after': '1' } });
  return undefined;
}

async function finish(
  ports: Doors,
  call: Call,
  running: KeptOnce,
  run: () => Promise<Response>,
): Promise<Response> {
  const { owner, key } = call;
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
        run: {
          is: 'done',
          status: answer.status,
          headers: headersOf(answer),
          body: sealed(ports, call, withoutSecret(call, body)),
        },
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

function withoutSecret({ shownOnce }: Call, body: string): string {
  if (shownOnce === undefined) return body;
  return JSON.stringify({ ...(JSON.parse(body) as object), [shownOnce]: null });
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function sealed(ports: Doors, call: Call, text: string): string {
  const nonce = ports.random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(ports, call), nonce);
  const bytes = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, ...bytes, cipher.getAuthTag()]).toString('base64url');
}

function unsealed(ports: Doors, call: Call, text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyOf(ports, call),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const inner = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
  return Buffer.concat([decipher.update(inner), decipher.final()]).toString('utf8');
}

/** The body is half of the key, and is kept nowhere. */
function keyOf({ secrets }: Doors, { owner, key, body }: Call): Buffer {
  return createHmac('sha256', secrets.addresses).update(`once ${owner} ${key}\n${body}`).digest();
}

function digestOf({ method, path, body }: Call): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
}
