import type { Ports } from '../../functions/base/ports.ts';
import { Problem } from '../../functions/base/problem.ts';
import { SECOND } from '../../functions/base/time.ts';
import { InjectedFault } from './engine.ts';
import type { World } from './world.ts';

const ASKS_AT_MOST = 60;

/** Whoever wants something waits for an answer, and asks again when none came. */
export class Patience {
  readonly #world: Pick<World, 'account' | 'engine' | 'portsOf'>;
  /** One person does one thing after another; so does who runs one campaign. */
  readonly #last = new Map<string, Promise<void>>();

  constructor(world: Pick<World, 'account' | 'engine' | 'portsOf'>) {
    this.#world = world;
  }

  after(whose: string, work: () => Promise<unknown>): void {
    const last = this.#last.get(whose) ?? Promise.resolve();
    this.#last.set(
      whose,
      last.then(async () => void (await work())),
    );
  }

  /** Until it is answered. A problem is an answer: it cannot be done, and so is left. */
  async insist<Answer>(
    name: string,
    work: (ports: Ports) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    for (let attempt = 1; attempt <= ASKS_AT_MOST; attempt += 1) {
      const tried = await this.#try(name, work);
      if ('answer' in tried) return tried.answer;
      if (tried.error instanceof Problem && tried.error.code !== 'too-many-hands') return undefined;
      const isOurs = tried.error !== undefined && !(tried.error instanceof InjectedFault);
      if (isOurs && !(tried.error instanceof Problem))
        this.#world.account.breaks('fault', `${name} failed: ${toldError(tried.error)}`);
      await this.#waits(attempt * 5 * SECOND);
    }
    return undefined;
  }

  #try<Answer>(
    name: string,
    work: (ports: Ports) => Promise<Answer>,
  ): Promise<{ readonly answer: Answer } | { readonly error: unknown }> {
    const { engine, portsOf } = this.#world;
    const process = engine.spawn(name);
    return new Promise((resolve) => {
      engine.watch(process, () => resolve({ error: undefined }));
      work(portsOf(process)).then(
        (answer) => resolve({ answer }),
        (error: unknown) => resolve({ error }),
      );
    });
  }

  #waits(milliseconds: number): Promise<void> {
    const { engine } = this.#world;
    return new Promise((resolve) => engine.at(engine.now + milliseconds, resolve));
  }
}

const toldError = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : typeof error;
