import type { MailCall, MailOutcome, Mailer, Ports } from '../../../functions/base/ports.ts';

/** Mailers that are trusted where they must not be. */

export const withMailer =
  (broken: (mailer: Mailer) => Mailer) =>
  (ports: Ports): Ports => ({ ...ports, mailer: broken(ports.mailer) });

const TRIES = 3;

/** As a client library does when it is left to itself: no answer, so it asks again. */
export const askedAgainByTheClient = (mailer: Mailer): Mailer => ({
  ...mailer,
  send: async (call: MailCall) => {
    let outcomes: MailOutcome[] = [];
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      outcomes = await mailer.send(call);
      if (!outcomes.every(({ kind }) => kind === 'uncertain')) break;
    }
    return outcomes;
  },
});

/** No news is taken for good news: what the provider cannot tell, never came. */
export const silenceIsNo = (mailer: Mailer): Mailer => ({
  ...mailer,
  find: async (tags) => ((await mailer.find(tags)) === 'accepted' ? 'accepted' : 'never-came'),
});
