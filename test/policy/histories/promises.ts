import { DAY, HOUR, MINUTE, type Instant } from '../../../functions/base/time.ts';

import type { Frequency } from '../../../functions/people/person.ts';
import type { Brand } from '../../../functions/people/brand.ts';
import type { Line } from '../../../functions/mail/delivery.ts';
import { TOPICS, type Life } from './life.ts';
import type { History, Mail, Said } from './live.ts';

/**
 * What was promised to readers, asked of a whole history. Nothing here calls the policy: days and
 * hours are read from the runtime's own calendar, and mails are counted from what arrived.
 */
type Promise = (history: History, life: Life) => string | undefined;

const LEAST_DAYS: Record<Exclude<Frequency, 'immediate'>, number> = {
  weekly: 6,
  monthly: 20,
  quarterly: 60,
};
const ours = ({ mails }: History) => mails.filter(({ kind }) => kind !== 'service');
const letters = ({ mails }: History) => mails.filter(({ kind }) => kind === 'letter');
const topicOf = (history: History, number: number) => history.publications.get(number)!.topic;
const said = (at: Instant) => new Date(at).toISOString().slice(0, 16);

const nothingWithoutAYes: Promise = (history) => {
  for (const mail of ours(history)) {
    const { reader, numbers } = mail;
    const given = (topic: string) => reader.subscriptions[topic]?.state === 'given';
    if (reader.standing.is !== 'well') return told(mail, `they had ${reader.standing.is}`);
    if (reader.stoppedAt !== null) return told(mail, 'they had stopped everything');
    if (mail.kind === 'note') {
      if (!reader.personalNotes) return told(mail, 'they wanted no personal notes');
      if (!Object.keys(reader.subscriptions).some(given)) return told(mail, 'they follow nothing');
    } else if (!numbers.every((number) => given(topicOf(history, number))))
      return told(mail, 'they do not follow what it holds');
  }
  for (const mail of history.mails)
    if (mail.reader.standing.is === 'bounced') return told(mail, 'the address is dead');
  return undefined;
};

const nobodyIsWoken: Promise = ({ mails }) => {
  for (const mail of mails) {
    const { minutes } = wallIn(mail.reader.timeZone, mail.at);
    if (isQuiet(mail.brand, minutes) && !mail.asked) return told(mail, 'it was night there');
  }
  return undefined;
};

function isQuiet({ quiet: { fromMinutes, toMinutes } }: Brand, minutes: number): boolean {
  return fromMinutes <= toMinutes
    ? minutes >= fromMinutes && minutes < toMinutes
    : minutes >= fromMinutes || minutes < toMinutes;
}

const nothingInAPause: Promise = (history) => {
  for (const mail of ours(history)) {
    const { pause } = mail.reader;
    if (pause && pause.until > mail.at) return told(mail, 'they had paused');
  }
  return undefined;
};

/** What may come in the cap's window: the house's own number, or what a topic that came in it promises. */
const neverAboveTheCap: Promise = (history) => {
  const all = ours(history);
  for (const [index, mail] of all.entries()) {
    const { cap } = mail.brand;
    const window = all.slice(0, index + 1).filter(({ at }) => at > mail.at - cap.days * DAY);
    const raised = all
      .filter(({ kind, at }) => kind === 'campaign' && at > mail.at - cap.days * DAY)
      // One that has taken its turn and is offered again in a few minutes counts already.
      .filter(({ at }) => at < mail.at + HOUR)
      .map((one) => atMost(history, one));
    const most =
      mail.kind === 'letter'
        ? Math.max(cap.mails, ...raised)
        : mail.kind === 'campaign'
          ? Math.max(cap.mails, atMost(history, mail))
          : cap.mails;
    // Who also gets a letter keeps a place for it.
    const place = mail.kind !== 'letter' && mail.reader.frequency !== 'immediate' ? 1 : 0;
    if (window.length > most - place)
      return told(
        mail,
        `it is number ${window.length} in ${cap.days} days, and ${most - place} may come`,
      );
  }
  return undefined;
};

const atMost = (history: History, { numbers }: Mail) => TOPICS[topicOf(history, numbers[0]!)] ?? 0;

const fewNotes: Promise = (history) => {
  const notes = history.mails.filter(({ kind }) => kind === 'note');
  for (const [index, note] of notes.entries()) {
    const { mails, days } = note.brand.lifecycleCeiling;
    const count = notes.slice(0, index + 1).filter(({ at }) => at > note.at - days * DAY).length;
    if (count > mails) return told(note, `it is number ${count} in ${days} days`);
  }
  return undefined;
};

