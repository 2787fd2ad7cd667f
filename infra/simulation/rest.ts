import { keys } from '../../functions/base/keys.ts';
import { HOUR, MINUTE, type Instant } from '../../functions/base/time.ts';
import { open } from '../../functions/base/seal.ts';
import type { Delivery } from '../../functions/mail/delivery.ts';
import { figuresFrom } from '../../functions/mail/figures.ts';
import { dateOfLetters } from '../../functions/mail/mailing.ts';
import { overEverywhereAt } from '../../functions/mail/rest.ts';
import type { Reader } from '../../functions/people/person.ts';
import { countsOf, placeOf } from './books.ts';
import { isLetter } from './claims.ts';
import { CANARY_ADDRESS } from './provider.ts';
import { NEVER_LEFT } from './teller.ts';
import { judgeDeadLetters } from './dead-letters.ts';
import { judgeSeries } from './series.ts';
import { countersOf, judgeTold, type Logged } from './told-judge.ts';
import type { World } from './world.ts';

/** Whoever died while a day of letters was put to rest is followed by another. */
const LOOKED_AT_WITHIN_MS = 3 * HOUR;

/** When everything is at rest: whether all the books are right, and nobody was forgotten in silence. */
export function judgeAtRest(world: World): void {
  const rows = [...world.memory.all('records')]
    .filter(({ key }) => key.pk.startsWith('log#'))
    .map(({ data }) => data as Delivery);
  const byMailing = Map.groupBy(
    rows.flatMap((row): Logged[] => row.lines.map((line, index) => ({ row, line, index }))),
    ({ row }) => row.mailingId,
  );
  for (const [mailing, logged] of byMailing) {
    judgeLines(world, mailing, logged);
    judgeFigures(world, mailing, logged);
  }
  judgeMailings(world, byMailing);
  judgeSeries(world);
  judgeMails(world, byMailing);
  judgeWaiting(world, rows);
  judgeDeadLetters(world);
  judgeLinks(world);
  judgeTold(world, byMailing);
  world.witness.welcomes.judge(rows);
}

/** Soon after the last fault nothing is open any more: what waits, waits for a date. */
export function judgeSettled(world: World): void {
  const { account, known, memory } = world;
  for (const { key, data } of memory.all('records')) {
    if (!key.pk.startsWith('log#')) continue;
    account.asks('I10');
    const row = data as Delivery;
    const left = row.lines.find((line) => placeOf(line) === 'open');
    if (left)
      account.breaks(
        'I10',
        `days after the last fault a line of ${row.mailingId} is open`,
        known.nameOf(left.p),
      );
  }
}

/** I7: "stop" works from every mail that was ever sent, whatever keys were changed since. */
function judgeLinks({ account, known, witness, secrets, engine }: World): void {
  for (const { destination } of witness.mails.accepted) {
    if (destination.to === CANARY_ADDRESS) continue;
    account.asks('I7');
    const who = known.nameAt(destination.to);
    const link = destination.headers['List-Unsubscribe'] ?? '';
    const token = /\/unsubscribe\/([^>]+)>$/.exec(link)?.[1] ?? '';
    const opened = open({ secrets: secrets.now, now: () => engine.now }, token, 'unsubscribe');
    if (!opened || opened.expired || known.nameOf(opened.subjectId) !== who)
      account.breaks('I7', 'the link to unsubscribe of a mail does not open', who);
  }
}

/** I4: one final line for each candidate, with a reason. */
function judgeLines({ account, known }: World, mailing: string, logged: readonly Logged[]): void {
  const seen = new Set<string>();
  account.asks('I4', logged.length);
  for (const { row, line } of logged) {
    const who = known.nameOf(line.p);
    const place = placeOf(line);
    if (place === 'open' || place === 'held' || row.state !== 'closed')
      account.breaks('I10', `at rest, ${mailing} has a line ${place} in a row ${row.state}`, who);
    if (!line.r) account.breaks('I4', `${mailing} has a line without a reason`, who);
    // Service mail of a day shares its books; a letter may be put off, and then one of its lines says so.
    if (mailing.startsWith('service-') || (isLetter(mailing) && line.d !== 'send')) continue;
    if (seen.has(line.p)) account.breaks('I4', `${mailing} has two lines for one person`, who);
    seen.add(line.p);
  }
}

