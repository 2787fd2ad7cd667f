import type { Ports } from '../base/ports.ts';
import type { Both, House } from '../consent/newcomer.ts';
import { surfaceOf } from '../consent/consent-words.ts';
import { Frequency, topicsFollowed } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { monthsFrom } from '../policy/calendar.ts';
import type { Pressed } from './after-pages.ts';
import { onlyLess, type Choice } from './choice.ts';
import { choose, type Chosen } from './choose.ts';
import { buttonWords, waysOut } from './leave-pages.ts';

const URL = '/unsubscribe/:token';
const PAUSE_MONTHS = 3;

/** A button of the page of leaving. */
export type Wish =
  | { readonly pressed: 'stop' }
  | { readonly pressed: 'slower'; readonly frequency: Frequency }
  | { readonly pressed: 'pause' }
  | { readonly pressed: 'topics'; readonly off: readonly string[]; readonly button: string };

export type Left = { readonly pressed: Pressed; readonly chosen: Chosen | undefined };

/** Which button was pressed, told from the form; undefined when it is none of this page's. */
export function wishFrom(
  fields: URLSearchParams,
  { reader }: Both,
  topic: Topic | undefined,
): Wish | undefined {
  const choice = fields.get('choice');
  const frequency = Frequency.safeParse(choice);
  if (frequency.success) return { pressed: 'slower', frequency: frequency.data };
  if (choice === 'stop' || choice === 'pause') return { pressed: choice };
  if (choice === 'topic' && topic) return { pressed: 'topics', off: [topic.id], button: 'topic' };
  if (choice !== 'topics') return undefined;
  const kept = new Set(fields.getAll('keep'));
  const offered = fields.getAll('offered');
  const left = topicsFollowed(reader).filter((id) => offered.includes(id) && !kept.has(id));
  return { pressed: 'topics', off: left, button: 'topics' };
}

/** Carries out what was pressed. A link that never expires can only mean less. */
export async function leave(
  ports: Ports,
  house: House,
  asked: {
    readonly both: Both;
    readonly wish: Wish;
    readonly topic: Topic | undefined;
    readonly language: string;
    readonly mailingId: string | null;
  },
): Promise<Chosen | undefined> {
  const { wish, both, language, mailingId, topic } = asked;
  const ways = waysOut(both.reader, topic, { brand: house.brand, language });
  const words = buttonWords(
    ways,
    wish.pressed === 'slower' ? wish.frequency : buttonOf(wish),
    language,
  );
  return choose(ports, house.brand, both.reader.personId, {
    choice: (now) => onlyLess(choiceOf(wish, now, ports.now()), now.reader),
    act: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('unsubscribe', URL, words),
      words,
      language,
    },
    departure: { door: 'page', mailingId },
  });
}

/**
 * The mail program's own button (RFC 8058): everything stops, and no page was seen. A house may narrow
 * it to the topic of a mail that is about one alone; who follows nothing else stops everything.
 */
export async function leaveByOneClick(
  ports: Ports,
  house: House,
  { reader }: Both,
  from: { readonly mailingId: string | null; readonly topic: Topic | undefined },
): Promise<void> {
  const { mailingId, topic } = from;
  const narrow = house.brand.oneClick === 'topic' && topic !== undefined;
  await choose(ports, house.brand, reader.personId, {
    choice: ({ reader: now }) =>
      narrow && topicsFollowed(now).some((id) => id !== topic.id)
        ? { subscriptions: { [topic.id]: 'off' } }
        : { everything: 'stop' },
    act: {
      by: { kind: 'person' },
      method: 'one-click',
      surface: surfaceOf('one-click', URL, null),
      words: null,
      language: reader.language,
    },
    departure: { door: 'one-click', mailingId },
  });
}

const buttonOf = (wish: Wish) => (wish.pressed === 'topics' ? wish.button : wish.pressed);

function choiceOf(wish: Wish, { reader }: Both, now: number): Choice {
  switch (wish.pressed) {
    case 'stop':
      return { everything: 'stop' };
    case 'slower':
      return { frequency: wish.frequency };
    case 'pause':
      return { pausedUntil: monthsFrom(reader, now, PAUSE_MONTHS) };
    case 'topics':
      return { subscriptions: Object.fromEntries(wish.off.map((id) => [id, 'off' as const])) };
  }
}