const atTheirPace: Promise = (history) => {
  for (const mail of history.mails) {
    if (mail.kind !== 'campaign') continue;
    const { frequency, subscriptions } = mail.reader;
    const atOnce = subscriptions[topicOf(history, mail.numbers[0]!)]?.delivery === 'immediate';
    if (frequency !== 'immediate' && !atOnce) return told(mail, `their pace is ${frequency}`);
  }
  return undefined;
};

const lettersKeepTheirDistance: Promise = (history) => {
  for (const [last, letter] of pairs(letters(history))) {
    const { frequency, timeZone } = letter.reader;
    const apart = letter.at - last.at;
    const near =
      frequency === 'immediate'
        ? wallIn(timeZone, last.at).date === wallIn(timeZone, letter.at).date
        : apart < LEAST_DAYS[frequency] * DAY;
    if (near) return told(letter, `the last one came ${(apart / DAY).toFixed(2)} days before`);
    if (last.mailing === letter.mailing) return told(letter, 'it is the second of one day');
  }
  return undefined;
};

/** A letter leaves on the day it was announced for, unless machines were slow or it was night. */
const lettersOnTheirDay: Promise = (history, { planTakes, sendTakes }) => {
  for (const letter of letters(history)) {
    const { for: planned } = letter.announced!;
    const { timeZone } = letter.reader;
    if (letter.at < planned) return told(letter, `it was announced for ${said(planned)}`);
    const slow = (planTakes + sendTakes) * MINUTE;
    const heldAt = wasHeld(history, letter);
    const latest = planned + slow + (heldAt ? 24 * HOUR : 0) + retries(history, letter);
    const sameDay = wallIn(timeZone, planned).date === wallIn(timeZone, letter.at).date;
    if (!sameDay && letter.at > latest)
      return told(letter, `it was announced for ${said(planned)}`);
  }
  return undefined;
};

const wasHeld = ({ said: all }: History, { mailing, at }: Mail) =>
  all.some(
    ({ mail, line, at: then }) => mail.mailing === mailing && line.d === 'hold' && then <= at,
  );
const retries = ({ said: all }: History, { mailing }: Mail) =>
  all.filter(({ mail }) => mail.mailing === mailing).length * 5 * MINUTE;

/** Announced dates are the pace's own, unless what waits may come sooner or must come later for a reason. */
const datesAreThePacesOwn: Promise = (history) => {
  for (const letter of letters(history)) {
    const { reader, brand, announced } = letter;
    const sooner = /frequency|undo|missed/.test(announced!.by) || reader.frequency === 'immediate';
    if (sooner || history.housesChanged || hasHourToThink(history, announced!.for)) continue;
    const wall = wallIn(reader.timeZone, announced!.for);
    const weekday =
      reader.frequency === 'weekly' ? (reader.weekday ?? brand.digestWeekday) : brand.digestWeekday;
    const hour =
      reader.partOfDay === 'afternoon' ? brand.afternoonAtMinutes : brand.digestAtMinutes;
    const day = Number(wall.date.slice(8));
    const month = Number(wall.date.slice(5, 7));
    // A house whose hour for letters is a quiet one sends them when the quiet ends.
    if (isQuiet(brand, hour)) continue;
    const fits =
      wall.weekday === weekday &&
      wall.minutes === hour &&
      (reader.frequency === 'weekly' || day <= 7) &&
      (reader.frequency !== 'quarterly' || month % 3 === 0);
    if (!fits)
      return told(
        letter,
        `${wall.date} ${wall.minutes / 60} is no day of a ${reader.frequency} letter (${announced!.by})`,
      );
  }
  return undefined;
};

/** Who ends a break may take it back for an hour: a letter that is due within it leaves after it, or after the night. */
const hasHourToThink = ({ moved }: History, date: Instant): boolean =>
  moved.some(
    ({ at, to, by }) =>
      to === date && /pausedUntil/.test(by) && to >= at + HOUR && to <= at + 13 * HOUR,
  );

/** A date that was announced moves by the person's own act, or for a reason that is written down. */
const announcedDatesStand: Promise = ({ moved }) => {
  const reasons =
    /^(choice|undo|wake|import|send|drop|empty|gave up|digest paused|digest frequency-cap|missed)/;
  for (const { at, from, to, by } of moved) {
    if (from === null || reasons.test(by)) continue;
    if (by === 'digest frequency' && from <= at) continue;
    // What a refused call had used up was given back: the date it was due.
    if (by === 'hold quiet-hours' && to !== null && to <= at) continue;
    return `at ${said(at)} the letter of ${said(from)} moved to ${to === null ? 'never' : said(to)} because of ${by}`;
  }
  return undefined;
};

