import type {
  Destination,
  MailAccount,
  MailCall,
  Mailer,
  MailOutcome,
} from '../../functions/base/ports.ts';
import { DAY, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Engine, Process } from './engine.ts';
import type { Weather } from './weather.ts';

/** Its own mailbox, of which its events tell like of any other. */
export const CANARY_ADDRESS = 'success@simulator.example.net';

const CALL_MS = 120;
const ANSWER_WITHIN_MS = 10 * SECOND;
const ACCEPTS_WITHIN_MS = 12 * SECOND;

/** A mail that is on its way to its reader, whatever anybody was told. */
export type Accepted = {
  readonly at: Instant;
  readonly calledAt: Instant;
  readonly messageId: string;
  readonly category: MailCall['category'];
  readonly destination: Destination;
};
export type Told = {
  readonly called: (process: Process, call: MailCall) => void;
  /** Told of each answer that reached whoever had called. */
  readonly replied: (call: MailCall, outcomes: readonly MailOutcome[]) => void;
  readonly accepted: (mail: Accepted) => void;
  /** Told of each call where the provider sets a rate: how many mails came in the second until then. */
  readonly came: (mails: number, ratePerSecond: number) => void;
};

/** The provider: what it accepts is accepted, even when its answer never comes. */
export class Provider {
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #told: Told;
  readonly #refuses: (address: string) => boolean;
  readonly #byTags = new Map<string, Accepted>();
  readonly #times: Instant[] = [];
  readonly #arrivals: Instant[] = [];
  #mails = 0;

  constructor(
    engine: Engine,
    weather: Weather,
    told: Told,
    /** Addresses it takes no mail for. */
    refuses: (address: string) => boolean,
  ) {
    this.#engine = engine;
    this.#weather = weather;
    this.#told = told;
    this.#refuses = refuses;
  }

  /** The port, as one process holds it. */
  seenBy(process: Process): Mailer {
    const step = (what: string, usualMs: number) => this.#weather.step(what, usualMs);
    return {
      ...(this.#weather.tellsEvents ? { canary: CANARY_ADDRESS } : {}),
      send: async (call) => {
        const outcomes = await this.#send(process, call);
        this.#told.replied(call, outcomes);
        return outcomes;
      },
      account: () =>
        this.#engine.step(process, step('account', CALL_MS), () => {
          const { ratePerSecond, quotaPerDay } = this.#weather.faults;
          return {
            ratePerSecond,
            quotaPerDay,
            sentLastDay: this.#sentSince(this.#engine.now - DAY),
            sending: this.#block() === undefined,
          } satisfies MailAccount;
        }),
      find: (tags) =>
        this.#engine.step(process, step(`find ${nameOf(tags)}`, CALL_MS), () => {
          if (this.#weather.faults.tells === 'unknown') return 'unknown';
          return this.#byTags.has(nameOf(tags)) ? 'accepted' : 'never-came';
        }),
    };
  }

  async #send(process: Process, call: MailCall): Promise<MailOutcome[]> {
    this.#told.called(process, call);
    const calledAt = this.#engine.now;
    this.#arrive(call.destinations.length);
    const what = `call ${call.destinations.map(({ tags }) => nameOf(tags)).join(', ')}`;
    const unknown = (reason: string) =>
      call.destinations.map((): MailOutcome => ({ kind: 'uncertain', reason }));
    const { crashes, takesMs } = this.#weather.step(what, CALL_MS);
    if (this.#weather.strikes('lostBefore'))
      return this.#engine.step(process, { what, takesMs: CALL_MS, crashes }, () =>
        unknown('connection-reset'),
      );
    // A client waits ten seconds and no longer; the provider may take the mail all the same.
    const isSlow = this.#weather.strikes('slowCall');
    const comesMs = isSlow
      ? this.#weather.chance.between(SECOND, ACCEPTS_WITHIN_MS)
      : Math.min(takesMs, ACCEPTS_WITHIN_MS);
    const lost = this.#weather.strikes('lostAfter');
    const accept = () => this.#accept(call, calledAt);
    if (comesMs <= ANSWER_WITHIN_MS)
      return this.#engine.step(process, { what, takesMs: comesMs, crashes }, () => {
        const outcomes = accept();
        return lost ? unknown('5xx') : outcomes;
      });
    if (this.#weather.faults.tells === 'unknown')
      this.#engine.at(calledAt + comesMs, () => void accept());
    return this.#engine.step(process, { what, takesMs: ANSWER_WITHIN_MS, crashes }, () =>
      unknown('time-out'),
    );
  }

  #accept(call: MailCall, calledAt: Instant): MailOutcome[] {
    const all = (outcome: MailOutcome) => call.destinations.map(() => outcome);
    const block = this.#block();
    if (block !== undefined) return all({ kind: 'blocked', reason: block });
    if (this.#weather.strikes('throttled')) return all({ kind: 'later', reason: 'throttled' });
    return call.destinations.map((destination) => this.#acceptOne(call, destination, calledAt));
  }

  #acceptOne(call: MailCall, destination: Destination, calledAt: Instant): MailOutcome {
    const { now } = this.#engine;
    const { ratePerSecond, quotaPerDay } = this.#weather.faults;
    if (this.#weather.strikes('partlyThrottled') || this.#arrivedBy(calledAt) > ratePerSecond)
      return { kind: 'later', reason: 'throttled' };
    if (this.#sentSince(now - DAY) >= quotaPerDay)
      return { kind: 'blocked', reason: 'daily-quota' };
    if (this.#refuses(destination.to)) return { kind: 'refused', reason: 'address-not-taken' };
    this.#mails += 1;
    const messageId = `m${this.#mails}`;
    const mail = { at: now, calledAt, messageId, category: call.category, destination };
    this.#times.push(now);
    this.#byTags.set(nameOf(destination.tags), mail);
    this.#told.accepted(mail);
    return { kind: 'accepted', messageId };
  }

  /** The rate is counted as mails come in. */
  #arrive(mails: number): void {
    const { now } = this.#engine;
    const { ratePerSecond, skewMs } = this.#weather.faults;
    if (ratePerSecond === Infinity) return;
    for (let mail = 1; mail <= mails; mail += 1) this.#arrivals.push(now);
    if (skewMs === 0) this.#told.came(this.#arrivedBy(now), ratePerSecond);
  }

  /** Mails that came within the second before a moment. */
  #arrivedBy(at: Instant): number {
    let count = 0;
    for (let index = this.#arrivals.length - 1; index >= 0; index -= 1) {
      const came = this.#arrivals[index]!;
      if (came <= at - SECOND) break;
      if (came <= at) count += 1;
    }
    return count;
  }

  #block(): string | undefined {
    const { now } = this.#engine;
    return this.#weather.faults.blocks.find(({ from, until }) => from <= now && now < until)
      ?.reason;
  }

  #sentSince(since: Instant): number {
    let count = 0;
    for (let index = this.#times.length - 1; index >= 0; index -= 1) {
      if (this.#times[index]! <= since) break;
      count += 1;
    }
    return count;
  }
}

const nameOf = ({ mailing, batch, line }: Readonly<Record<string, string>>) =>
  `${mailing}/${batch}/${line}`;
