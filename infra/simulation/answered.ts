import type { Instant } from '../../functions/base/time.ts';

/**
 * What people have been told is done. "Stop" counts from the moment it was answered until the
 * moment they ask for mail again.
 */
export class Answered {
  readonly #stopped = new Map<string, Instant>();
  readonly #gone = new Map<string, Instant>();
  readonly #paused = new Map<string, { readonly since: Instant; readonly until: Instant }>();
  readonly #topicsOff = new Map<string, Instant>();
  readonly #held = new Map<string, Instant>();
  readonly #cameBackAt = new Map<string, Instant>();

  stopped(who: string, at: Instant): void {
    if (!this.#stopped.has(who)) this.#stopped.set(who, at);
  }

  /** Erased, or an address that is dead. */
  gone(who: string, at: Instant): void {
    if (!this.#gone.has(who)) this.#gone.set(who, at);
  }

  /** Nothing they had chosen is left, should they come back one day. */
  erased(who: string, at: Instant): void {
    this.gone(who, at);
    this.#paused.delete(who);
  }

  paused(who: string, since: Instant, until: Instant): void {
    this.#paused.set(who, { since, until });
  }

  topicOff(who: string, topic: string, at: Instant): void {
    this.#topicsOff.set(`${who} ${topic}`, at);
  }

  asksForMore(who: string): void {
    this.#paused.delete(who);
  }

  asksForTopic(who: string, topic: string): void {
    this.#stopped.delete(who);
    this.#topicsOff.delete(`${who} ${topic}`);
  }

  /** With their own hand, whatever had ended before: a mailbox that answers is alive. */
  asksToReadAgain(who: string, topics: readonly string[]): void {
    this.#gone.delete(who);
    for (const topic of topics) this.asksForTopic(who, topic);
  }

  /** They have confirmed: what is told of mails from before says nothing about them now. */
  cameBack(who: string, at: Instant): void {
    this.#cameBackAt.set(who, at);
  }

  cameBackAt(who: string): Instant {
    return this.#cameBackAt.get(who) ?? -Infinity;
  }

  /** A campaign was paused, stopped or withdrawn; undefined takes that back. */
  held(mailing: string, at: Instant | undefined): void {
    if (at === undefined) this.#held.delete(mailing);
    else if (!this.#held.has(mailing)) this.#held.set(mailing, at);
  }

  isHeld(mailing: string, since: Instant): boolean {
    const at = this.#held.get(mailing);
    return at !== undefined && at <= since;
  }

  isStopped(who: string): boolean {
    return this.#stopped.has(who);
  }

  /** Why no letter about these topics may be called now, if that was answered long enough ago. */
  refusal(
    who: string,
    topics: readonly string[],
    now: Instant,
    { graceMs, skewMs }: { readonly graceMs: number; readonly skewMs: number },
  ): string | undefined {
    const before = now - graceMs;
    const wasBy = (at: Instant | undefined) => at !== undefined && at <= before;
    if (wasBy(this.#gone.get(who))) return 'they are gone';
    if (wasBy(this.#stopped.get(who))) return 'they stopped everything';
    const pause = this.#paused.get(who);
    // A pause ends by the clock of whoever asks.
    if (pause && wasBy(pause.since) && pause.until > now + graceMs + skewMs) return 'they paused';
    const off = topics.filter((topic) => wasBy(this.#topicsOff.get(`${who} ${topic}`)));
    return off.length > 0 ? `they left ${off.join(', ')}` : undefined;
  }
}
