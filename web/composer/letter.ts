import type { InferRequestType } from 'hono/client';
import type { api } from '../api/client.ts';
import type { Campaign } from '../api/shapes.ts';
import { blocksOf, flatOf } from './blocks/flat.ts';
import type { BlockLetter } from './blocks/shape.ts';

type Change = InferRequestType<(typeof api.campaigns)[':id']['$patch']>['json'];
type Texts = string | Readonly<Record<string, string>>;

/**
 * A letter on the desk, flat: "subject.fr", "source.en". Each entry is written, merged and taken
 * back by itself, so that two people who write in different places never meet.
 */
export type Letter = Readonly<Record<string, string>>;
export type Field = 'subject' | 'preheader' | 'source';
export const place = (field: Field, language: string) => `${field}.${language}`;

/** Nobody is left out; and an audience that is no single segment, which only programs write. */
export const EVERYBODY = '';
export const AS_IT_IS = '*';

function audienceIn({ audience }: Campaign): string {
  if (audience === undefined) return EVERYBODY;
  return 'segment' in audience ? audience.segment : AS_IT_IS;
}

/** What of a campaign is written here. */
export function letterOf(campaign: Campaign, mainLanguage: string): Letter {
  const { name, topic, subject, preheader, content } = campaign;
  return {
    name,
    topic,
    audience: audienceIn(campaign),
    ...spread('subject', subject, mainLanguage),
    ...spread('preheader', preheader, mainLanguage),
    ...(content.format === 'blocks'
      ? flatOf(content.source as BlockLetter, mainLanguage)
      : spread('source', content.source, mainLanguage)),
  };
}

function spread(field: Field, texts: Texts | undefined, mainLanguage: string): Letter {
  if (texts === undefined) return {};
  if (typeof texts === 'string') return { [place(field, mainLanguage)]: texts };
  return Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [place(field, language), text]),
  );
}

/** The languages in which anything is written. */
export function languagesIn(letter: Letter): string[] {
  const found = Object.entries(letter).flatMap(([key, text]) => {
    const [field, language] = key.split('.');
    return language !== undefined && field !== undefined && text.trim() !== '' ? [language] : [];
  });
  return [...new Set(found)];
}

/** As the API takes it. What is empty in one language is left out of it. */
export function inputOf(letter: Letter, format: 'markdown' | 'mjml' | 'html' | 'blocks') {
  const subject = gather(letter, 'subject');
  const preheader = gather(letter, 'preheader');
  const source = gather(letter, 'source');
  return {
    name: letter['name']?.trim() ?? '',
    topic: letter['topic'] ?? '',
    subject,
    ...(Object.keys(preheader).length > 0 ? { preheader } : {}),
    content: format === 'blocks' ? { format, source: blocksOf(letter) } : { format, source },
  } satisfies Change;
}

/** The change that takes the whole letter to the house. */
export function changeOf(letter: Letter, format: Parameters<typeof inputOf>[1]): Change {
  const input = inputOf(letter, format);
  const audience = letter['audience'] ?? EVERYBODY;
  return {
    ...input,
    preheader: input.preheader ?? null,
    ...(audience === AS_IT_IS
      ? {}
      : { audience: audience === EVERYBODY ? null : { segment: audience } }),
  };
}

function gather(letter: Letter, field: Field): Record<string, string> {
  return Object.fromEntries(
    Object.entries(letter).flatMap(([key, text]) =>
      key.startsWith(`${field}.`) && text.trim() !== ''
        ? [[key.slice(field.length + 1), text]]
        : [],
    ),
  );
}

/** What must be there before the house can keep it. */
export function missingIn(letter: Letter, isBlocks: boolean): ('name' | 'subject' | 'source')[] {
  const has = (field: Field) => Object.keys(gather(letter, field)).length > 0;
  return [
    ...((letter['name'] ?? '').trim() === '' ? (['name'] as const) : []),
    ...(has('subject') ? [] : (['subject'] as const)),
    ...(isBlocks || has('source') ? [] : (['source'] as const)),
  ];
}

export function isSame(one: Letter, other: Letter): boolean {
  return placesOf(one, other).every((key) => keptOf(key, one[key]) === keptOf(key, other[key]));
}

/** What the house keeps of it: no name ends in a space, and nothing says nothing. */
function keptOf(key: string, text = ''): string {
  if (text.trim() === '') return '';
  return /^(?:name|subject\..*|preheader\..*|source\..*)$/.test(key) ? text.trim() : text;
}

export type Merged = {
  readonly letter: Letter;
  readonly theirs: string[];
  readonly both: string[];
};

/** Two hands on one letter: each keeps what only they changed; where both wrote, mine stands and it is said. */
export function merge(base: Letter, mine: Letter, theirs: Letter): Merged {
  const letter: Record<string, string> = { ...mine };
  const taken: string[] = [];
  const both: string[] = [];
  for (const key of placesOf(base, mine, theirs)) {
    const [was, is, came] = [base[key] ?? '', mine[key] ?? '', theirs[key] ?? ''];
    if (came === was || came === is) continue;
    if (is !== was) both.push(key);
    else {
      letter[key] = came;
      taken.push(key);
    }
  }
  return { letter, theirs: taken, both };
}

const placesOf = (...letters: readonly Letter[]) => [
  ...new Set(letters.flatMap((letter) => Object.keys(letter))),
];
