import { addMonths, isTimeZone, type Instant } from '../base/time.ts';
import type { WordKey } from '../base/words.ts';
import type { Both } from '../consent/newcomer.ts';
import type { Brand } from '../people/brand.ts';
import { Frequency, Salutation } from '../people/person.ts';
import { greetingOf } from '../people/salutation.ts';
import type { Topic } from '../people/topic.ts';
import { dayOf, isPaused, monthsFrom, startOfDay } from '../policy/calendar.ts';
import type { Choice } from './choice.ts';

/** What each field of the page holds. Unticked boxes are the empty text. */
export type Values = Readonly<Record<string, string>>;
export type Wrong = { readonly field: string; readonly because: WordKey };
export type House = { readonly brand: Brand; readonly topics: readonly Topic[] };

export const PAUSE_MONTHS = [1, 3, 6];
const LONGEST_PAUSE_MONTHS = 13;
export const GREETINGS = ['given-name', 'full-name', 'madame', 'monsieur', 'none'] as const;
const SWITCHES = ['personalNotes', 'languageOnly', 'byPurchases', 'countClicks'] as const;

export const topicField = (id: string) => `topic.${id}`;

/** The page's fields as the person has chosen them so far. */
export function valuesOf({ reader, profile }: Both, { topics }: House, now: Instant): Values {
  const following = topics.map(({ id }) => {
    const subscription = reader.subscriptions[id];
    const wish = subscription?.state === 'given' ? subscription.delivery : 'off';
    return [topicField(id), wish] as const;
  });
  const { salutation } = profile;
  return {
    frequency: reader.frequency,
    pause: isPaused(reader, now) ? 'keep' : 'none',
    pauseDate: '',
    ...Object.fromEntries(following),
    ...Object.fromEntries(SWITCHES.map((name) => [name, reader[name] ? 'yes' : ''])),
    salutation: salutation.form === 'own' ? 'own' : greetingShown(profile, reader.language),
    ownWords: salutation.form === 'own' ? salutation.words : '',
    weekday: reader.weekday === null ? '' : String(reader.weekday),
    partOfDay: reader.partOfDay ?? '',
    timeZone: reader.timeZone,
    language: reader.language,
  };
}

/** The ways to greet somebody that differ, each by the first form that says it. */
export function greetingsFor(
  profile: Both['profile'],
  language: string,
): { readonly form: (typeof GREETINGS)[number]; readonly greeting: string }[] {
  const all = GREETINGS.map((form) => ({
    form,
    greeting: greetingOf({ ...profile, salutation: { form } }, language),
  }));
  const plain = all.at(-1)!;
  return all.filter(
    ({ form, greeting }, index) =>
      form === 'none' ||
      (greeting !== plain.greeting &&
        all.findIndex((other) => other.greeting === greeting) === index),
  );
}

function greetingShown(profile: Both['profile'], language: string): string {
  const now = greetingOf(profile, language);
  return greetingsFor(profile, language).find(({ greeting }) => greeting === now)?.form ?? 'none';
}

/**
 * What was changed on the page: only fields that differ from what the page showed when it was
 * opened, so that an old window undoes nothing that was chosen in another. A field that is not
 * there is no wish; a box can only be seen to be unticked when the page says what it showed.
 */
export function readPreferences(
  fields: URLSearchParams,
  both: Both,
  house: House,
  now: Instant,
): { readonly choice: Choice; readonly wrong: Wrong[]; readonly values: Values } {
  const current = valuesOf(both, house, now);
  const shown = fields.get('shown');
  const before: Values = shown === null ? current : Object.fromEntries(new URLSearchParams(shown));
  const posted = (name: string): string | null => {
    const value = fields.get(name);
    if (value !== null || shown === null) return value;
    return (SWITCHES as readonly string[]).includes(name) ? '' : null;
  };
  const values: Record<string, string> = { ...current };
  const changed: Record<string, string> = {};
  for (const name of Object.keys(current)) {
    const value = posted(name);
    if (value === null || value === before[name]) continue;
    values[name] = value;
    changed[name] = value;
  }
  return { ...choiceFrom(changed, values, both, house, now), values };
}

