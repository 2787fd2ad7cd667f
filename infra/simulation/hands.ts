import type { Line, Message } from '../../functions/base/ports.ts';
import { MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Engine, Process } from './engine.ts';
import type { Weather } from './weather.ts';

type Stored = {
  readonly id: string;
  readonly text: string;
  visibleAt: Instant;
  received: number;
};
type Handed = readonly { readonly id: string; readonly body: unknown }[];
/** What stands behind a line, in one process. Answers which messages failed. */
export type Hand = (
  process: Process,
  line: Line,
  messages: Handed,
) => Promise<{ readonly failed: readonly string[] }>;
export type DeadLetter = { readonly line: Line; readonly text: string; readonly at: Instant };

/** As the queues and workers on AWS are set up: how many at once, how large a batch, how long. */
const LINES: Record<Line, { readonly hands: number; readonly batch: number; timeoutMs: number }> = {
  service: { hands: 2, batch: 5, timeoutMs: MINUTE },
  editorial: { hands: 4, batch: 2, timeoutMs: 2 * MINUTE },
  work: { hands: 3, batch: 1, timeoutMs: 5 * MINUTE },
};
const NAMES = Object.keys(LINES) as Line[];
const RECEIVES_AT_MOST = 5;

/** The queues with a few workers behind each: at least once, in any order, late or twice. */
export class Hands {
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #hand: Hand;
  readonly #messages: Record<Line, Stored[]> = { service: [], editorial: [], work: [] };
  readonly #busy: Record<Line, number> = { service: 0, editorial: 0, work: 0 };
  readonly #resting: Record<Line, Process[]> = { service: [], editorial: [], work: [] };
  readonly deadLetters: DeadLetter[] = [];
  #posted = 0;

  constructor(engine: Engine, weather: Weather, hand: Hand) {
    this.#engine = engine;
    this.#weather = weather;
    this.#hand = hand;
  }

  post(line: Line, messages: readonly Message[]): void {
    for (const { body, delaySeconds = 0 } of messages) {
      if (delaySeconds < 0 || delaySeconds > 900) throw new Error(`a delay of ${delaySeconds} s`);
      const text = JSON.stringify(body);
      const copies = this.#weather.strikes('duplicate') ? 2 : 1;
      for (let copy = 1; copy <= copies; copy += 1) {
        const lateMs = this.#weather.strikes('late')
          ? this.#weather.chance.between(SECOND, 20 * MINUTE)
          : this.#weather.chance.below(200);
        this.#posted += 1;
        const visibleAt = this.#engine.now + delaySeconds * SECOND + lateMs;
        this.#messages[line].push({ id: `${this.#posted}`, text, visibleAt, received: 0 });
        this.#engine.at(visibleAt, () => this.#lend(line));
      }
    }
  }

  /** Whether a line holds a message, seen or not. */
  get waiting(): number {
    return NAMES.reduce((sum, line) => sum + this.#messages[line].length, 0);
  }

  #lend(line: Line): void {
    while (this.#busy[line] < LINES[line].hands) {
      const batch = this.#receive(line);
      if (batch.length === 0) return;
      this.#work(line, batch);
    }
  }

  #receive(line: Line): Stored[] {
    const { now } = this.#engine;
    const { chance } = this.#weather;
    this.#bury(line, now);
    const seen = this.#messages[line].filter(({ visibleAt }) => visibleAt <= now);
    const batch: Stored[] = [];
    const size = Math.min(seen.length, chance.between(1, LINES[line].batch));
    while (batch.length < size) batch.push(...seen.splice(chance.below(seen.length), 1));
    for (const message of batch) {
      message.received += 1;
      message.visibleAt =
        now +
        (this.#weather.strikes('seenAgain')
          ? chance.between(SECOND, 30 * SECOND)
          : 6 * LINES[line].timeoutMs);
      this.#engine.at(message.visibleAt, () => this.#lend(line));
    }
    return batch;
  }

  #bury(line: Line, now: Instant): void {
    const isDead = ({ visibleAt, received }: Stored) =>
      visibleAt <= now && received >= RECEIVES_AT_MOST;
    const messages = this.#messages[line];
    if (!messages.some(isDead)) return;
    for (const { text } of messages.filter(isDead)) this.deadLetters.push({ line, text, at: now });
    this.#messages[line] = messages.filter((message) => !isDead(message));
  }

  /** What a worker left under way when one of its calls failed may kill it while it rests. */
  #rested(line: Line): Process | undefined {
    const living = this.#resting[line].filter(({ isAlive }) => isAlive);
    const process = living.pop();
    this.#resting[line] = living;
    return process;
  }

  #work(line: Line, batch: readonly Stored[]): void {
    const engine = this.#engine;
    const process = this.#rested(line) ?? engine.spawn(line);
    this.#busy[line] += 1;
    let inHand = true;
    const end = (rests: boolean) => {
      if (!inHand) return;
      inHand = false;
      this.#busy[line] -= 1;
      engine.watch(process, undefined);
      if (rests) this.#resting[line].push(process);
      engine.at(engine.now, () => this.#lend(line));
    };
    engine.watch(process, () => end(false));
    engine.at(engine.now + LINES[line].timeoutMs, () => {
      if (inHand) engine.kill(process);
    });
    const handed = batch.map(({ id, text }) => ({ id, body: JSON.parse(text) as unknown }));
    void this.#hand(process, line, handed)
      .then(
        ({ failed }) => new Set(failed),
        () => new Set(batch.map(({ id }) => id)),
      )
      .then((failed) => {
        const done = new Set(batch.filter(({ id }) => !failed.has(id)));
        this.#messages[line] = this.#messages[line].filter((message) => !done.has(message));
        end(true);
      });
  }
}
