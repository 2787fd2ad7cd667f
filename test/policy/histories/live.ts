import {
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  wallTimeIn,
  type Instant,
} from '../../../functions/base/time.ts';
import { ask } from '../../../functions/mail/ask.ts';
import { isFresh, welcomeAsked } from '../../../functions/mail/ask-welcome.ts';
import { lineOf, type Delivery, type Line } from '../../../functions/mail/delivery.ts';
import { campaignAsked, mailAsked } from '../../../functions/mail/asked.ts';
import { dueLetter, leftEmpty } from '../../../functions/mail/due-letter.ts';
import { isWelcome, welcomeMailingId, type Mailing } from '../../../functions/mail/mailing.ts';
import type { Publication } from '../../../functions/mail/publication.ts';
import { Brand } from '../../../functions/people/brand.ts';
import { newProfile, newReader, type Reader } from '../../../functions/people/person.ts';
import { soonestLetterAfter } from '../../../functions/policy/calendar.ts';
import {
  crowdedOut,
  redated,
  withFrequency,
  withSubscription,
  withWaiting,
} from '../../../functions/policy/change.ts';
import { decide, RULES, type MailAsked, type Rules } from '../../../functions/policy/decide.ts';
import { withItemsBack, withoutTurn } from '../../../functions/policy/turns.ts';
import { chosen, type Choice } from '../../../functions/preferences/choice.ts';
import { restored } from '../../../functions/preferences/undo.ts';
import type { Undo } from '../../../functions/preferences/undo-row.ts';
import { TOPICS, type Act, type Life, type News } from './life.ts';

type Both = Parameters<typeof chosen>[0];

/** A mail that reached them, with the person and the house as they were in the moment it was claimed. */
export type Mail = {
  readonly at: Instant;
  readonly kind: MailAsked['kind'];
  readonly mailing: string;
  readonly numbers: readonly number[];
  readonly reader: Reader;
  readonly brand: Brand;
  readonly returned: boolean;
  /** The date a letter was announced for, and what had set that date. */
  readonly announced?: { readonly for: Instant; readonly by: string };
  readonly asked?: boolean;
};

/** What the heart said of one line, when, and of whom. */
export type Said = {
  readonly at: Instant;
  readonly mail: MailAsked;
  readonly line: Line;
  readonly reader: Reader;
  readonly brand: Brand;
};

/** The date of the next letter was another before, while something waited for it. */
export type Moved = {
  readonly at: Instant;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly by: string;
};

export type History = {
  readonly mails: readonly Mail[];
  readonly said: readonly Said[];
  readonly moved: readonly Moved[];
  readonly publications: ReadonlyMap<number, Publication>;
  /** What became of each publication this person was a candidate of. */
  readonly became: ReadonlyMap<number, readonly string[]>;
  /** Letters found due so late that they were given another date. */
  readonly missed: number;
  /** The house changed its own rules on the way. */
  readonly housesChanged: boolean;
  readonly restless: boolean;
  readonly reader: Reader;
};

type Row = {
  line: Line;
  attempt: number;
  readonly mailing: Mailing;
  readonly batch: string;
  readonly open: () => boolean;
  announced?: Mail['announced'];
};

const MISSED_AFTER_MS = 26 * HOUR;
const RETRY_MS = 5 * MINUTE;
const MOST_STEPS = 3_000;
const BEGINS_FIRST = 'Pacific/Kiritimati';

/**
 * Lives one life through the functions that plan, claim and close use, step by step, without a table:
 * whatever they want written is the person as they are from then on.
 */
