import type { InputError } from '../base/problem.ts';
import { addMonths, instantOf, wallTimeIn, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Sale } from './evidence.ts';
import type { SubscriptionInput } from './person-input.ts';
import type { Evidence } from './record.ts';

/** Mail to customers ends so long after their last purchase. */
const CUSTOMER_MONTHS = 36;

/** When mail that stands on a purchase ends. */
export function customerUntil(lastPurchaseAt: Instant): Instant {
  const { date, minutes } = wallTimeIn('UTC', lastPurchaseAt);
  return instantOf('UTC', { date: addMonths(date, CUSTOMER_MONTHS), minutes });
}

/** Why a subscription cannot stand on anything but consent, if it says it does. */
export function basisErrors(
  { topic, consent }: SubscriptionInput,
  path: string,
  brand: Pick<Brand, 'legalName' | 'productFamilies' | 'businessCountries'>,
  now: Instant,
): InputError[] {
  const { legalBasis, sale, business } = consent;
  const at = (field: string, detail: string): InputError => ({
    path: `${path}.consent.${field}`,
    detail,
  });
  return [
    ...(sale && legalBasis !== 'soft-opt-in'
      ? [at('sale', 'belongs to the legal basis "soft-opt-in"')]
      : []),
    ...(business && legalBasis !== 'legitimate-interest-b2b'
      ? [at('business', 'belongs to the legal basis "legitimate-interest-b2b"')]
      : []),
    ...(legalBasis === 'soft-opt-in' && sale ? saleErrors(sale, topic, brand, now, at) : []),
    ...(legalBasis === 'legitimate-interest-b2b' &&
    business &&
    !brand.businessCountries.includes(business.country)
      ? [at('business.country', 'is not one where the house writes to people at their work')]
      : []),
  ];
}

function saleErrors(
  sale: Sale,
  topic: string,
  brand: Pick<Brand, 'legalName' | 'productFamilies'>,
  now: Instant,
  at: (field: string, detail: string) => InputError,
): InputError[] {
  const allowed = brand.productFamilies[sale.family];
  return [
    ...(sale.at > now ? [at('sale.at', 'lies in the future')] : []),
    ...(customerUntil(sale.at) <= now ? [at('sale.at', 'is more than three years ago')] : []),
    ...(sale.entity === brand.legalName
      ? []
      : [at('sale.entity', `must be the house itself, "${brand.legalName}"`)]),
    ...(allowed?.includes(topic)
      ? []
      : [
          at(
            'sale.family',
            `does not allow the topic "${topic}": see productFamilies in the settings`,
          ),
        ]),
  ];
}

/** What it stands on, as the ledger keeps it. */
export function evidenceOf({
  legalBasis,
  sale,
  business,
}: SubscriptionInput['consent']): Evidence | undefined {
  if (legalBasis === 'soft-opt-in' && sale) {
    const { at, entity, family, reference = null } = sale;
    return { kind: 'sale', at, entity, family, reference };
  }
  if (legalBasis !== 'legitimate-interest-b2b' || !business) return undefined;
  const { refusalOffered: _, ...rest } = business;
  return { kind: 'business', ...rest };
}

/** The words of the refusal that was offered when the address was collected. */
export const refusalIn = ({ sale, business }: SubscriptionInput['consent']): string | undefined =>
  (sale ?? business)?.refusalOffered;
