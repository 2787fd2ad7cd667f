import { type DateShape, DATE_SHAPES, dateIn, localeOf } from './dates.ts';
import { words } from './escapes.ts';

/** What a filter may know beside its value: the letter's language and the reader's zone. */
export type Setting = { readonly language: string; readonly timeZone: string };
type Run = (setting: Setting, value: unknown, ...args: unknown[]) => unknown;

/** A filter authors may use: how many arguments it takes, and where they are a closed list, which. */
export type AuthorFilter = {
  readonly run: Run;
  readonly takes: readonly [least: number, most: number];
  readonly oneOf?: readonly string[];
};

const none = [0, 0] as const;
const one = [1, 1] as const;

/** Everything an author may write after a `|`. What is not here does not exist. */
export const filters: Readonly<Record<string, AuthorFilter>> = {
  default: { takes: one, run: (_, value, other) => (isNothing(value) ? other : value) },
  date: {
    takes: [0, 1],
    oneOf: Object.keys(DATE_SHAPES),
    run: (setting, value, shape = 'long') => dateIn(setting, value, shape as DateShape),
  },
  money: {
    takes: [0, 1],
    run: ({ language }, value, currency) => money(language, value, currency),
  },
  number: { takes: [0, 1], run: ({ language }, value, digits) => decimal(language, value, digits) },
  pluralize: { takes: [2, 2], run: plural },
  upcase: {
    takes: none,
    run: ({ language }, value) => words(value).toLocaleUpperCase(localeOf(language)),
  },
  downcase: {
    takes: none,
    run: ({ language }, value) => words(value).toLocaleLowerCase(localeOf(language)),
  },
  capitalize: { takes: none, run: capitalized },
  strip: { takes: none, run: (_, value) => words(value).trim() },
  append: { takes: one, run: (_, value, end) => words(value) + words(end) },
  prepend: { takes: one, run: (_, value, start) => words(start) + words(value) },
  truncate: { takes: [1, 2], run: (_, value, length, end) => truncated(value, length, end) },
  truncatewords: { takes: [1, 2], run: (_, value, count, end) => fewerWords(value, count, end) },
  join: {
    takes: [0, 1],
    run: (_, value, between = ', ') =>
      listOf(value)
        .map((one) => words(one))
        .join(words(between)),
  },
  size: {
    takes: none,
    run: (_, value) => (Array.isArray(value) ? value.length : [...words(value)].length),
  },
  first: { takes: none, run: (_, value) => listOf(value).at(0) },
  last: { takes: none, run: (_, value) => listOf(value).at(-1) },
  plus: { takes: one, run: reckoned((left, right) => left + right) },
  minus: { takes: one, run: reckoned((left, right) => left - right) },
  times: { takes: one, run: reckoned((left, right) => left * right) },
  divided_by: { takes: one, run: reckoned((left, right) => left / right) },
  at_least: { takes: one, run: reckoned(Math.max) },
  at_most: { takes: one, run: reckoned(Math.min) },
  round: { takes: [0, 1], run: (_, value, digits) => rounded(numberOf(value), digits) },
  ceil: { takes: none, run: reckoned(Math.ceil) },
  floor: { takes: none, run: reckoned(Math.floor) },
  abs: { takes: none, run: reckoned(Math.abs) },
};

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Where a number is missing there is nothing to show, rather than a wrong number. */
function reckoned(reckon: (left: number, right: number) => number): Run {
  return (_, value, other = 0) => {
    const [left, right] = [numberOf(value), numberOf(other)];
    if (left === undefined || right === undefined) return undefined;
    const result = reckon(left, right);
    // 0.1 + 0.2 is 0.3 to anybody who reads a letter.
    return Number.isFinite(result) ? Number(result.toPrecision(12)) : undefined;
  };
}

function rounded(value: number | undefined, digits: unknown): number | undefined {
  const scale = 10 ** within(digits, 0, 6);
  return value === undefined ? undefined : Math.round(value * scale) / scale;
}

function within(value: unknown, least: number, most: number): number {
  return Math.min(Math.max(Math.trunc(numberOf(value) ?? least), least), most);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isNothing(value) ? [] : [value];
}

function capitalized({ language }: Setting, value: unknown): string {
  const [first = '', ...rest] = words(value);
  return first.toLocaleUpperCase(localeOf(language)) + rest.join('');
}

/** Counts what a person would call letters, the sign at the end included. */
function truncated(value: unknown, length: unknown, end: unknown = '…'): string {
  const letters = [...words(value)];
  const most = within(length, 0, 20_000);
  if (letters.length <= most) return letters.join('');
  const sign = words(end);
  return (
    letters
      .slice(0, Math.max(0, most - [...sign].length))
      .join('')
      .trimEnd() + sign
  );
}

function fewerWords(value: unknown, count: unknown, end: unknown = '…'): string {
  const all = words(value).split(/\s+/).filter(Boolean);
  const most = within(count, 1, 10_000);
  return all.length <= most ? all.join(' ') : all.slice(0, most).join(' ') + words(end);
}

/** Number formatters and plural rules, per language and shape: few, and slow to make. */
const numbers = new Map<string, Intl.NumberFormat>();
const rules = new Map<string, Intl.PluralRules>();

function numberFormat(language: string, name: string, options: Intl.NumberFormatOptions) {
  const key = `${language} ${name}`;
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(localeOf(language), options)));
  return format;
}

/** An amount without a currency people use is written as a plain number with what was given. */
function money(language: string, value: unknown, currency: unknown): string {
  const amount = numberOf(value);
  if (amount === undefined) return '';
  const code = typeof currency === 'string' ? currency.toUpperCase() : '';
  if (!CURRENCIES.has(code)) return `${decimal(language, amount, 2)} ${words(currency)}`.trim();
  return numberFormat(language, code, { style: 'currency', currency: code }).format(amount);
}
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function decimal(language: string, value: unknown, digits: unknown): string {
  const amount = numberOf(value);
  if (amount === undefined) return '';
  if (digits === undefined) return numberFormat(language, 'plain', {}).format(amount);
  const places = within(digits, 0, 6);
  const options = { minimumFractionDigits: places, maximumFractionDigits: places };
  return numberFormat(language, `plain ${places}`, options).format(amount);
}

/** The word for one or for several, as the language counts: « 0 lettre », "0 letters". */
function plural(
  { language }: Setting,
  value: unknown,
  singular: unknown,
  several: unknown,
): unknown {
  const count = Array.isArray(value) ? value.length : numberOf(value);
  if (count === undefined) return several;
  let rule = rules.get(language);
  if (!rule) rules.set(language, (rule = new Intl.PluralRules(localeOf(language))));
  return rule.select(count) === 'one' ? singular : several;
}