/** I5: every counter is the sum of its lines. */
function judgeFigures(
  { account, memory }: World,
  mailing: string,
  logged: readonly Logged[],
): void {
  const figures = figuresFrom(countersOf(memory, mailing));
  const counts = countsOf(logged.map(({ line }) => line));
  const told = new Map<string, unknown>(Object.entries(figures));
  for (const [reason, count] of Object.entries(figures.byReason)) told.set(`by:${reason}`, count);
  for (const [name, count] of Object.entries(counts))
    if ((told.get(name) ?? 0) !== count)
      account.breaks('I5', `${mailing} has ${count} ${name}, and counts another number`);
  const { candidates, accepted, held, digest, dropped, refused, uncertain } = figures;
  if (candidates !== accepted + held + digest + dropped + refused + uncertain)
    account.breaks('I5', `the books of ${mailing} do not balance: ${JSON.stringify(figures)}`);
}

function judgeMailings(
  { account, engine, known, memory, witness }: World,
  byMailing: ReadonlyMap<string, readonly Logged[]>,
): void {
  const inLetters = carriedByLetters(byMailing);
  for (const mailing of witness.mailings.values()) {
    const { mailingId, kind, state, planned, number } = mailing;
    const date = dateOfLetters(mailingId);
    if (date && state === 'sending' && overEverywhereAt(date) + LOOKED_AT_WITHIN_MS < engine.now)
      account.breaks('I10', `at rest, ${mailingId} is still ${state}`);
    if (kind !== 'campaign') continue;
    if (state !== 'sent' && state !== 'stopped')
      account.breaks('I10', `at rest, ${mailingId} is ${state}${planned ? '' : ', not planned'}`);
    const listed = new Set((byMailing.get(mailingId) ?? []).map(({ line }) => line.p));
    for (const personId of witness.candidates.expected.get(mailingId) ?? [])
      if (!listed.has(personId))
        account.breaks(
          'I4',
          `a candidate of ${mailingId} is on none of its lines`,
          known.nameOf(personId),
        );
    for (const personId of witness.candidates.outside.get(mailingId) ?? [])
      if (listed.has(personId))
        account.breaks(
          'I4',
          `${mailingId} has a line of somebody it was not for`,
          known.nameOf(personId),
        );
    const { deliveredInDigests } = figuresFrom(countersOf(memory, mailingId));
    const carried = inLetters.get(number ?? 0) ?? 0;
    if (deliveredInDigests !== carried)
      account.breaks(
        'I5',
        `${mailingId} counts ${deliveredInDigests} delivered in letters, and ${carried} letters carried it`,
      );
  }
}

function carriedByLetters(byMailing: ReadonlyMap<string, readonly Logged[]>): Map<number, number> {
  const carried = new Map<number, number>();
  for (const [mailing, logged] of byMailing)
    if (isLetter(mailing))
      for (const { line } of logged)
        if (line.o === 'accepted')
          for (const number of line.n ?? []) carried.set(number, (carried.get(number) ?? 0) + 1);
  return carried;
}

