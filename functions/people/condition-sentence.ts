import type { Leaf } from './condition-leaf.ts';
import { CONDITION_WORDS, type ConditionWords, type Phrase } from './condition-words.ts';
import { isAll, isAny, isNot, type AudienceCondition, type SegmentLeaf } from './condition.ts';

/** How the things that a condition names are called, in one language. */
export type Names = {
  readonly topics: ReadonlyMap<string, string>;
  readonly segments: ReadonlyMap<string, string>;
};
export type ConsoleLanguage = keyof typeof CONDITION_WORDS;
export const CONSOLE_LANGUAGES = ['fr', 'en'] as const satisfies readonly ConsoleLanguage[];

/** A condition as one would say it: "People who follow “New in” and who do not read us once a month." */
export function sentenceOf(
  condition: AudienceCondition | undefined,
  language: ConsoleLanguage,
  names: Names,
): string {
  const words = CONDITION_WORDS[language];
  if (condition === undefined) return `${words.everybody}.`;
  return `${words.people} ${said({ words, names }, condition, true)}.`;
}

type Speaker = { readonly words: ConditionWords; readonly names: Names };

/** Everything after "people". A negation goes inwards, as one says it: not both is either not. */
function said(speaker: Speaker, tree: AudienceCondition, isTrue: boolean): string {
  const { words } = speaker;
  if (isNot(tree)) return said(speaker, tree.not, !isTrue);
  if (!isAll(tree) && !isAny(tree)) {
    const phrase = phraseOf(speaker, tree);
    return `${words.who} ${isTrue ? phrase.is : phrase.isNot}`;
  }
  const parts = isAll(tree) ? tree.all : tree.any;
  const join = isAll(tree) === isTrue ? words.and : words.or;
  const inner = parts.map((part) => {
    const text = said(speaker, part, isTrue);
    return isGroup(part) ? `(${text})` : text;
  });
  return inner.join(inner.length > 2 ? `, ${join} ` : ` ${join} `);
}

/** A group of several needs brackets inside another; one of a single part needs none. */
function isGroup(tree: AudienceCondition): boolean {
  if (isNot(tree)) return isGroup(tree.not);
  if (!isAll(tree) && !isAny(tree)) return false;
  const parts = isAll(tree) ? tree.all : tree.any;
  return parts.length > 1 || isGroup(parts[0]!);
}

function phraseOf(speaker: Speaker, leaf: Leaf | SegmentLeaf): Phrase {
  const { words, names } = speaker;
  const { quoted } = words;
  if ('segment' in leaf)
    return words.belongs(quoted(names.segments.get(leaf.segment) ?? leaf.segment));
  if ('follows' in leaf)
    return words.follows(quoted(names.topics.get(leaf.follows) ?? leaf.follows));
  if ('frequency' in leaf)
    return words.reads(words.list.format(leaf.frequency.map((pace) => words.paces[pace])));
  if ('language' in leaf) return words.readsIn(words.language(leaf.language));
  if ('state' in leaf)
    return words.stands(words.list.format(leaf.state.map((state) => words.states[state])));
  if ('paused' in leaf) return leaf.paused ? words.paused : opposite(words.paused);
  if ('received' in leaf) return words.received(quoted(leaf.received.name));
  if ('moment' in leaf) return words.moment[leaf.moment](when(words, leaf));
  if ('lettersWithinDays' in leaf)
    return words.letters(amount(words, leaf), words.number.format(leaf.lettersWithinDays));
  if ('purchasesWithinDays' in leaf)
    return words.timesSince(amount(words, leaf), words.number.format(leaf.purchasesWithinDays));
  if ('spentWithinDays' in leaf)
    return words.spentSince(amount(words, leaf), words.number.format(leaf.spentWithinDays));
  if ('fact' in leaf) return factPhrase(words, leaf);
  return fieldPhrase(words, leaf);
}

function factPhrase(words: ConditionWords, leaf: Extract<Leaf, { fact: unknown }>): Phrase {
  if ('olderThanDays' in leaf || 'withinDays' in leaf)
    return words.moment[leaf.fact](when(words, leaf));
  const said = amount(words, leaf);
  switch (leaf.fact) {
    case 'purchases':
      return words.times(said);
    case 'spent':
      return words.spent(said);
    case 'lastPurchaseAmount':
      return words.lastAmount(said);
    case 'lastPurchaseItems':
      return words.lastItems(said);
  }
}

function fieldPhrase(words: ConditionWords, leaf: Extract<Leaf, { field: unknown }>): Phrase {
  const field = words.quoted(leaf.field);
  const said = (value: string | number | boolean) => {
    if (typeof value === 'boolean') return words.quoted(value ? words.yes : words.no);
    return typeof value === 'number' ? words.number.format(value) : words.quoted(value);
  };
  if ('is' in leaf) return words.fieldIs(field, said(leaf.is));
  if ('in' in leaf) return words.fieldIs(field, words.list.format(saidOnce(leaf.in).map(said)));
  if ('exists' in leaf) {
    const exists = words.fieldExists(field);
    return leaf.exists ? exists : opposite(exists);
  }
  if ('atLeast' in leaf || 'atMost' in leaf) return words.fieldHolds(field, amount(words, leaf));
  return words.fieldDate(field, when(words, leaf));
}

/** A number beside its own digits is the same thing to whoever reads it. */
const saidOnce = (values: readonly (string | number)[]) =>
  values.filter(
    (one) =>
      typeof one === 'string' ||
      !values.some((other) => typeof other === 'string' && Number(other) === one),
  );

const opposite = ({ is, isNot }: Phrase): Phrase => ({ is: isNot, isNot: is });

function amount(
  words: ConditionWords,
  leaf: { readonly atLeast: number } | { readonly atMost: number },
): string {
  return 'atLeast' in leaf
    ? words.atLeast(words.number.format(leaf.atLeast))
    : words.atMost(words.number.format(leaf.atMost));
}

function when(
  words: ConditionWords,
  leaf: { readonly olderThanDays: number } | { readonly withinDays: number },
): string {
  return 'withinDays' in leaf
    ? words.lastDays(words.number.format(leaf.withinDays))
    : words.daysAgo(words.number.format(leaf.olderThanDays));
}
