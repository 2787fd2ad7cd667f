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

  stopped(who: string, at: Instant): void {
    if (!this.#stopped.has(who)) this.#stopped.set(who, at);
  }

  /** Erased, or an address that is dead. */
  gone(who: string, at: Instant): void {
    if (!this.#gone.has(who)) this.#gone.set(who, at);
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

  isStopped(who: string): boolean {
    return this.#stopped.has(who);
  }

  /** Why no letter about these topics may be called now, if that was answered long enough ago. */
  refusal(
    who: string,
    topics: readonly string[],
    now: Instant,
    graceMs: number,
  ): string | undefined {
    const before = now - graceMs;
    const wasBy = (at: Instant | undefined) => at !== undefined && at <= before;
    if (wasBy(this.#gone.get(who))) return 'they are gone';
    if (wasBy(this.#stopped.get(who))) return 'they stopped everything';
    const pause = this.#paused.get(who);
    if (pause && wasBy(pause.since) && pause.until > now + graceMs) return 'they paused';
    const off = topics.filter((topic) => wasBy(this.#topicsOff.get(`${who} ${topic}`)));
    return topics.length > 0 && off.length === topics.length
      ? `they left ${off.join(', ')}`
      : undefined;
  }

  isGone(who: string): boolean {
    return this.#gone.has(who);
  }
}