/** Each accepted mail stands on exactly one line, as accepted or shown as uncertain; and no line lies. */
function judgeMails(
  { account, known, witness, scenario, teller }: World,
  byMailing: ReadonlyMap<string, readonly Logged[]>,
): void {
  const accepted = new Set<string>();
  for (const { destination, at } of witness.mails.accepted) {
    const { mailing = '', batch = '', line = '' } = destination.tags;
    const name = `${mailing} ${batch} ${line}`;
    const mayAgain = mayComeAgain(teller, name, at) || witness.again.wasLineOpened(name);
    if (accepted.has(name) && !mayAgain)
      account.breaks('I2', `${name} came twice`, known.nameAt(destination.to));
    accepted.add(name);
  }
  for (const [mailing, logged] of byMailing)
    for (const { row, line, index } of logged) {
      const name = `${mailing} ${row.segment}-${row.sequence} ${index}`;
      const came = accepted.has(name);
      accepted.delete(name);
      const place = placeOf(line);
      if (place === 'uncertain' && scenario.isCalm)
        account.breaks('calm', `${name} is uncertain where nothing was`, known.nameOf(line.p));
      if (place === 'uncertain' || came === (place === 'accepted')) continue;
      if (place === 'refused' && ((line.e ?? 0) & NEVER_LEFT) !== 0) continue;
      // Nobody knew whether they had it; asked about anew, the heart said no.
      if (came && witness.again.wasLineOpened(name)) continue;
      const truth = came ? 'came' : 'never came';
      account.breaks('lost', `${name} is ${place}, but the mail ${truth}`, known.nameOf(line.p));
    }
  for (const name of accepted.keys())
    account.breaks('lost', `the mail of ${name} came, and stands on no line`);
}

/**
 * A transactional mail in doubt is sent again when nothing was told of it: whose events were all
 * lost, or on their way that long, gets it twice. One of which something was known does not.
 */
function mayComeAgain({ firstTakenAt }: World['teller'], name: string, at: Instant): boolean {
  const takenAt = firstTakenAt.get(name) ?? Infinity;
  return name.startsWith('service-') && takenAt > at - MINUTE;
}

/** What was to come in somebody's letter came in one, or there is a reason. */
function judgeWaiting(world: World, rows: readonly Delivery[]): void {
  const { account, known, memory, witness } = world;
  const inLetters = new Set<string>();
  for (const row of rows)
    if (isLetter(row.mailingId))
      for (const line of row.lines)
        if (line.d === 'send') for (const n of line.n ?? []) inLetters.add(`${line.p} ${n}`);
  for (const row of rows) {
    const number = witness.mailings.get(row.mailingId)?.number;
    if (isLetter(row.mailingId) || number == null) continue;
    for (const line of row.lines) {
      const isPutOff = line.d === 'digest' || line.r === 'already-sent';
      if (!isPutOff || inLetters.has(`${line.p} ${number}`)) continue;
      if (witness.mails.carrying(line.p, number) > 0) continue;
      const reader = memory.get(keys.reader(line.p))?.data as Reader | undefined;
      if (excused(world, reader, number)) continue;
      const where = reader?.waiting.includes(number) ? 'still waits' : 'does not even wait';
      account.breaks(
        'lost',
        `publication ${number} was put off (${line.r}) to a letter that never came; it ${where}`,
        known.nameOf(line.p),
      );
    }
  }
}

/** Left, erased, expired or withdrawn meanwhile: then it was left out for that reason. */
function excused({ witness, scenario }: World, reader: Reader | undefined, number: number) {
  const publication = witness.publications.get(number);
  if (!publication || !reader) return true;
  if (publication.withdrawnAt !== null || publication.expiresAt !== null) return true;
  // Whoever reads in their own language only may have another one by now.
  if (reader.languageOnly && !publication.languages.includes(reader.language)) return true;
  // Whoever came into what ends it may have been there when their letter was made.
  if (publication.stopIf !== null) return true;
  // Of what comes again and again only the newest rides in a letter.
  if (publication.series !== null) return true;
  if (reader.standing.is !== 'well' || reader.stoppedAt !== null) return true;
  if (witness.claims.returned.has(reader.personId)) return true;
  const subscription = reader.subscriptions[publication.topic];
  return subscription?.state !== 'given' || subscription.at > scenario.startsAt;
}
