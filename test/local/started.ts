import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export type Started = {
  readonly process: ChildProcess;
  readonly url: string;
  readonly said: () => string;
};
export type Env = Readonly<Record<string, string>>;

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'start-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As `npm start` does it, on any free port and without the demo. */
export function run(env: Env) {
  const child = spawn('node', ['infra/local/run.js', 'infra/local/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', MODERATO_DEMO: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    for (const tell of heard) tell();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return { child, said: () => said, heard };
}

export async function start(env: Env): Promise<Started> {
  const { child, said, heard } = run(env);
  await new Promise<void>((resolve, reject) => {
    heard.add(() => said().includes('Ctrl-C stops it') && resolve());
    child.once('exit', () => reject(new Error(`it stopped: ${said()}`)));
  });
  const url = /http:\/\/localhost:\d+/.exec(said())?.[0] ?? '';
  return { process: child, url, said };
}

/** What it says when it does not start. */
export async function refusal(env: Env): Promise<string> {
  const { child, said } = run(env);
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(1);
  return said().trim();
}

export async function stop({ process: child }: Started, signal: NodeJS.Signals): Promise<unknown> {
  child.kill(signal);
  const [code, by] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? by;
}

export async function clockOf({ url }: Started) {
  const answer = await fetch(`${url}/clock.json`);
  return (await answer.json()) as { readonly now: string; readonly movingUntil: string | null };
}

export function moveClock({ url }: Started, advance: string): Promise<Response> {
  return fetch(`${url}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance }),
  });
}

/** Calls the API with the key that lies in the data folder; it must succeed. */
export async function apiOf({ url }: Started, folder: string) {
  const key = (await readFile(join(folder, 'api-key'), 'utf8')).trim();
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
}

/** Kills the server itself, at once and without a word to it. */
export async function killServer({ process: child }: Started, folder: string): Promise<void> {
  const { pid } = JSON.parse(await readFile(join(folder, 'running.json'), 'utf8')) as {
    pid: number;
  };
  const gone = once(child, 'exit');
  process.kill(pid, 'SIGKILL');
  await gone;
}