export function live(life: Life, rules: Rules = RULES): History {
  let now = life.beginsAt;
  let brand = Brand.parse(life.house);
  let { reader, profile } = begun(life, brand, now);
  let lastChoice: { readonly before: Both; readonly after: Both; readonly at: Instant } | undefined;
  let plannedUntil = -Infinity;
  let announcedBy = 'beginning';
  let calls = 0;
  let missed = 0;
  let housesChanged = false;
  let last = 0;

  const publications = new Map<number, Publication>();
  const mailings = new Map<string, Mailing>();
  const rows: Row[] = [];
  const jobs: { at: Instant; run: () => void }[] = [];
  const mails: Mail[] = [];
  const said: Said[] = [];
  const moved: Moved[] = [];
  const became = new Map<number, string[]>();

  const later = (at: Instant, run: () => void) => void jobs.push({ at, run });
  const ends = (number: number, how: string) => {
    const known = became.get(number);
    if (known) known.push(how);
  };
  /** The person is somebody else from now on; why their date moved is remembered. */
  const become = (after: Reader, by: string) => {
    if (after.frequency !== reader.frequency) announcedBy = by;
    if (after.nextDigestAt !== reader.nextDigestAt) {
      announcedBy = by;
      if (reader.waiting.length > 0 || after.waiting.length > 0)
        moved.push({ at: now, from: reader.nextDigestAt, to: after.nextDigestAt, by });
    }
    reader = after;
  };
  const say = (mail: MailAsked, line: Line, before: Reader) =>
    said.push({ at: now, mail, line, reader: before, brand });

  const dispatch = (row: Row) => {
    if (!row.open()) return;
    const before = reader;
    const delivery = deliveryOf(row);
    const publication = publications.get(row.mailing.number ?? 0);
    const mailing = mailings.get(row.mailing.mailingId) ?? row.mailing;
    const mail = mailAsked(delivery, mailing, publication);
    row.attempt += 1;
    const work = { brand, topics: [], delivery, attempt: row.attempt, mail, publications, rules };
    const { answered, after } = ask(work, row.line, { reader, profile }, now);
    row.announced ??= { for: row.line.f ?? 0, by: announcedBy };
    const { announced } = row;
    row.line = answered.line;
    const { d, r, u, n, x, f } = row.line;
    const greets = isWelcome(mailing.mailingId);
    say(greets ? { ...mail, ...welcomeAsked(mail.mailing, n ?? [], f!) } : mail, row.line, before);
    if (after) become(after, `${d} ${r}`);
    for (const { n: number, r: because } of x ?? []) ends(number, because);
    const numbers = mail.kind === 'letter' || greets ? (n ?? []) : mail.numbers;
    if (d === 'drop' && mail.kind !== 'letter' && !greets) ends(mail.numbers[0]!, r);
    if (d === 'hold') later(u!, () => dispatch(row));
    if (d !== 'send') return;
    const answer = life.provider[calls++ % life.provider.length]!;
    switch (answer) {
      case 'later':
        later(now + RETRY_MS, () => dispatch(row));
        return;
      case 'refuses':
        row.line = { ...row.line, o: 'refused' };
        become(withoutTurn(reader, mailing.mailingId), 'refused');
        if (!greets) for (const number of numbers) ends(number, 'refused');
        return;
      case 'gives-up':
        row.line = { ...row.line, o: 'refused' };
        become(redated(withItemsBack(reader, mailing.mailingId), brand, now), 'gave up');
        if (mail.kind !== 'letter' && !greets)
          for (const number of numbers) ends(number, 'refused');
        return;
      case 'takes': {
        row.line = { ...row.line, o: 'accepted' };
        const { kind } = mail;
        const asked = answered.person!.reader;
        mails.push({
          at: now,
          kind,
          mailing: mailing.mailingId,
          numbers,
          reader: asked,
          brand,
          returned: answered.returned === true,
          ...(kind === 'letter' ? { announced } : {}),
          ...(greets ? { asked: now - f! <= HOUR } : {}),
        });
        for (const number of numbers) ends(number, 'mail');
      }
    }
  };

  const addRow = (mailing: Mailing, line: Line) => {
    const row: Row = {
      line,
      attempt: 0,
      mailing,
      batch: String(rows.length),
      open: () => (row.line.d === 'send' && row.line.o === 'open') || row.line.d === 'hold',
    };
    rows.push(row);
    if (line.d === 'send') later(now + life.sendTakes * MINUTE, () => dispatch(row));
    if (line.d === 'hold') later(line.u!, () => dispatch(row));
  };

  const plan = (number: number) => {
    const publication = publications.get(number)!;
    const mailing = mailings.get(publication.mailingId)!;
    const { state } = reader.subscriptions[publication.topic] ?? {};
    if (state !== 'given' && state !== 'unproven') return;
    if (!became.has(number)) became.set(number, []);
    const mail = campaignAsked(mailing, publication);
    const decision = decide({ mail, reader, brand, now }, rules);
    const line = lineOf('ada', decision);
    say(mail, line, reader);
    if (decision.kind === 'digest') {
      const after = withWaiting(reader, number, decision.on);
      for (const out of crowdedOut(reader, after)) ends(out, 'newer-came');
      become(after, `${decision.kind} ${decision.because}`);
    }
    if (decision.kind === 'drop') ends(number, decision.because);
    addRow(mailing, line);
  };

  const publish = (news: News, kind: 'campaign' | 'note') => {
    const wallTime = { date: wallTimeIn(BEGINS_FIRST, now + DAY).date, minutes: 600 };
    const again = news.againAfter === null ? [0] : [0, news.againAfter];
    const startsAt = news.atReaders ? instantOf(BEGINS_FIRST, wallTime) : now;
    later(startsAt, () => {
      const number = (last += 1);
      const publication = published(number, news, now);
      publications.set(number, publication);
      const mailing = mailingOf(publication, kind, news.atReaders ? wallTime : null);
      mailings.set(mailing.mailingId, mailing);
      if (kind === 'campaign')
        for (const after of again)
          later(now + (life.planTakes + after) * MINUTE, () => plan(number));
      else {
        became.set(number, []);
        for (const after of again) later(now + after * MINUTE, () => addRow(mailing, NOTE_LINE));
      }
    });
  };

  /** As after a confirmation: a row of its own, with whatever is still good. */
  const welcome = () => {
    const fresh = [...publications.values()]
      .filter((publication) => isFresh(publication, { reader, profile }, now))
      .slice(-5);
    if (fresh.length === 0) return;
    const numbers = fresh.map(({ number }) => number);
    const mailingId = welcomeMailingId(
      `${new Date(now).toISOString().slice(0, 10)}-${rows.length}`,
    );
    const mailing: Mailing = { ...letterMailing(mailingId), kind: 'note' };
    const mail = welcomeAsked(mailingId, numbers, now);
    const decision = decide({ mail, reader, brand, now }, rules);
    const line = lineOf('ada', decision, { numbers, plannedFor: now });
    say(mail, line, reader);
    addRow(mailing, line);
  };

  const serve = (mail: MailAsked) => {
    const decision = decide({ mail, reader, brand, now }, rules);
    say(mail, lineOf('ada', decision), reader);
    if (decision.kind === 'hold') later(decision.until, () => serve(mail));
    if (decision.kind !== 'send') return;
    const { kind, mailing, numbers } = mail;
    const asked = mail.requestedAt !== undefined && now - mail.requestedAt <= HOUR;
    mails.push({ at: now, kind, mailing, numbers, reader, brand, returned: false, asked });
  };

  const choose = (choice: Choice) => {
    const before = { reader, profile };
    const after = chosen(before, choice, brand, now);
    lastChoice = { before, after, at: now };
    if (choice.everything) for (const number of reader.waiting) ends(number, 'suppressed');
    become(after.reader, `choice ${Object.keys(choice).join(' ')}`);
    ({ profile } = after);
  };

  const undo = () => {
    if (!lastChoice || now - lastChoice.at > HOUR) return;
    const kept = { before: chooseable(lastChoice.before), after: chooseable(lastChoice.after) };
    const back = restored({ reader, profile }, kept, brand, now);
    for (const number of back.reader.waiting) {
      const known = became.get(number);
      if (known && !known.includes('mail'))
        became.set(
          number,
          known.filter((how) => how !== 'suppressed'),
        );
    }
    lastChoice = undefined;
    become(back.reader, 'undo');
  };

  const withdraw = (nth: number, isStopped: boolean) => {
    const number = last - nth;
    const publication = publications.get(number);
    if (!publication) return;
    publications.set(number, { ...publication, withdrawnAt: publication.withdrawnAt ?? now });
    const mailing = mailings.get(publication.mailingId)!;
    if (!isStopped) return;
    mailings.set(mailing.mailingId, { ...mailing, state: 'stopped' });
    for (const row of rows)
      if (row.mailing.mailingId === mailing.mailingId) later(now, () => dispatch(row));
  };

  const doAct = (act: Act) => {
    switch (act.do) {
      case 'publish':
        for (let time = 0; time < act.times; time += 1)
          later(now + time * act.everyHours * HOUR, () => publish(act.news, 'campaign'));
        return;
      case 'note':
        return publish({ topic: 'garden', inFrench: true, atReaders: false, ...act }, 'note');
      case 'service': {
        const mail: MailAsked = {
          kind: 'service',
          mailing: `service-${now}`,
          numbers: [],
          expiresAt: act.goodForHours === null ? null : now + act.goodForHours * HOUR,
          ...(act.asked ? { requestedAt: now } : {}),
        };
        return later(now + life.planTakes * MINUTE, () => serve(mail));
      }
      case 'welcome':
        return welcome();
      case 'withdraw':
      case 'stop-campaign':
        return withdraw(act.last, act.do === 'stop-campaign');
      case 'choose':
        return choose(act.choice);
      case 'pause':
        return choose({ pausedUntil: act.days === null ? null : now + act.days * DAY });
      case 'undo':
        return undo();
      case 'import':
        if (reader.subscriptions[act.topic] === undefined)
          become(withSubscription(reader, act.topic, { state: 'unproven', at: now }), 'import');
        return;
      case 'bounce':
        reader = { ...reader, standing: { is: 'bounced', at: now } };
        return;
      case 'complain':
        reader = { ...reader, standing: { is: 'complained', at: now } };
        return;
      case 'wake':
        become(followed({ ...reader, standing: { is: 'well', at: now } }, life, now), 'wake');
        return;
      case 'house':
        brand = { ...brand, ...act.change };
        housesChanged = true;
    }
  };

  const planLetter = () => {
    plannedUntil = Math.max(plannedUntil, reader.nextDigestAt!);
    const due = dueLetter({ reader, profile }, publications, brand, now);
    if (due === 'not-due') return;
    if (due === 'empty') {
      const { after, out } = leftEmpty({ reader, profile }, publications, brand, now);
      for (const { n, r } of out) ends(n, r);
      become(after, 'empty');
    } else {
      const { mailingId, line } = due;
      if (line.d === 'hold') say({ kind: 'letter', mailing: mailingId, numbers: [] }, line, reader);
      addRow(letterMailing(mailingId), line);
    }
  };

  let at = life.beginsAt;
  for (const { afterMinutes, act } of life.acts) {
    at += afterMinutes * MINUTE;
    later(at, () => doAct(act));
  }
  let steps = 0;
  for (; steps < MOST_STEPS; steps += 1) {
    const letterIsOpen = rows.some((row) => row.line.f === reader.nextDigestAt && row.open());
    const dueAt =
      reader.waiting.length === 0 || reader.nextDigestAt === null || letterIsOpen
        ? Infinity
        : reader.nextDigestAt <= plannedUntil
          ? reader.nextDigestAt + MISSED_AFTER_MS
          : reader.nextDigestAt + life.planTakes * MINUTE;
    const next = jobs.reduce(
      (first, job, index) => (job.at < (jobs[first]?.at ?? Infinity) ? index : first),
      -1,
    );
    const jobAt = jobs[next]?.at ?? Infinity;
    if (Math.min(dueAt, jobAt) === Infinity) break;
    if (jobAt <= dueAt) {
      const [job] = jobs.splice(next, 1);
      now = Math.max(now, job!.at);
      job!.run();
    } else {
      now = Math.max(now, dueAt);
      if (reader.nextDigestAt! > plannedUntil) planLetter();
      else {
        missed += 1;
        become({ ...reader, nextDigestAt: soonestLetterAfter(reader, brand, now) }, 'missed');
      }
    }
  }
  return {
    mails,
    said,
    moved,
    publications,
    became,
    missed,
    housesChanged,
    restless: steps === MOST_STEPS,
    reader,
  };
}

