import type { Ports } from '../../functions/base/ports.ts';
import { DAY, HOUR, type Instant } from '../../functions/base/time.ts';
import { say } from '../../functions/base/words.ts';
import { surfaceOf } from '../../functions/consent/consent-words.ts';
import type { House } from '../../functions/consent/newcomer.ts';
import { topicOfMailing } from '../../functions/mail/store.ts';
import type { Frequency } from '../../functions/people/person.ts';
import { findByAddress, readPerson } from '../../functions/people/store.ts';
import { leave, leaveByOneClick, type Wish } from '../../functions/preferences/leave.ts';
import { undo } from '../../functions/preferences/undo.ts';
import { demoAddress } from './demo-people.ts';
import type { KeptLetter, Mailbox } from './mailbox.ts';
import { tellFate } from './tools/feedback.ts';

type Act =
  | { readonly is: 'leaves'; readonly wish: Wish | 'this-topic'; readonly regrets?: true }
  | { readonly is: 'one-click' }
  | { readonly is: 'bounce' }
  | { readonly is: 'complain' };
/** Which reader, so many days before today and at that hour after ten in the morning. */
type Moment = {
  readonly daysAgo: number;
  readonly hour: number;
  readonly reader: number;
  readonly act: Act;
};

const slower = (frequency: Frequency): Act => ({
  is: 'leaves',
  wish: { pressed: 'slower', frequency },
});
const pause: Act = { is: 'leaves', wish: { pressed: 'pause' } };
const lessOfThis: Act = { is: 'leaves', wish: 'this-topic' };
const stop: Act = { is: 'leaves', wish: { pressed: 'stop' } };
const stopAndUndo: Act = { is: 'leaves', wish: { pressed: 'stop' }, regrets: true };
const oneClick: Act = { is: 'one-click' };

const PAST: readonly Moment[] = (
  [
    [30, 9, 6, slower('weekly')],
    [29, 2, 15, stop],
    [27, 8, 22, pause],
    [24, 11, 30, slower('monthly')],
    [23, 4, 39, oneClick],
    [22, 10, 46, lessOfThis],
    [20, 1, 54, { is: 'bounce' }],
    [19, 9, 63, slower('weekly')],
    [17, 3, 70, stop],
    [16, 9, 78, pause],
    [15, 0, 87, { is: 'complain' }],
    [13, 9, 94, slower('weekly')],
    [12, 2, 102, stop],
    [12, 10, 110, slower('monthly')],
    [11, 8, 119, lessOfThis],
    [10, 1, 126, stopAndUndo],
    [9, 3, 135, { is: 'bounce' }],
    [8, 9, 142, pause],
    [6, 8, 151, slower('weekly')],
    [5, 3, 158, slower('monthly')],
    [5, 10, 166, stop],
    [4, 2, 174, pause],
    [3, 9, 183, lessOfThis],
    [2, 5, 190, oneClick],
    [1, 9, 199, slower('weekly')],
  ] as const
).map(([daysAgo, hour, reader, act]) => ({ daysAgo, hour, reader, act }));

export type DemoTown = {
  readonly ports: Ports;
  readonly mailbox: Mailbox;
  readonly passTime: (to: { readonly to: Instant }) => Promise<unknown>;
};

/** Lets the weeks up to `now` pass, in which some readers come to leave: most of them stay another way. */
export async function passDemoWeeks(town: DemoTown, house: House, now: Instant): Promise<void> {
  for (const { daysAgo, hour, reader, act } of PAST) {
    await town.passTime({ to: now - daysAgo * DAY + hour * HOUR });
    await live(town, house, demoAddress(reader), act);
  }
  await town.passTime({ to: now });
}

async function live(
  { ports, mailbox }: DemoTown,
  house: House,
  address: string,
  act: Act,
): Promise<void> {
  const letter = lastLetter(mailbox, address);
  if (act.is === 'bounce' || act.is === 'complain') return tellFate(ports, letter, act.is);
  const found = await findByAddress(ports, address);
  const person = found?.it.personId ? await readPerson(ports, found.it.personId) : undefined;
  if (!person) throw new Error(`the demo has no ${address}`);
  const both = { reader: person.reader.it, profile: person.profile.it };
  const mailingId = letter.tags['mailing'] ?? null;
  const topicId = mailingId === null ? null : await topicOfMailing(ports, mailingId);
  const topic = house.topics.find(({ id }) => id === topicId);
  if (act.is === 'one-click') return leaveByOneClick(ports, house, both, { mailingId, topic });
  const { language, personId } = both.reader;
  const wish: Wish =
    act.wish === 'this-topic'
      ? { pressed: 'topics', off: topicId === null ? [] : [topicId], button: 'topic' }
      : act.wish;
  const done = await leave(ports, house, { both, wish, topic, language, mailingId });
  if (!act.regrets || done?.undoId === undefined) return;
  const words = { language, text: say(language, 'after.undo'), options: [] };
  const surface = surfaceOf('undo', '/unsubscribe/:token', words);
  await undo(ports, house.brand, {
    personId,
    undoId: done.undoId,
    act: { by: { kind: 'person' }, method: 'preference-page', surface, words, language },
  });
}

/** From which they came to leave, or which came back. */
function lastLetter(mailbox: Mailbox, address: string): KeptLetter {
  const letter = mailbox.newest({ to: address }).find(({ category }) => category === 'editorial');
  if (!letter) throw new Error(`the demo wrote nothing to ${address}`);
  return letter;
}