/** The letter's place is kept: it never gives way to what came at once, unless pace or house changed in that window. */
const theLettersPlaceIsKept: Promise = (history, { provider }) => {
  for (const { at, line, reader, brand, mail } of history.said) {
    if (mail.kind !== 'letter' || line.r !== 'frequency-cap') continue;
    const since = at - brand.cap.days * DAY;
    const settled = reader.frequencySince <= since && !history.housesChanged;
    if (settled && reader.frequency !== 'immediate' && provider.every((one) => one === 'takes'))
      return `at ${said(at)} the letter ${mail.mailing} gave way to other mails`;
  }
  return undefined;
};

const nothingTwice: Promise = (history) => {
  const mailings = new Map<string, Instant>();
  const numbers = new Set<number>();
  for (const mail of ours(history)) {
    // That one note has two lines is an invention of these lives; the row remembers it for ninety days.
    const before = mailings.get(mail.mailing);
    if (before !== undefined && (mail.kind !== 'note' || mail.at - before < 90 * DAY))
      return told(mail, 'it had come already');
    mailings.set(mail.mailing, mail.at);
    for (const number of mail.numbers) {
      if (mail.kind !== 'note' && numbers.has(number))
        return told(mail, `news ${number} had come already`);
      numbers.add(number);
    }
  }
  return undefined;
};

const nothingStale: Promise = (history) => {
  for (const mail of ours(history))
    for (const number of mail.numbers) {
      const { expiresAt, withdrawnAt, publishedAt, languages } = history.publications.get(number)!;
      if (expiresAt !== null && expiresAt <= mail.at) return told(mail, `news ${number} is stale`);
      if (withdrawnAt !== null && withdrawnAt <= mail.at)
        return told(mail, `news ${number} is withdrawn`);
      if (publishedAt > mail.at) return told(mail, `news ${number} is not out yet`);
      const { reader } = mail;
      if (mail.kind !== 'note' && reader.languageOnly && !languages.includes(reader.language))
        return told(mail, `news ${number} is not in their language`);
    }
  return undefined;
};

/** What somebody asked for in the last hour comes at once, and a service mail that is stale does not come. */
const askedForComesAtOnce: Promise = ({ said: all }) => {
  for (const { at, mail, line, reader } of all) {
    if (
      mail.kind === 'note' &&
      at - (mail.requestedAt ?? -Infinity) <= HOUR &&
      line.r === 'quiet-hours'
    )
      return `at ${said(at)} ${mail.mailing} waited for the morning, and they had just confirmed`;
    if (mail.kind !== 'service' || reader.standing.is === 'bounced') continue;
    const stale = mail.expiresAt != null && mail.expiresAt <= at;
    const fresh = mail.requestedAt !== undefined && at - mail.requestedAt <= HOUR;
    if (stale && line.d !== 'drop') return `at ${said(at)} a stale ${mail.mailing} was to be sent`;
    if (fresh && !stale && line.r !== 'requested')
      return `at ${said(at)} ${mail.mailing} was asked for, and is ${line.d} ${line.r}`;
  }
  return undefined;
};

const atTheirOwnClock: Promise = ({ mails, said: all }) => {
  for (const mail of mails) {
    const { wallTime } = all.find((one) => one.mail.mailing === mail.mailing)!.mail;
    if (mail.kind !== 'campaign' || !wallTime) continue;
    const wall = wallIn(mail.reader.timeZone, mail.at);
    if (`${wall.date} ${pad(wall.minutes)}` < `${wallTime.date} ${pad(wallTime.minutes)}`)
      return told(mail, `it was to come at ${wallTime.minutes / 60} there`);
  }
  return undefined;
};
const pad = (minutes: number) => String(minutes).padStart(4, '0');

/** Whoever rested for a while hears that it is over, and gets the five newest and no more. */
const pausesEndWithALetter: Promise = (history) => {
  for (const letter of letters(history)) {
    const { pause } = letter.reader;
    if (pause && !letter.returned) return told(letter, 'it does not say that the pause ended');
    if (!letter.returned) continue;
    const rested = letter.numbers.some(
      (number) => history.publications.get(number)!.publishedAt < pause!.until,
    );
    if (rested && letter.numbers.length > 5)
      return told(letter, `it holds ${letter.numbers.length} after a pause`);
  }
  return undefined;
};

/** Each candidate ended in one mail or in a reason, and nothing waits for ever. */
const nothingIsLost: Promise = (history) => {
  if (history.restless) return 'it never comes to rest';
  if (history.reader.waiting.length > 0)
    return `${history.reader.waiting.length} news wait for ever`;
  if (history.missed > 0) return `${history.missed} letters were missed`;
  for (const [number, ends] of history.became)
    if (ends.length === 0) return `news ${number} was lost`;
  return undefined;
};

