import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { linksOf } from '../mail/personal.ts';
import type { Brand } from '../people/brand.ts';
import {
  Frequency,
  LegalBasis,
  Salutation,
  stateOf,
  TopicDelivery,
  type Profile,
} from '../people/person.ts';
import type { Person } from '../people/store.ts';
import { nextLetterAt } from '../policy/calendar.ts';
import { MomentText, momentText } from '../team/api.ts';
import type { Pending } from './pending.ts';

const FactsView = z
  .object({
    firstPurchaseAt: MomentText.nullable(),
    lastPurchaseAt: MomentText.nullable(),
    lastPurchaseAmount: z.number().nullable(),
    lastPurchaseItems: z.number().nullable(),
    currency: z.string().nullable(),
    purchases: z.int(),
    spent: z.number(),
  })
  .meta({ id: 'Facts' });

/** A person as the API shows them. */
export const PersonView = z
  .object({
    id: z.string(),
    email: z.string(),
    externalId: z.string().nullable(),
    state: z.enum(['asked', 'active', 'unproven', 'unsubscribed', 'bounced', 'complained']),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    salutation: Salutation,
    language: z.string(),
    timeZone: z.string(),
    frequency: Frequency,
    pausedUntil: MomentText.nullable(),
    nextDigestAt: MomentText.nullable(),
    subscriptions: z.array(
      z.object({
        topic: z.string(),
        state: z.enum(['asked', 'given', 'unproven', 'withdrawn']),
        delivery: TopicDelivery,
        legalBasis: LegalBasis,
        since: MomentText,
      }),
    ),
    personalNotes: z.boolean(),
    byPurchases: z.boolean(),
    countClicks: z.boolean(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    facts: FactsView,
    source: z.string(),
    createdAt: MomentText,
    /** Null for who has not confirmed: nothing but the mail to confirm leads to them. */
    links: z.object({ preferences: z.string(), unsubscribe: z.string() }).nullable(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

export function viewOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  brand: Brand,
  person: Person,
  now: Instant,
): PersonView {
  const [reader, profile] = [person.reader.it, person.profile.it];
  const state = stateOf(reader);
  const { preferences, unsubscribe } = linksOf(ports, reader.personId, {
    mailingId: '',
    viewUrl: '',
    now,
  });
  return {
    id: reader.personId,
    ...named(profile),
    state,
    language: reader.language,
    timeZone: reader.timeZone,
    frequency: reader.frequency,
    pausedUntil:
      reader.pause !== null && reader.pause.until > now ? momentText(reader.pause.until) : null,
    nextDigestAt: state === 'active' ? momentText(nextLetterAt(reader, brand, now)) : null,
    subscriptions: Object.entries(reader.subscriptions).map(([topic, one]) => ({
      topic,
      state: one.state,
      delivery: one.delivery,
      legalBasis: one.basis,
      since: momentText(one.at),
    })),
    personalNotes: reader.personalNotes,
    byPurchases: reader.byPurchases,
    countClicks: reader.countClicks,
    fields: profile.fields,
    facts: factsOf(profile),
    createdAt: momentText(profile.createdAt),
    links: { preferences, unsubscribe },
  };
}

/** Somebody who was asked, as one line of a list. */
export const pendingLineOf = ({ pendingId, email, known, frequency, language }: Pending) => ({
  ...{ id: pendingId, email, frequency, language },
  name: [known.givenName, known.familyName].filter(Boolean).join(' ') || null,
  state: 'asked' as const,
});

/** Somebody who was asked and has not answered. */
export function pendingViewOf(pending: Pending): PersonView {
  const { known } = pending;
  return {
    id: pending.pendingId,
    email: pending.email,
    externalId: known.externalId ?? null,
    state: 'asked',
    givenName: known.givenName ?? null,
    familyName: known.familyName ?? null,
    salutation: known.salutation ?? { form: 'none' },
    language: pending.language,
    timeZone: pending.timeZone,
    frequency: pending.frequency,
    pausedUntil: null,
    nextDigestAt: null,
    subscriptions: pending.topics.map(({ id, delivery }) => ({
      topic: id,
      state: 'asked',
      delivery,
      legalBasis: 'consent',
      since: momentText(pending.asked.at),
    })),
    personalNotes: false,
    byPurchases: false,
    countClicks: false,
    fields: known.fields ?? {},
    facts: NO_FACTS,
    source: pending.source,
    createdAt: momentText(pending.asked.at),
    links: null,
  };
}

const NO_FACTS: PersonView['facts'] = {
  firstPurchaseAt: null,
  lastPurchaseAt: null,
  lastPurchaseAmount: null,
  lastPurchaseItems: null,
  currency: null,
  purchases: 0,
  spent: 0,
};

function named({ email, externalId, givenName, familyName, salutation, source }: Profile) {
  return { email, externalId, givenName, familyName, salutation, source };
}

function factsOf({ facts }: Profile): PersonView['facts'] {
  return {
    firstPurchaseAt: momentText(facts.firstPurchaseAt),
    lastPurchaseAt: momentText(facts.lastPurchaseAt),
    lastPurchaseAmount: facts.lastPurchaseAmount,
    lastPurchaseItems: facts.lastPurchaseItems,
    currency: facts.currency,
    purchases: facts.purchases,
    spent: facts.spent,
  };
}