function begun(life: Life, brand: Brand, now: Instant): Both {
  const blank: Reader = {
    ...newReader('ada', brand, now),
    timeZone: life.timeZone,
    timeZoneFrom: 'chosen',
  };
  const profile = newProfile('ada', {
    email: 'ada@example.org',
    fingerprint: 'f',
    source: 'form:home',
    now,
  });
  return { reader: withFrequency(followed(blank, life, now), life.frequency, brand, now), profile };
}

/** As much of a person as undo keeps. */
function chooseable({ reader, profile }: Both): Undo['before'] {
  const { personId: _, format: __, recent: ___, ledger: ____, ...rest } = reader;
  const { standing: _____, chosen: ______, lastDigestAt: _______, ...kept } = rest;
  const { salutation, givenName, familyName } = profile;
  return { reader: kept, profile: { salutation, givenName, familyName } };
}

const followed = (reader: Reader, { follows }: Life, now: Instant) =>
  follows.reduce((one, topic) => withSubscription(one, topic, { state: 'given', at: now }), reader);

function published(number: number, news: News, now: Instant): Publication {
  const languages = news.inFrench ? ['fr', 'en'] : ['en'];
  const texts = { en: `News ${number}` };
  return {
    format: 1,
    number,
    mailingId: `c-${number}`,
    topic: news.topic,
    topicAtMost: TOPICS[news.topic] ?? null,
    from: { name: 'Claire', address: 'claire@example.org' },
    replyTo: null,
    languages,
    subject: texts,
    title: texts,
    summary: {},
    picture: null,
    publishedAt: now,
    expiresAt: news.goodForHours === null ? null : now + news.goodForHours * HOUR,
    whole: number % 5 === 0,
    public: number % 3 !== 0,
    stopIf: null,
    withdrawnAt: null,
    correctedAt: null,
    series: null,
  };
}

function mailingOf(
  { mailingId, number, topic, publishedAt }: Publication,
  kind: Mailing['kind'],
  wallTime: Mailing['wallTime'],
): Mailing {
  return {
    format: 1,
    mailingId,
    kind,
    state: 'sending',
    blockedBecause: null,
    number,
    topic,
    segments: 1,
    planned: true,
    startedAt: publishedAt,
    finishedAt: null,
    wallTime,
  };
}

const letterMailing = (mailingId: string): Mailing => ({
  ...mailingOf(published(0, NO_NEWS, 0), 'letter', null),
  mailingId,
  number: null,
  topic: null,
});
const NOTE_LINE: Line = { p: 'ada', d: 'send', r: 'subscribed', o: 'open' };
const NO_NEWS: News = {
  topic: 'garden',
  goodForHours: null,
  inFrench: true,
  atReaders: false,
  againAfter: null,
};

const deliveryOf = ({ line, attempt, mailing, batch }: Row): Delivery => ({
  format: 1,
  mailingId: mailing.mailingId,
  segment: 0,
  sequence: batch,
  state: 'planned',
  attempt,
  calledAt: null,
  lines: [line],
});
