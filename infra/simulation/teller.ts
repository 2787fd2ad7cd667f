import { HOUR, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Engine, Process } from './engine.ts';
import type { Accepted } from './provider.ts';
import type { Weather } from './weather.ts';

/** What the provider tells of one mail after it took it, and the bit that each of it leaves on its line. */
type Event = {
  readonly name: string;
  readonly to: string;
  readonly bit: number;
  readonly sentAt: Instant;
  readonly body: Readonly<Record<string, unknown>>;
};
/** Who takes events, in one process. Answers which of them failed. */
type Taker = (
  process: Process,
  messages: readonly { readonly id: string; readonly body: unknown }[],
) => Promise<{ readonly failed: readonly string[] }>;

const SENT = 1;
const DELIVERED = 2;
const DELAYED = 4;
const RETURNED = 8;
const DEAD = 16;
const COMPLAINED = 32;
const REJECTED = 64;
const NOT_RENDERED = 128;
/** It took the mail and threw it away after that: nobody has it. */
export const NEVER_LEFT = REJECTED | NOT_RENDERED;

const GATHERED_WITHIN_MS = 2 * SECOND;
const TAKEN_AT_ONCE = 10;
const AGAIN_AFTER_MS = MINUTE;

/**
 * The provider's events: some are lost, some come twice, late, or before those that happened earlier.
 * Whoever takes them may fail or die; then they come again.
 */
export class Teller {
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #take: Taker;
  readonly #isOn: boolean;
  /** Told when somebody's address died or they complained, and it was taken. */
  gone: (to: string, sentAt: Instant) => void = () => undefined;
  /** Told when a mail that was taken never leaves, whether or not that is told to anybody else. */
  thrownAway: (mail: Accepted) => void = () => undefined;
  /** Of each mail, the bits of what was told and not lost; and when the first of it was taken. */
  readonly told = new Map<string, number>();
  readonly firstTakenAt = new Map<string, Instant>();
  #gathered: Event[] = [];
  #events = 0;

  constructor(engine: Engine, weather: Weather, take: Taker, isOn: boolean) {
    this.#engine = engine;
    this.#weather = weather;
    this.#take = take;
    this.#isOn = isOn;
  }

  tell(mail: Accepted): void {
    if (!this.#isOn) return;
    const { chance } = this.#weather;
    for (const { bit, afterMs, body } of this.#fateOf(mail)) {
      if ((bit & NEVER_LEFT) !== 0) this.thrownAway(mail);
      if (this.#weather.strikes('eventLost')) continue;
      const { mailing, batch, line } = mail.destination.tags;
      const name = `${mailing} ${batch} ${line}`;
      this.told.set(name, (this.told.get(name) ?? 0) | bit);
      const event = { name, to: mail.destination.to, bit, sentAt: mail.at, body };
      const copies = this.#weather.strikes('eventTwice') ? chance.between(2, 3) : 1;
      for (let copy = 1; copy <= copies; copy += 1) {
        const isLate = this.#weather.strikes('eventLate');
        const lateMs = isLate ? chance.below(8 * HOUR) : chance.below(20 * SECOND);
        this.#engine.at(this.#engine.now + afterMs + lateMs, () => this.#gather(event));
      }
    }
  }

  *#fateOf({ at, messageId, destination }: Accepted): Iterable<{
    readonly bit: number;
    readonly afterMs: number;
    readonly body: Event['body'];
  }> {
    const { chance } = this.#weather;
    const event = (eventType: string, bit: number, afterMs: number, rest: object = {}) => {
      const { to, tags } = destination;
      const told = Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, [tag]]));
      const timestamp = new Date(at).toISOString();
      const mail = { timestamp, messageId, destination: [to], tags: told };
      return { bit, afterMs, body: { eventType, mail, ...rest } };
    };
    const bounce = (bounceType: string) => ({ bounce: { bounceType } });
    yield event('Send', SENT, SECOND);
    if (chance.is(0.05)) yield event('DeliveryDelay', DELAYED, MINUTE);
    const kind = chance.next();
    if (kind < 0.03) yield event('Bounce', DEAD, 5 * SECOND, bounce('Permanent'));
    else if (kind < 0.06) yield event('Bounce', RETURNED, HOUR, bounce('Transient'));
    else if (kind < 0.07) yield event('Reject', REJECTED, 2 * SECOND);
    else if (kind < 0.08) yield event('Rendering Failure', NOT_RENDERED, 2 * SECOND);
    else yield event('Delivery', DELIVERED, 3 * SECOND);
    if (kind > 0.98) yield event('Complaint', COMPLAINED, 30 * MINUTE, { complaint: {} });
  }

  #gather(event: Event): void {
    if (this.#gathered.length === 0)
      this.#engine.at(this.#engine.now + GATHERED_WITHIN_MS, () => this.#handOver());
    this.#gathered.push(event);
  }

  /** In any order. */
  #handOver(): void {
    const { chance } = this.#weather;
    const left = this.#gathered;
    this.#gathered = [];
    while (left.length > 0) {
      const size = Math.min(left.length, chance.between(1, TAKEN_AT_ONCE));
      const some: Event[] = [];
      while (some.length < size) some.push(...left.splice(chance.below(left.length), 1));
      this.#offer(some);
    }
  }

  #offer(events: readonly Event[]): void {
    const process = this.#engine.spawn('feedback');
    const byId = new Map(events.map((event) => [`e${(this.#events += 1)}`, event]));
    let inHand = true;
    const end = (failed: readonly string[]) => {
      if (!inHand) return;
      inHand = false;
      const again: Event[] = [];
      for (const [id, event] of byId)
        if (failed.includes(id)) again.push(event);
        else this.#taken(event);
      if (again.length > 0)
        this.#engine.at(this.#engine.now + AGAIN_AFTER_MS, () => this.#offer(again));
    };
    const all = () => end([...byId.keys()]);
    this.#engine.watch(process, all);
    const messages = [...byId].map(([id, { body }]) => ({ id, body }));
    void this.#take(process, messages).then(({ failed }) => end(failed), all);
  }

  #taken({ name, to, bit, sentAt }: Event): void {
    if (!this.firstTakenAt.has(name)) this.firstTakenAt.set(name, this.#engine.now);
    if (bit === DEAD || bit === COMPLAINED) this.gone(to, sentAt);
  }
}