/** A hold ends, a date is to come, and a reason is true. */
const reasonsAreTrue: Promise = (history) => {
  for (const one of history.said) {
    const lie = untrue(one);
    if (lie)
      return `at ${said(one.at)} ${one.mail.mailing} was ${one.line.d} ${one.line.r}, but ${lie}`;
  }
  return undefined;
};

function untrue(one: Said): string | undefined {
  const { at, line, mail, reader } = one;
  const { r, d, u } = line;
  if (d === 'hold' && u! <= at) return 'that hold is over';
  if (d === 'digest' && u! <= at && reader.nextDigestAt !== u) return 'that day is over';
  if (mail.kind !== 'service') {
    const { is } = reader.standing;
    if (is !== 'well' && r !== is) return `they had ${is}`;
    if (is === 'well' && reader.stoppedAt !== null && r !== 'suppressed') return 'they had stopped';
    const follows = Object.values(reader.subscriptions).some(({ state }) => state === 'given');
    if (is === 'well' && reader.stoppedAt === null && mail.kind === 'letter' && !follows)
      return unless(r === 'no-consent', 'they follow nothing');
  }
  return LIES[r]?.(one);
}

/** What a reason claims, where it can be told from the person, the mail and the house alone. */
const LIES: Partial<Record<Line['r'], (said: Said) => string | undefined>> = {
  bounced: ({ reader }) => unless(reader.standing.is === 'bounced', 'it did not bounce'),
  complained: ({ reader }) => unless(reader.standing.is === 'complained', 'nobody complained'),
  suppressed: ({ reader }) => unless(reader.stoppedAt !== null, 'they had not stopped'),
  unproven: ({ reader, mail }) =>
    unless(reader.subscriptions[mail.topic ?? '']?.state === 'unproven', 'there is proof'),
  'no-consent': ({ reader }) =>
    unless(
      Object.values(reader.subscriptions).every(({ state }) => state !== 'given'),
      'they follow something',
    ),
  'lifecycle-off': ({ reader }) => unless(!reader.personalNotes, 'they want notes'),
  paused: ({ reader, at }) =>
    unless(reader.pause !== null && reader.pause.until > at, 'they had not paused'),
  'quiet-hours': ({ reader, brand, at }) =>
    unless(isQuiet(brand, wallIn(reader.timeZone, at).minutes), 'it is day there'),
  expired: ({ mail }) => ofItems(mail, mail.expiresAt != null, 'it is good for ever'),
  withdrawn: ({ mail }) => ofItems(mail, mail.withdrawn === true, 'it stands'),
  stopped: ({ mail }) => ofItems(mail, mail.stopped === true, 'it goes on'),
  'not-in-audience': ({ reader, mail }) =>
    ofItems(mail, reader.languageOnly, 'they read every language'),
};

const unless = (isTrue: boolean, lie: string) => (isTrue ? undefined : lie);
/** A letter's reason is that of an item in it, which was asked by itself. */
const ofItems = ({ kind }: Said['mail'], isTrue: boolean, lie: string) =>
  unless(kind === 'letter' || isTrue, lie);

export const PROMISES: Readonly<Record<string, Promise>> = {
  nothingWithoutAYes,
  nobodyIsWoken,
  nothingInAPause,
  neverAboveTheCap,
  fewNotes,
  atTheirPace,
  lettersKeepTheirDistance,
  lettersOnTheirDay,
  datesAreThePacesOwn,
  announcedDatesStand,
  theLettersPlaceIsKept,
  nothingTwice,
  nothingStale,
  askedForComesAtOnce,
  atTheirOwnClock,
  pausesEndWithALetter,
  nothingIsLost,
  reasonsAreTrue,
};

/** The first promise that a history breaks. */
export function broken(
  history: History,
  life: Life,
): { readonly promise: string; readonly how: string } | undefined {
  for (const [promise, asks] of Object.entries(PROMISES)) {
    const how = asks(history, life);
    if (how !== undefined) return { promise, how };
  }
  return undefined;
}

const told = ({ kind, mailing, at, reader }: Mail, how: string) =>
  `the ${kind} ${mailing} came at ${said(at)} to ${reader.timeZone}, and ${how}`;

function* pairs<Thing>(things: readonly Thing[]): Iterable<[Thing, Thing]> {
  for (let index = 1; index < things.length; index += 1) yield [things[index - 1]!, things[index]!];
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const calendars = new Map<string, Intl.DateTimeFormat>();

/** What the runtime's own calendar shows there. */
function wallIn(timeZone: string, at: Instant): { date: string; minutes: number; weekday: number } {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
    calendars.set(timeZone, calendar);
  }
  const part = Object.fromEntries(
    calendar.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    minutes: Number(part.hour) * 60 + Number(part.minute),
    weekday: WEEKDAYS.indexOf(part.weekday!) + 1,
  };
}
