import { HOUR, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Engine, Process } from './engine.ts';
import type { MemoryTable } from './memory-table.ts';
import type { Weather } from './weather.ts';

const TIMEOUT_MS = 55 * SECOND;
const LONGEST_STEP_MS = 30 * MINUTE;

/**
 * The minute's tick. Minutes in which nothing can be due are left out, because a tick that finds
 * nothing changes nothing; what stays due however often it is looked at is looked at ever later.
 */
export class Ticks {
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #memory: MemoryTable;
  readonly #tick: (process: Process) => Promise<void>;
  #planned: { readonly at: Instant } | undefined;
  #running = 0;
  #vain = 0;
  #lastFirst: Instant | undefined;

  constructor(
    world: {
      readonly engine: Engine;
      readonly weather: Weather;
      readonly memory: MemoryTable;
    },
    tick: (process: Process) => Promise<void>,
  ) {
    this.#engine = world.engine;
    this.#weather = world.weather;
    this.#memory = world.memory;
    this.#tick = tick;
  }

  /** Something will be due then: a tick must come. */
  expect(at: Instant): void {
    if (this.#running > 0) return;
    const minute = Math.ceil(Math.max(at, this.#engine.now + 1) / MINUTE) * MINUTE;
    if (this.#planned && this.#planned.at <= minute) return;
    const planned = { at: minute };
    this.#planned = planned;
    // What keeps a tick back is decided at its minute: a fault of today does not reach into next month.
    this.#engine.at(minute, () => {
      if (this.#planned !== planned) return;
      this.#engine.at(minute + this.#late(), () => {
        if (this.#planned === planned) this.#go();
      });
    });
  }

  #late(): number {
    const { chance } = this.#weather;
    if (this.#weather.strikes('tickMissing')) return chance.between(1, 9) * HOUR;
    if (this.#weather.strikes('tickLate')) return chance.between(1, 15) * MINUTE;
    return chance.below(2 * SECOND);
  }

  #go(): void {
    this.#planned = undefined;
    const times = this.#weather.strikes('tickTwice') ? 2 : 1;
    for (let time = 1; time <= times; time += 1) this.#run();
  }

  #run(): void {
    const process = this.#engine.spawn('tick');
    this.#running += 1;
    let isRunning = true;
    const end = () => {
      if (!isRunning) return;
      isRunning = false;
      this.#running -= 1;
      if (this.#running === 0) this.#next();
    };
    this.#engine.watch(process, end);
    this.#engine.at(this.#engine.now + TIMEOUT_MS, () => {
      if (isRunning) this.#engine.kill(process);
    });
    void this.#tick(process).then(end, end);
  }

  #next(): void {
    const first = this.#memory.firstDueAt();
    if (first === undefined) return;
    const { now } = this.#engine;
    if (first > now) {
      this.#vain = 0;
      return this.expect(first);
    }
    this.#vain = first === this.#lastFirst ? this.#vain + 1 : 0;
    this.#lastFirst = first;
    this.expect(now + Math.min(LONGEST_STEP_MS, MINUTE * 2 ** Math.min(this.#vain, 10)));
  }
}
