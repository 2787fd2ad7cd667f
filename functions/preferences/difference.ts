import type { ConsentChange } from '../consent/ledger.ts';
import type { Both } from '../consent/newcomer.ts';
import { topicSubject } from '../consent/record.ts';
import type { Instant } from '../base/time.ts';
import type { Frequency, Reader, Salutation, TopicDelivery } from '../people/person.ts';

/** One thing that is not as it was before, as the page and the ledger tell it. */
export type Difference =
  | { readonly what: 'stopped' }
  | { readonly what: 'frequency'; readonly value: Frequency }
  | { readonly what: 'pause'; readonly until: Instant | null }
  | {
      readonly what: 'topic';
      readonly id: string;
      readonly wish: 'off' | TopicDelivery;
      readonly isNew: boolean;
    }
  | { readonly what: 'notes' | 'purchases' | 'clicks' | 'only'; readonly on: boolean }
  | { readonly what: 'greeting'; readonly salutation: Salutation }
  | { readonly what: 'name'; readonly name: string }
  | { readonly what: 'weekday'; readonly value: number | null }
  | { readonly what: 'part'; readonly value: Reader['partOfDay'] }
  | { readonly what: 'zone'; readonly value: string }
  | { readonly what: 'language'; readonly value: string };

/** What differs between a person before and after, whatever it was that changed them. */
export function differences(before: Both, after: Both): Difference[] {
  const one = before.reader;
  const other = after.reader;
  const stopped = one.stoppedAt === null && other.stoppedAt !== null;
  const switches = [
    ['notes', one.personalNotes, other.personalNotes],
    ['purchases', one.byPurchases, other.byPurchases],
    ['clicks', one.countClicks, other.countClicks],
    ['only', one.languageOnly, other.languageOnly],
  ] as const;
  return [
    ...(stopped ? [{ what: 'stopped' } as const] : []),
    ...(one.frequency === other.frequency
      ? []
      : [{ what: 'frequency', value: other.frequency } as const]),
    ...(one.pause?.until === other.pause?.until || stopped
      ? []
      : [{ what: 'pause', until: other.pause?.until ?? null } as const]),
    ...topicDifferences(one, other),
    ...switches.flatMap(([what, was, is]) => (was === is ? [] : [{ what, on: is }])),
    ...profileDifferences(before, after),
    ...(one.weekday === other.weekday ? [] : [{ what: 'weekday', value: other.weekday } as const]),
    ...(one.partOfDay === other.partOfDay
      ? []
      : [{ what: 'part', value: other.partOfDay } as const]),
    ...(one.timeZone === other.timeZone ? [] : [{ what: 'zone', value: other.timeZone } as const]),
    ...(one.language === other.language
      ? []
      : [{ what: 'language', value: other.language } as const]),
  ];
}

function topicDifferences(one: Reader, other: Reader): Difference[] {
  return Object.entries(other.subscriptions).flatMap(([id, { state, delivery }]): Difference[] => {
    const before = one.subscriptions[id];
    if (state === 'unproven') return [];
    const was = before?.state === 'given' ? before.delivery : 'off';
    const is = state === 'given' ? delivery : 'off';
    if (before?.state === 'unproven' || was !== is)
      return [{ what: 'topic', id, wish: is, isNew: was === 'off' && is !== 'off' }];
    return [];
  });
}

function profileDifferences({ profile: one }: Both, { profile: other }: Both): Difference[] {
  const same = JSON.stringify(one.salutation) === JSON.stringify(other.salutation);
  const named = one.givenName !== other.givenName || one.familyName !== other.familyName;
  const name = [other.givenName, other.familyName].filter(Boolean).join(' ');
  return [
    ...(same ? [] : [{ what: 'greeting', salutation: other.salutation } as const]),
    ...(named ? [{ what: 'name', name } as const] : []),
  ];
}

/** The lines of the ledger that differences become. How one is greeted, and when, needs no consent. */
export function ledgerLines(found: readonly Difference[], after: Reader): ConsentChange[] {
  return found.flatMap((one): ConsentChange[] => {
    switch (one.what) {
      case 'stopped':
        return [{ purpose: 'letters', state: 'withdrawn' }];
      case 'frequency':
        return [{ purpose: 'letters', state: 'changed', change: { frequency: one.value } }];
      case 'pause':
        return [{ purpose: 'letters', state: 'changed', change: { pausedUntil: one.until } }];
      case 'topic':
        return [topicLine(one, after)];
      case 'notes':
        return [{ purpose: 'personal-notes', state: one.on ? 'given' : 'withdrawn' }];
      case 'purchases':
        return [{ purpose: 'profiling', state: one.on ? 'given' : 'withdrawn' }];
      case 'clicks':
        return [{ purpose: 'click-counting', state: one.on ? 'given' : 'withdrawn' }];
      case 'only':
      case 'greeting':
      case 'name':
      case 'weekday':
      case 'part':
      case 'zone':
      case 'language':
        return [];
    }
  });
}

function topicLine(
  { id, wish, isNew }: Difference & { readonly what: 'topic' },
  after: Reader,
): ConsentChange {
  const legalBasis = after.subscriptions[id]?.basis ?? 'consent';
  const purpose = topicSubject(id);
  if (wish === 'off') return { purpose, state: 'withdrawn', legalBasis };
  return { purpose, state: isNew ? 'given' : 'changed', legalBasis, change: { delivery: wish } };
}
