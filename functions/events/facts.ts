import type { Brand } from '../people/brand.ts';
import { PURCHASES_KEPT, type Facts, type Profile, type Purchase } from '../people/person.ts';
import { PurchaseData, type Event } from './event.ts';

/** The profile after some events. The same events in any order, and in any portions, give the same profile. */
export function withEvents(
  profile: Profile,
  events: readonly Event[],
  brand: Pick<Brand, 'currency'>,
): Profile {
  return events.reduce((before, event) => withEvent(before, event, brand), profile);
}

function withEvent(profile: Profile, event: Event, brand: Pick<Brand, 'currency'>): Profile {
  if (event.type !== 'purchase') return profile;
  const { amount, currency = brand.currency, items = null } = PurchaseData.parse(event.data);
  const purchase: Purchase = { at: event.at, amount, currency, items };
  const purchases = [...profile.purchases, purchase].sort(newestFirst).slice(0, PURCHASES_KEPT);
  return {
    ...profile,
    facts: withPurchase(profile.facts, purchase, purchases[0]!),
    purchases,
    lastActAt: Math.max(profile.lastActAt, event.at),
  };
}

function withPurchase(facts: Facts, purchase: Purchase, last: Purchase): Facts {
  const { at, amount, currency } = purchase;
  const spentIn = { ...facts.spentIn, [currency]: sum(facts.spentIn[currency] ?? 0, amount) };
  return {
    firstPurchaseAt: Math.min(facts.firstPurchaseAt ?? at, at),
    lastPurchaseAt: last.at,
    lastPurchaseAmount: last.amount,
    lastPurchaseItems: last.items,
    currency: last.currency,
    purchases: facts.purchases + 1,
    spent: spentIn[last.currency] ?? 0,
    spentIn,
  };
}

/** Two purchases of one moment need an order too, or the facts would depend on who came first. */
function newestFirst(one: Purchase, other: Purchase): number {
  return (
    other.at - one.at ||
    other.amount - one.amount ||
    (other.items ?? -1) - (one.items ?? -1) ||
    (one.currency < other.currency ? -1 : 1)
  );
}

/** Money in ten-thousandths, so that a thousand small sums do not drift. */
function sum(one: number, other: number): number {
  return Math.round((one + other) * 10_000) / 10_000;
}
