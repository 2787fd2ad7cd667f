import { DAY, HOUR, instantOf, type Instant, type WallTime } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader } from '../people/person.ts';
import { isPaused, letterAfter, nextLetterAt, outsideQuietHours } from './calendar.ts';
import { digest, drop, hold, send, type Decision } from './decision.ts';
import { atOnceCap, carried, mailsInWindow, placeForLetterFrom, turnOf } from './turns.ts';

/** The little the policy needs to know about a mail. Campaigns, digests and journeys all become this. */
export type MailAsked = {
  readonly mailing: string;
  /** Publications it carries: a campaign's own number, or all the items of a letter. */
  readonly numbers: readonly number[];
  readonly kind: 'service' | 'campaign' | 'letter' | 'note';
  readonly topic?: string;
  readonly topicAtMost?: number | null;
  readonly expiresAt?: Instant | null;
  readonly withdrawn?: boolean;
  readonly stopped?: boolean;
  /** Languages it was written in, where a reader wants only their own. */
  readonly languages?: readonly string[];
  /** A moment on each reader's own wall clock. */
  readonly wallTime?: WallTime;
  /** When the person asked for it themselves. */
  readonly requestedAt?: Instant;
  /** Safety, recall, breach, cancelled booking, changed terms. */
  readonly urgent?: boolean;
  /** The announced date a letter was planned for. */
  readonly plannedFor?: Instant;
};

/** `reader` is as they would be without this mailing's own turn; undefined once erased. */
export type Question = {
  readonly mail: MailAsked;
  readonly reader: Reader | undefined;
  readonly brand: Brand;
  readonly now: Instant;
};

type Asked = Question & { readonly reader: Reader };
export type Rule = (question: Asked) => Decision | undefined;
export type Rules = Readonly<Record<MailAsked['kind'], readonly Rule[]>>;

const onlyWhereMailArrives: Rule = ({ reader }) =>
  reader.standing.is === 'bounced' ? drop('bounced') : undefined;

const neverAfterAComplaint: Rule = ({ reader }) =>
  reader.standing.is === 'complained' ? drop('complained') : undefined;

const neverAfterStop: Rule = ({ reader }) =>
  reader.stoppedAt === null ? undefined : drop('suppressed');

const onlyTopicsFollowed: Rule = ({ reader, mail }) => {
  if (mail.topic === undefined) return undefined;
  switch (reader.subscriptions[mail.topic]?.state) {
    case 'given':
      return undefined;
    case 'unproven':
      return drop('unproven');
    case 'withdrawn':
    case undefined:
      return drop('not-subscribed');
  }
};

const onlyWithConsent: Rule = ({ reader }) =>
  Object.values(reader.subscriptions).some(({ state }) => state === 'given')
    ? undefined
    : drop('no-consent');

const notOnceWithdrawn: Rule = ({ mail }) => {
  if (mail.withdrawn) return drop('withdrawn');
  return mail.stopped ? drop('stopped') : undefined;
};

const notOnceExpired: Rule = ({ mail, now }) => (expired(mail, now) ? drop('expired') : undefined);

const neverTwice: Rule = ({ reader, mail }) =>
  turnOf(reader, mail.mailing) || mail.numbers.some((number) => carried(reader, number))
    ? drop('already-sent')
    : undefined;

/** Who moved to another zone may meet the same day again: the second letter waits for its next date. */
const oneLetterADay: Rule = ({ reader, mail, brand, now }) =>
  turnOf(reader, mail.mailing)
    ? digest('frequency', letterAfter(reader, brand, now + DAY))
    : undefined;

const onlyInTheirLanguage: Rule = ({ reader, mail }) =>
  reader.languageOnly && mail.languages && !mail.languages.includes(reader.language)
    ? drop('not-in-audience')
    : undefined;

const staysWhereItWaits: Rule = (question) => {
  const { reader, mail, now } = question;
  if (!mail.numbers.some((number) => reader.waiting.includes(number))) return undefined;
  if (isPaused(reader, now)) return inNextLetter('paused', question);
  return inNextLetter(comesAtOnce(question) ? 'frequency-cap' : 'frequency', question);
};

const gathersInAPause: Rule = (question) =>
  isPaused(question.reader, question.now) ? inNextLetter('paused', question) : undefined;

const waitsForTheirLetter: Rule = (question) =>
  comesAtOnce(question) ? undefined : inNextLetter('frequency', question);

const notMoreThanTheCap: Rule = (question) => {
  const { reader, brand, mail, now } = question;
  const cap = atOnceCap(reader, brand, mail.topicAtMost ?? null);
  return mailsInWindow(reader, brand.cap.days, now) >= cap
    ? inNextLetter('frequency-cap', question)
    : undefined;
};

const atTheirOwnClock: Rule = ({ reader, mail, now }) => {
  if (!mail.wallTime) return undefined;
  const at = instantOf(reader.timeZone, mail.wallTime);
  return at > now ? hold('preferred-time', at) : undefined;
};

