import type { Draft } from './tree.ts';

/** What a part may ask, in the order it is offered. */
export const KINDS = [
  'follows',
  'frequency',
  'state',
  'paused',
  'language',
  'lastPurchaseAt',
  'firstPurchaseAt',
  'purchases',
  'purchasesWithinDays',
  'spent',
  'spentWithinDays',
  'lastPurchaseAmount',
  'lastPurchaseItems',
  'createdAt',
  'lastActAt',
  'lastLetterAt',
  'lettersWithinDays',
  'received',
  'field',
  'segment',
] as const;
export type Kind = (typeof KINDS)[number];

export const MOMENT_FACTS: readonly Kind[] = ['firstPurchaseAt', 'lastPurchaseAt'];
export const MOMENTS: readonly Kind[] = ['createdAt', 'lastActAt', 'lastLetterAt'];
export const NUMBER_FACTS: readonly Kind[] = [
  'purchases',
  'spent',
  'lastPurchaseAmount',
  'lastPurchaseItems',
];
export const SINCE: readonly Kind[] = [
  'purchasesWithinDays',
  'spentWithinDays',
  'lettersWithinDays',
];

const MONTH_DAYS = 30;
const YEAR_DAYS = 365;

/** Only an audience may name a saved segment: inside one it would have no end. */
export const offered = (withSegments: boolean, chosen: Kind): readonly Kind[] =>
  KINDS.filter((kind) => kind !== 'segment' || withSegments || chosen === 'segment');

/** How a part begins once it is chosen what it asks. */
export function begun(kind: Kind): Draft {
  if (MOMENT_FACTS.includes(kind)) return { fact: kind, withinDays: YEAR_DAYS };
  if (MOMENTS.includes(kind)) return { moment: kind, withinDays: MONTH_DAYS };
  if (NUMBER_FACTS.includes(kind)) return { fact: kind, atLeast: 1 };
  if (SINCE.includes(kind)) return { [kind]: MONTH_DAYS, atLeast: 1 };
  if (kind === 'frequency' || kind === 'state') return { [kind]: [] };
  if (kind === 'paused') return { paused: true };
  if (kind === 'received') return { received: undefined };
  if (kind === 'field') return { field: '', is: '' };
  return { [kind]: '' };
}

export function kindOf(leaf: Draft): Kind {
  const named = leaf['fact'] ?? leaf['moment'];
  return KINDS.find((kind) => kind === named) ?? KINDS.find((kind) => kind in leaf) ?? 'field';
}

export const MEASURES = ['atLeast', 'atMost'] as const;
export const WHENS = ['withinDays', 'olderThanDays'] as const;
export const FIELD_OPS = ['is', 'in', 'exists', ...MEASURES, ...WHENS] as const;
export type FieldOp = (typeof FIELD_OPS)[number];

/** Another way to ask the same: the value moves along where it can. */
export function withOp<Op extends string>(leaf: Draft, ops: readonly Op[], op: Op): Draft {
  const before = ops.find((one) => one in leaf);
  const rest = Object.fromEntries(Object.entries(leaf).filter(([name]) => name !== before));
  return { ...rest, [op]: before === undefined ? undefined : leaf[before] };
}
