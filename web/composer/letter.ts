import type { CampaignChange } from '../../functions/campaigns/api-views.ts';
import type { AudienceCondition } from '../segments/tree.ts';
import { blocksOf, flatOf } from './blocks/flat.ts';
import { textOfShape, type BlockLetter } from './blocks/shape.ts';
import { ALL, textsFrom, type Texts } from './texts.ts';

type Change = CampaignChange;

/** What of a campaign is written at the desk. */
type Written = {
  readonly name: string;
  readonly topic: string;
  readonly subject: Texts;
  readonly preheader?: Texts | undefined;
  readonly audience?: unknown;
  readonly content:
    | { readonly format: 'blocks'; readonly source: unknown }
    | { readonly format: 'markdown' | 'mjml' | 'html'; readonly source: Texts };
};

/**
 * A letter on the desk, flat: "subject.fr", "source.en". Each entry is written, merged and taken
 * back by itself, so that two people who write in different places never meet.
 */
export type Letter = Readonly<Record<string, string>>;
export type Field = 'subject' | 'preheader' | 'source';
export const place = (field: Field, language: string) => `${field}.${language}`;

/** Nobody is left out; else the condition stands there as JSON, which two hands change as one thing. */
export const EVERYBODY = '';
export const audienceFromText = (text: string) =>
  text === EVERYBODY ? undefined : (JSON.parse(text) as AudienceCondition);
export const audienceIn = (letter: Letter) => audienceFromText(letter['audience'] ?? EVERYBODY);
export const textOfAudience = (audience: AudienceCondition | undefined): string =>
  audience === undefined ? EVERYBODY : textOfShape(audience);

/** What of a campaign is written here. */
export function letterOf(campaign: Written): Letter {
  const { name, topic, subject, preheader, content } = campaign;
  return {
    name,
    topic,
    audience: textOfAudience(campaign.audience as AudienceCondition | undefined),
    ...spread('subject', subject),
    ...spread('preheader', preheader),
    ...(content.format === 'blocks'
      ? flatOf(content.source as BlockLetter)
      : spread('source', content.source)),
  };
}

function spread(field: Field, texts: Texts | undefined): Letter {
  if (texts === undefined) return {};
  if (typeof texts === 'string') return { [place(field, ALL)]: texts };
  return Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [place(field, language), text]),
  );
}

/** The languages in which anything is written. */
export function languagesIn(letter: Letter): string[] {
  const found = Object.entries(letter).flatMap(([key, text]) => {
    const [field, language] = key.split('.');
    const isSpoken = language !== undefined && language !== ALL && field !== undefined;
    return isSpoken && text.trim() !== '' ? [language] : [];
  });
  return [...new Set(found)];
}

/** What is read in a place: its own words, or those that are one text for all languages. */
export function said(letter: Letter, key: string): string {
  const own = letter[key] ?? '';
  return own === '' ? (letter[forAll(key)] ?? '') : own;
}

const forAll = (key: string) => `${key.slice(0, key.lastIndexOf('.'))}.${ALL}`;

/**
 * The letter with other words in a place. Who writes in one language over a text that was one for
 * all writes for that language only: readers of the others read what they read before.
 */
export function written(letter: Letter, key: string, text: string, mainLanguage: string): Letter {
  const shared = letter[forAll(key)] ?? '';
  if (!/\.[a-z]{2}$/.test(key) || shared === '') return { ...letter, [key]: text };
  const stem = key.slice(0, key.lastIndexOf('.'));
  const others = new Set([mainLanguage, ...languagesIn(letter)]);
  return {
    ...letter,
    [forAll(key)]: '',
    ...Object.fromEntries([...others].map((language) => [`${stem}.${language}`, shared])),
    [key]: text,
  };
}

/** As the API takes it. What is empty in one language is left out of it. */
export function inputOf(letter: Letter, format: 'markdown' | 'mjml' | 'html' | 'blocks') {
  const preheader = gather(letter, 'preheader');
  const source = gather(letter, 'source') ?? {};
  const audience = audienceIn(letter);
  return {
    name: letter['name']?.trim() ?? '',
    topic: letter['topic'] ?? '',
    subject: gather(letter, 'subject') ?? {},
    ...(preheader === undefined ? {} : { preheader }),
    ...(audience === undefined ? {} : { audience }),
    content: format === 'blocks' ? { format, source: blocksOf(letter) } : { format, source },
  } satisfies Change;
}

/** The change that takes the whole letter to the house. */
export function changeOf(letter: Letter, format: Parameters<typeof inputOf>[1]): Change {
  const input = inputOf(letter, format);
  return { ...input, preheader: input.preheader ?? null, audience: input.audience ?? null };
}

function gather(letter: Letter, field: Field): Texts | undefined {
  const texts = Object.entries(letter).flatMap(([key, text]) =>
    key.startsWith(`${field}.`) && text.trim() !== ''
      ? [[key.slice(field.length + 1), text] as const]
      : [],
  );
  return textsFrom(texts);
}

/** What must be there before the house can keep it. */
export function missingIn(letter: Letter, isBlocks: boolean): ('name' | 'subject' | 'source')[] {
  const has = (field: Field) => gather(letter, field) !== undefined;
  return [
    ...((letter['name'] ?? '').trim() === '' ? (['name'] as const) : []),
    ...(has('subject') ? [] : (['subject'] as const)),
    ...(isBlocks || has('source') ? [] : (['source'] as const)),
  ];
}

/** The letter with what it must have as it was last kept. */
export function withoutMissing(
  letter: Letter,
  missing: ReturnType<typeof missingIn>,
  kept: Letter,
): Letter {
  if (missing.length === 0) return letter;
  const isMissing = (key: string) =>
    missing.some((field) => key === field || key.startsWith(`${field}.`));
  const of = (from: Letter, wanted: boolean) =>
    Object.entries(from).filter(([key]) => isMissing(key) === wanted);
  return Object.fromEntries([...of(letter, false), ...of(kept, true)]);
}

export const isSame = (one: Letter, other: Letter): boolean => differing(one, other).length === 0;

/** Every place where two letters do not say the same. */
export function differing(one: Letter, other: Letter): string[] {
  return placesOf(one, other).filter(
    (key) => one[key] !== other[key] && keptOf(key, one[key]) !== keptOf(key, other[key]),
  );
}

/** What the house keeps of it: no name ends in a space, and nothing says nothing. */
function keptOf(key: string, text = ''): string {
  if (text.trim() === '') return '';
  return /^(?:name|subject\..*|preheader\..*|source\..*)$/.test(key) ? text.trim() : text;
}

const placesOf = (...letters: readonly Letter[]) => [
  ...new Set(letters.flatMap((letter) => Object.keys(letter))),
];