function choiceFrom(
  changed: Values,
  values: Values,
  both: Both,
  house: House,
  now: Instant,
): { readonly choice: Choice; readonly wrong: Wrong[] } {
  const wrong: Wrong[] = [];
  const choice: Choice = {};
  const refuse = (field: string, because: WordKey = 'error.choice') =>
    wrong.push({ field, because });
  const take = <Value>(
    field: string,
    read: (text: string) => Value | undefined,
    keep: (value: Value) => void,
  ) => {
    const text = changed[field];
    if (text === undefined) return;
    const value = read(text);
    if (value === undefined) refuse(field);
    else keep(value);
  };

  take('frequency', readFrequency, (value) => (choice.frequency = value));
  if (changed.pause !== undefined || changed.pauseDate) {
    const until = readPause(values, both, now);
    if (until === 'wrong-date') refuse('pauseDate', 'error.date');
    else if (until === 'wrong') refuse('pause');
    else if (until !== 'keep') choice.pausedUntil = until;
  }
  for (const { id } of house.topics)
    take(
      topicField(id),
      readWish,
      (wish) => (choice.subscriptions = { ...choice.subscriptions, [id]: wish }),
    );
  for (const name of SWITCHES) take(name, readSwitch, (on) => (choice[name] = on));
  if (changed.salutation !== undefined || changed.ownWords !== undefined) {
    const read = readSalutation(values);
    if (read) choice.salutation = read;
    else
      refuse(
        values.salutation === 'own' ? 'ownWords' : 'salutation',
        values.salutation === 'own' ? 'error.words' : 'error.choice',
      );
  }
  take('weekday', readWeekday, (value) => (choice.weekday = value));
  take('partOfDay', readPart, (value) => (choice.partOfDay = value));
  take(
    'timeZone',
    (text) => (isTimeZone(text) ? text : undefined),
    (value) => (choice.timeZone = value),
  );
  take(
    'language',
    (text) => house.brand.languages.find((one) => one === text),
    (value) => (choice.language = value),
  );
  return { choice, wrong };
}

const readFrequency = (text: string) => Frequency.safeParse(text).data;
const readSwitch = (text: string) => (text === 'yes' ? true : text === '' ? false : undefined);
const readWish = (text: string) =>
  (['off', 'digest', 'immediate'] as const).find((wish) => wish === text);
const readWeekday = (text: string) =>
  text === '' ? null : /^[1-7]$/.test(text) ? Number(text) : undefined;
const readPart = (text: string) =>
  text === '' ? null : (['morning', 'afternoon'] as const).find((part) => part === text);

function readPause(
  { pause = '', pauseDate = '' }: Values,
  { reader }: Both,
  now: Instant,
): Instant | null | 'keep' | 'wrong' | 'wrong-date' {
  if (pause === 'keep' && pauseDate === '') return 'keep';
  if (pause === 'none' && pauseDate === '') return null;
  const months = PAUSE_MONTHS.find((one) => String(one) === pause);
  if (months !== undefined) return monthsFrom(reader, now, months);
  // A date filled in is a wish for that date, also when the choice beside it was not touched.
  if (!['date', 'none', 'keep'].includes(pause)) return 'wrong';
  if (!isDay(pauseDate)) return 'wrong-date';
  const today = dayOf(reader, now);
  if (pauseDate <= today || pauseDate > addMonths(today, LONGEST_PAUSE_MONTHS)) return 'wrong-date';
  return startOfDay(reader, pauseDate);
}

function readSalutation({ salutation, ownWords }: Values): Salutation | undefined {
  const own = { form: 'own', words: ownWords };
  return Salutation.safeParse(salutation === 'own' ? own : { form: salutation }).data;
}

/** A day that is on the calendar: not the 31st of February. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
