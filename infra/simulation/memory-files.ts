import type { Files } from '../../functions/base/ports.ts';
import type { Engine, Process } from './engine.ts';
import type { Weather } from './weather.ts';

const FILE_MS = 15;

/** What is larger than a row: all of it in one place, and each process reaches it in its own time. */
export class MemoryFiles {
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly type: string }>();

  keys(): readonly string[] {
    return [...this.#files.keys()];
  }

  seenBy(process: Process, { engine, weather }: { engine: Engine; weather: Weather }): Files {
    const step = <Answer>(what: string, done: () => Answer) =>
      engine.step(process, weather.step(what, FILE_MS), done);
    return {
      put: (key, bytes, type) =>
        step(`put file ${key}`, () => void this.#files.set(key, { bytes, type })),
      get: (key) => step(`get file ${key}`, () => this.#files.get(key)),
      remove: (key) => step(`remove file ${key}`, () => void this.#files.delete(key)),
    };
  }
}