const notInQuietHours: Rule = ({ reader, mail, brand, now }) => {
  const at = outsideQuietHours(reader, brand, now);
  if (at === now) return undefined;
  return expired(mail, at) ? drop('expired') : hold('quiet-hours', at);
};

/** A letter goes out for the date it was planned for; if that date has moved, it waits there. */
const onItsOwnDate: Rule = (question) => {
  const { reader, mail, brand, now } = question;
  if (isPaused(reader, now)) return inNextLetter('paused', question);
  if (reader.nextDigestAt === null || reader.nextDigestAt > now)
    return reader.waiting.length > 0
      ? digest('frequency', reader.nextDigestAt ?? letterAfter(reader, brand, now))
      : drop('already-sent');
  if (mail.plannedFor !== undefined && reader.nextDigestAt !== mail.plannedFor)
    return drop('already-sent');
  const free = placeForLetterFrom(reader, brand, now);
  return free > now ? digest('frequency-cap', letterAfter(reader, brand, now)) : undefined;
};

const onlyIfNotesAreWelcome: Rule = ({ reader }) =>
  reader.personalNotes ? undefined : drop('lifecycle-off');

const fewNotes: Rule = ({ reader, brand, now }) => {
  const { mails, days } = brand.lifecycleCeiling;
  if (mailsInWindow(reader, days, now, 'l') >= mails) return drop('lifecycle-ceiling');
  const cap = reader.frequency === 'immediate' ? brand.cap.mails : brand.cap.mails - 1;
  return mailsInWindow(reader, brand.cap.days, now) >= cap ? drop('lifecycle-ceiling') : undefined;
};

const notesWaitForAPauseToEnd: Rule = ({ reader, mail, now }) => {
  if (!isPaused(reader, now)) return undefined;
  const until = reader.pause!.until;
  return expired(mail, until) ? drop('expired') : hold('paused', until);
};

const askedForJustNow: Rule = ({ mail, now }) => {
  if (mail.urgent) return send('transactional');
  return mail.requestedAt !== undefined && now - mail.requestedAt <= HOUR
    ? send('requested')
    : undefined;
};

/** In order of weight: the first rule with an opinion decides. What is held is asked again when its hold ends. */
export const RULES: Rules = {
  service: [onlyWhereMailArrives, notOnceExpired, askedForJustNow, notInQuietHours],
  campaign: [
    onlyWhereMailArrives,
    neverAfterAComplaint,
    neverAfterStop,
    onlyTopicsFollowed,
    notOnceWithdrawn,
    notOnceExpired,
    neverTwice,
    onlyInTheirLanguage,
    staysWhereItWaits,
    gathersInAPause,
    waitsForTheirLetter,
    atTheirOwnClock,
    notMoreThanTheCap,
    notInQuietHours,
  ],
  letter: [
    onlyWhereMailArrives,
    neverAfterAComplaint,
    neverAfterStop,
    onlyWithConsent,
    onItsOwnDate,
    oneLetterADay,
    notInQuietHours,
  ],
  note: [
    onlyWhereMailArrives,
    neverAfterAComplaint,
    neverAfterStop,
    onlyWithConsent,
    onlyIfNotesAreWelcome,
    notOnceWithdrawn,
    notOnceExpired,
    neverTwice,
    notesWaitForAPauseToEnd,
    fewNotes,
    askedForJustNow,
    notInQuietHours,
  ],
};

const WHEN_SENT: Record<MailAsked['kind'], Decision> = {
  service: send('transactional'),
  campaign: send('subscribed'),
  letter: send('digest-day'),
  note: send('subscribed'),
};

/** May this mail reach this person, and when? The one place in the product that answers. */
export function decide(question: Question, rules: Rules = RULES): Decision {
  const { reader, mail } = question;
  if (!reader) return drop('erased');
  for (const rule of rules[mail.kind]) {
    const decision = rule({ ...question, reader });
    if (decision) return decision;
  }
  return WHEN_SENT[mail.kind];
}

/**
 * Rides in the reader's next letter, unless it would have expired by then. A letter that is due and
 * not yet made keeps its date: what comes at that very hour must not push it away. Only a pause does.
 */
function inNextLetter(
  because: 'frequency' | 'frequency-cap' | 'paused',
  { reader, mail, brand, now }: Asked,
): Decision {
  const announced = nextLetterAt(reader, brand, now);
  const resting = isPaused(reader, now) && (announced ?? now) < reader.pause!.until;
  const on = announced === null || resting ? letterAfter(reader, brand, now) : announced;
  return expired(mail, on) ? drop('expired') : digest(because, on);
}

/** By the reader's pace, or because they want this one topic at once. */
function comesAtOnce({ reader, mail }: Asked): boolean {
  return (
    reader.frequency === 'immediate' ||
    reader.subscriptions[mail.topic ?? '']?.delivery === 'immediate'
  );
}

function expired(mail: MailAsked, at: Instant): boolean {
  return typeof mail.expiresAt === 'number' && mail.expiresAt <= at;
}
