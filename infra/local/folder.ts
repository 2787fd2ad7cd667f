import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Secrets } from '../../functions/base/ports.ts';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { DatabaseInUse } from './database.ts';
import { damaged, makeWritable, missing, whyNotOpened } from './folder-problem.ts';
import { isIssuerKey, newIssuerKey } from './sign-in/issuer.ts';
import { StartProblem } from './start-problem.ts';

const OWNER_ONLY = 0o600;
const KeptSecrets = z.object({
  links: z.object({ current: z.string(), keys: z.record(z.string(), z.string()) }),
  addresses: z.string(),
});
const Running = z.object({ pid: z.number(), url: z.string() });

/** The folder in which everything of this laptop lies, and what it keeps beside the database. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
    makeWritable(this.path);
  }

  get keyFile(): string {
    return join(this.path, 'api-key');
  }

  /** Made once: links in mails already sent must open for as long as there are readers. */
  secrets(): Secrets {
    const text = this.#keepOnce('secrets.json', () =>
      JSON.stringify({
        links: { current: 'k1', keys: { k1: randomBytes(32).toString('base64url') } },
        addresses: randomBytes(32).toString('base64url'),
      }),
    );
    try {
      return KeptSecrets.parse(JSON.parse(text));
    } catch (cause) {
      throw damaged(join(this.path, 'secrets.json'), cause);
    }
  }

  /** A house that has readers cannot do without: made anew they would know nobody, and no link in a mail would open. */
  mustHoldSecrets(): void {
    const file = join(this.path, 'secrets.json');
    if (!existsSync(file)) throw missing(file);
  }

  /** A key with every scope for whoever may read this folder. */
  apiKey(): string {
    return this.#keepOnce(
      'api-key',
      () => `${newPlainKey({ random: (bytes) => randomBytes(bytes) }, 'live')}\n`,
    ).trim();
  }

  /** What the issuer of this machine signs with: who has signed in stays in over a start. */
  issuerKey(): string {
    const text = this.#keepOnce('sign-in-key.json', newIssuerKey);
    if (isIssuerKey(text)) return text;
    throw new StartProblem(
      `The file ${join(this.path, 'sign-in-key.json')} is damaged. Remove it: a new one is made, and whoever is signed in signs in once more.`,
    );
  }

  /** For the words of somebody who finds the folder taken. */
  tellRunning(url: string): void {
    const text = JSON.stringify({ pid: process.pid, url });
    writeFileSync(join(this.path, 'running.json'), text, { mode: OWNER_ONLY });
  }

  forgetRunning(): void {
    rmSync(join(this.path, 'running.json'), { force: true });
  }

  /** Opens what lies in the folder; what stands in the way of it is told in a sentence. */
  async open<Opened>(opening: () => Promise<Opened>): Promise<Opened> {
    try {
      return await opening();
    } catch (cause) {
      if (!(cause instanceof DatabaseInUse)) throw whyNotOpened(this.path, cause) ?? cause;
      throw new StartProblem(
        `The data folder ${this.path} is in use by another Moderato${this.#whoRuns()}: stop it, or set MODERATO_DATA to another folder.`,
        { cause },
      );
    }
  }

  /** Empties it of a start that was interrupted before anybody could have used it. */
  empty(): void {
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(join(this.path, `moderato.sqlite${ending}`), { force: true });
    rmSync(join(this.path, 'files'), { recursive: true, force: true });
  }

  #whoRuns(): string {
    try {
      const text = readFileSync(join(this.path, 'running.json'), 'utf8');
      const { pid, url } = Running.parse(JSON.parse(text));
      return ` (process ${pid}, ${url})`;
    } catch {
      return '';
    }
  }

  /** Whole or not there, and never made twice: a secret lost would lock out every reader. */
  #keepOnce(name: string, make: () => string): string {
    const path = join(this.path, name);
    if (!existsSync(path)) {
      const draft = `${path}~${process.pid}`;
      writeFileSync(draft, make(), { mode: OWNER_ONLY, flush: true });
      try {
        linkSync(draft, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      } finally {
        rmSync(draft);
      }
    }
    return readFileSync(path, 'utf8');
  }
}
