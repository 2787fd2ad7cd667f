import type { MailCall, Mailer, MailOutcome } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Database } from '../../infra/local/database.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';

/** How a call goes: taken and answered, taken but the answer lost, lost on its way there, or refused. */
export type Mood = 'fine' | 'answer-lost' | 'never-came' | 'refused';

/** A provider as SES is: it cannot be asked about a mail, and it knows what became of a call when we do not. */
export class SesLike {
  mood: Mood = 'fine';
  hasCanary = true;
  readonly canary = 'success@simulator.amazonses.com';

  /** As a town is built with it. */
  readonly mailer = (database: Database, now: () => Instant): Mailer & { close(): void } => {
    const mailbox = new Mailbox(database, now);
    return {
      send: async (call) => this.#send(mailbox, call),
      account: () => mailbox.account(),
      find: async () => 'unknown',
      ...(this.hasCanary && { canary: this.canary }),
      close: () => undefined,
    };
  };

  async #send(mailbox: Mailbox, call: MailCall): Promise<MailOutcome[]> {
    const isCanary = call.destinations[0]?.to === this.canary;
    const mood = isCanary ? 'fine' : this.mood;
    if (mood === 'refused')
      return call.destinations.map(() => ({ kind: 'refused', reason: 'not-wanted' }));
    const outcomes = mood === 'never-came' ? [] : await mailbox.send(call);
    return call.destinations.map((_, index) => {
      const outcome = outcomes[index];
      if (mood !== 'fine' || !outcome) return { kind: 'uncertain', reason: 'no-answer-in-time' };
      return outcome.kind === 'accepted'
        ? { kind: 'accepted', messageId: outcome.messageId }
        : outcome;
    });
  }
}
