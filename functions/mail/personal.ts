import type { Ports } from '../base/ports.ts';
import { seal } from '../base/seal.ts';
import { DAY, type Instant } from '../base/time.ts';
import { longDateIn, say, type WordKey } from '../base/words.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { compileCondition, type Asked, type Test } from '../people/condition.ts';
import type { Frequency, Reader } from '../people/person.ts';
import { greetingOf } from '../people/salutation.ts';
import type { Topic } from '../people/topic.ts';
import type { Reason } from '../policy/decision.ts';
import { isWelcome } from './mailing.ts';
import type { Compiled } from './template/letter.ts';

/** A link to the preference page works this long; later it still unsubscribes. */
export const PREFERENCES_LINK_MS = 396 * DAY;

export type LettersFor = {
  readonly brand: Brand;
  readonly language: string;
  readonly mailingId: string;
  readonly reason: Reason;
  /** Whether a pause has just ended for its reader. */
  readonly returned: boolean;
  readonly topic: Topic | undefined;
  /** The unlisted page of what is sent; the same for everybody. */
  readonly viewUrl: string;
  readonly now: Instant;
  /** Of the letter's blocks that are not for everybody. */
  readonly conditions?: Compiled['conditions'];
  /** The publication that asks its readers something, if the letter is one. */
  readonly asks?: number | undefined;
};

/** What a template may know of the person it is made for, and their links. Plain data, nothing else. */
export function contextOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  person: Asked,
  letter: LettersFor,
): Record<string, unknown> {
  const { reader, profile } = person;
  return {
    person: {
      greeting: greetingOf(profile, letter.language),
      givenName: profile.givenName ?? '',
      familyName: profile.familyName ?? '',
      fields: profile.fields,
      // Who does not want mail chosen by their purchases is not written to about them either.
      facts: reader.byPurchases ? profile.facts : {},
    },
    links: linksOf(ports, reader.personId, letter),
    frequency: paceWords(reader.frequency, letter.language),
    why: [whyWords(reader, letter), originWords(person, letter)].filter(Boolean).join(' '),
    brand: { name: letter.brand.name },
    timeZone: reader.timeZone,
    shown: shownTo(person, letter),
  };
}

/** Which of a letter's blocks this person sees, by their ids. */
function shownTo(
  person: Asked,
  { conditions, now }: LettersFor,
): Readonly<Record<string, boolean>> {
  if (!conditions) return NONE;
  let tests = testsOf.get(conditions);
  if (!tests) {
    tests = Object.entries(conditions).map(([id, condition]) => [id, compileCondition(condition)]);
    testsOf.set(conditions, tests);
  }
  const shown: Record<string, boolean> = {};
  for (const [id, test] of tests) shown[id] = test(person, now);
  return shown;
}

const NONE = {};

/** Conditions are compiled once a letter, however many readers it has. */
const testsOf = new WeakMap<object, (readonly [string, Test])[]>();

export function linksOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  personId: string,
  letter: Pick<LettersFor, 'mailingId' | 'viewUrl' | 'now' | 'asks'>,
) {
  const claim = { subjectId: personId, about: letter.mailingId };
  const expiresAt = letter.now + PREFERENCES_LINK_MS;
  return {
    preferences: `${ports.publicUrl}/preferences/${seal(ports, { ...claim, purpose: 'preferences', expiresAt })}`,
    unsubscribe: `${ports.publicUrl}/unsubscribe/${seal(ports, { ...claim, purpose: 'unsubscribe' })}`,
    view: letter.viewUrl,
    ...(letter.asks === undefined
      ? {}
      : {
          answer: `${ports.publicUrl}/answer/${seal(ports, { purpose: 'answer', subjectId: personId, about: String(letter.asks), expiresAt })}`,
        }),
  };
}

/** "once a month", in the middle of a sentence. */
export function paceWords(frequency: Frequency, language: string): string {
  return said(`${language} ${frequency}`, () => say(language, `mail.pace.${frequency}`));
}

/** Why this mail came, in words its reader would use. */
function whyWords(reader: Reader, letter: LettersFor): string {
  const { topic, language, brand } = letter;
  const name = topic ? inLanguage(topic.name, language, brand) : brand.name;
  const key = whyKey(reader, letter);
  return said(JSON.stringify([language, key, reader.frequency, name, brand.name]), () =>
    say(language, key, {
      topic: name,
      pace: paceWords(reader.frequency, language),
      brand: brand.name,
    }),
  );
}

const IMPORTED = 'import:';

/** Whose address came in with a file learns from where, in the first mail they get. */
function originWords({ reader, profile }: Asked, letter: LettersFor): string {
  if (!profile.source.startsWith(IMPORTED) || reader.past.length > 0) return '';
  if (reader.recent.some(({ m }) => m !== letter.mailingId)) return '';
  return say(letter.language, 'mail.why.imported', {
    source: profile.source.slice(IMPORTED.length),
    date: longDateIn(letter.language, reader.timeZone, profile.createdAt),
  });
}

/** All readers of a letter share a few sentences; each is put together once. */
const sentences = new Map<string, string>();
const SENTENCES_KEPT = 500;

function said(name: string, say: () => string): string {
  const known = sentences.get(name);
  if (known !== undefined) return known;
  if (sentences.size >= SENTENCES_KEPT) sentences.clear();
  const sentence = say();
  sentences.set(name, sentence);
  return sentence;
}

function whyKey(reader: Reader, { mailingId, reason, returned, topic }: LettersFor): WordKey {
  if (isWelcome(mailingId)) return 'mail.why.welcome';
  if (returned) return 'mail.why.returned';
  const basis = topic && reader.subscriptions[topic.id]?.basis;
  if (basis === 'soft-opt-in') return 'mail.why.customer';
  if (basis === 'legitimate-interest-b2b') return 'mail.why.business';
  if (reason !== 'digest-day') return 'mail.why.subscribed';
  return reader.frequency === 'immediate' ? 'mail.why.gathered' : 'mail.why.letter';
}
