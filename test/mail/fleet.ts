import type { Key, MailAccount, Mailer, Write } from '../../functions/base/ports.ts';
import { HOUR, SECOND, type Instant } from '../../functions/base/time.ts';
import { inTurns, leaseSlots, slowDown } from '../../functions/mail/pace.ts';
import type { Lane } from '../../functions/mail/slots.ts';
import { Chance } from '../../infra/simulation/chance.ts';
import { Engine, type Process } from '../../infra/simulation/engine.ts';
import { MemoryTable } from '../../infra/simulation/memory-table.ts';
import { plainTable } from '../../infra/simulation/plain-ports.ts';

export const STARTS_AT: Instant = Date.UTC(2026, 0, 5, 10);
const ROW = 50;

/**
 * Many workers and one provider in virtual time: each leases, prepares for as long as claims take,
 * calls, and begins anew. The provider writes down when each mail came.
 */
export class Fleet {
  readonly chance = new Chance('a fleet');
  readonly engine = new Engine({ startsAt: STARTS_AT, chance: this.chance, skewMs: 0 });
  readonly came: Instant[] = [];
  readonly campaignCame: Instant[] = [];
  readonly serviceTookMs: number[] = [];
  readonly turnedAway = { busy: 0, quota: 0 };
  account: MailAccount = {
    ratePerSecond: 500,
    quotaPerDay: 10_000_000,
    sentLastDay: 0,
    sending: true,
  };
  /** Whether the provider throttles a mail that comes now. */
  throttles: (at: Instant) => boolean = () => false;
  /** How long claims take between the lease and the call. */
  prepares: readonly [number, number] = [60, 200];
  /** How long a worker whose claims are old asks about them again, right before the call. */
  asksAgain: readonly [number, number] = [0, 0];
  reads = 0;
  readonly #service: Instant[] = [];
  #serviceHands = 0;
  readonly #table = plainTable(new MemoryTable());

  /** A campaign with more than enough to send. */
  addSender(until: Instant): void {
    const ports = this.portsOf(this.engine.spawn('editorial'));
    const work = async () => {
      while (ports.now() < until) {
        const paced = await leaseSlots(ports, 'editorial', ROW);
        if (paced.kind === 'quota' || paced.kind === 'busy') {
          this.turnedAway[paced.kind] += 1;
          const back = paced.kind === 'quota' ? HOUR : paced.forMs;
          await ports.wait(back + this.chance.between(0, SECOND));
          continue;
        }
        await ports.wait(this.chance.between(...this.prepares));
        const mails = paced.kind === 'slots' ? sum(paced.slots.map((slot) => slot.mails)) : ROW;
        await this.#call(ports, 'editorial', paced, mails);
        await ports.wait(this.chance.between(10, 40));
      }
    };
    void work();
  }

  /** A transactional mail, from the moment it is posted: a hundred can be in hand at once. */
  addServiceMail(at: Instant): void {
    this.engine.at(at, () => {
      this.#service.push(at);
      if (this.#serviceHands < 100) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#serviceHands += 1;
    const ports = this.portsOf(this.engine.spawn('service'));
    for (let at = this.#service.shift(); at !== undefined; at = this.#service.shift()) {
      const paced = await leaseSlots(ports, 'service', 1);
      if (paced.kind === 'quota' || paced.kind === 'busy') throw new Error('turned away');
      await ports.wait(this.chance.between(20, 60));
      await this.#call(ports, 'service', paced, 1);
      this.serviceTookMs.push(ports.now() - at);
    }
    this.#serviceHands -= 1;
  }

  run(): Promise<unknown> {
    return this.engine.run({ until: STARTS_AT + 2 * 24 * HOUR, steps: 20_000_000 });
  }

  /** The most that came within any second, wherever it begins. */
  mostInASecond(): number {
    const times = [...this.came].sort((one, other) => one - other);
    let most = 0;
    for (let first = 0, last = 0; last < times.length; last += 1) {
      while (times[last]! - times[first]! >= SECOND) first += 1;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  cameBetween(from: Instant, until: Instant): number {
    return this.came.filter((at) => at >= from && at < until).length;
  }

  portsOf(process: Process) {
    const { engine, chance } = this;
    const after = <Answer>(what: string, answer: () => Answer): Promise<Answer> =>
      engine.step(process, { what, takesMs: chance.between(2, 9) }, answer);
    const mailer: Mailer = {
      send: () => Promise.reject(new Error('nobody sends here')),
      account: () => after('account', () => this.account),
      find: async () => 'unknown',
    };
    return {
      now: () => engine.now,
      wait: (ms: number) => engine.step(process, { what: 'wait', takesMs: ms }, () => undefined),
      random: (bytes: number) => chance.bytes(bytes),
      mailer,
      table: {
        ...this.#table,
        get: async (key: Key) => {
          this.reads += 1;
          await after('get', () => undefined);
          return this.#table.get(key);
        },
        writeAll: async (writes: readonly Write[]) => {
          await after('write', () => undefined);
          return this.#table.writeAll(writes);
        },
      },
    };
  }

  async #call(
    ports: ReturnType<Fleet['portsOf']>,
    lane: Lane,
    paced: Parameters<typeof inTurns>[1],
    mails: number,
  ): Promise<void> {
    let throttled = false;
    const people = Array.from({ length: mails }, (_, index) => index);
    const offers = [{ people, isFresh: this.asksAgain[1] === 0 }];
    await inTurns(ports, paced, offers, {
      ready: async (part) => {
        if (!part.isFresh) await ports.wait(this.chance.between(...this.asksAgain));
        return { ...part, isFresh: true };
      },
      call: async (part) => {
        for (const _one of part.people)
          if (this.throttles(ports.now())) throttled = true;
          else {
            this.came.push(ports.now());
            if (lane === 'editorial') this.campaignCame.push(ports.now());
          }
        await ports.wait(this.chance.between(60, 140));
      },
    });
    if (throttled) await slowDown(ports);
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
