import type { Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import { isSlower, type Reader, type Profile, type Subscription } from '../people/person.ts';
import { withFrequency, withMoment, withSubscription } from '../policy/change.ts';
import type { ConsentChange } from './ledger.ts';
import type { Both } from './newcomer.ts';
import type { PersonInput, Proof, SubscriptionInput } from './person-input.ts';
import { evidenceOf, refusalIn } from './other-bases.ts';
import { topicSubject } from './record.ts';

/** A line for the ledger, and what it stands on: the proof of a yes, or the refusal that was offered. */
export type ProvenChange = {
  readonly change: ConsentChange;
  readonly proof: Proof | undefined;
  readonly refusal?: string | undefined;
};

export type Upserted = Both & {
  /** What the reader had chosen, and the call did not change. */
  readonly ignored: string[];
  readonly changes: ProvenChange[];
};

type Step = {
  readonly reader: Reader;
  readonly changes: ProvenChange[];
  readonly ignored: string[];
};

/**
 * What a machine says of a person, laid over what the person chose: their choice wins, a "no"
 * stays a "no" unless a later yes can be shown, and more mail than before needs such a yes too.
 */
export function upserted(both: Both, input: PersonInput, brand: Brand, now: Instant): Upserted {
  const given = input.subscriptions.filter(({ consent }) => consent.state === 'given');
  const followed = given.reduce((step, wish) => withGiven(step, wish, input.frequency, now), {
    reader: both.reader,
    changes: [],
    ignored: [],
  } as Step);
  const settled = withWishes(followed, input, brand, now);
  const named = withProfile(both, input);
  const actsAt = settled.changes.flatMap(({ proof }) => (proof ? [proof.at] : []));
  return {
    reader: settled.reader,
    profile: { ...named.profile, lastActAt: lastOf(both, actsAt) },
    changes: settled.changes,
    ignored: [...named.ignored, ...settled.ignored],
  };
}

/** A proof tells of an act by the person; whoever we knew nothing of begins with it. */
function lastOf({ reader, profile }: Both, actsAt: readonly Instant[]): Instant {
  if (actsAt.length === 0) return profile.lastActAt;
  return Math.max(...actsAt, ...(reader.ledger.count > 0 ? [profile.lastActAt] : []));
}

function withGiven(
  step: Step,
  wish: SubscriptionInput,
  pace: PersonInput['frequency'],
  now: Instant,
): Step {
  const { topic, delivery, consent } = wish;
  const { proof, legalBasis, sale } = consent;
  const { reader } = step;
  const before = reader.subscriptions[topic];
  const ignored = { ...step, ignored: [...step.ignored, `subscriptions.${topic}`] };
  if (reader.standing.is === 'complained') return ignored;
  const noAt = lastNo(reader, before);
  // A sale is no yes: it never revives a no.
  const revives = legalBasis === 'consent' && proof !== undefined && proof.at > (noAt ?? 0);
  if (noAt !== null && !revives) return ignored;
  const nowAsked = legalBasis === 'consent' && proof && before?.basis !== 'consent';
  if (before?.state === 'given' && !nowAsked) return withDelivery(step, wish, before);
  const evidence = evidenceOf(consent);
  const state = (legalBasis === 'consent' ? proof : evidence) ? 'given' : 'unproven';
  if (before?.state === 'unproven' && state === 'unproven') return step;
  const yes = {
    state,
    at: now,
    basis: legalBasis,
    ...(delivery ? { delivery } : {}),
    ...(sale ? { soldAt: sale.at } : {}),
  } as const;
  const change: ConsentChange = {
    purpose: topicSubject(topic),
    state,
    legalBasis,
    ...(evidence ? { evidence } : {}),
    ...(proof ? { at: proof.at } : {}),
    ...changeOf({ delivery, frequency: isNew(reader) ? pace : undefined }),
  };
  return {
    ...step,
    reader: withSubscription(reader, topic, yes),
    changes: [...step.changes, { change, proof, refusal: refusalIn(consent) }],
  };
}

function changeOf(wish: {
  readonly delivery: SubscriptionInput['delivery'];
  readonly frequency: PersonInput['frequency'];
}): Pick<ConsentChange, 'change'> {
  const { delivery, frequency } = wish;
  if (!delivery && !frequency) return {};
  return { change: { ...(delivery ? { delivery } : {}), ...(frequency ? { frequency } : {}) } };
}

/** Nothing is written of them yet: their first yes names its pace itself. */
const isNew = (reader: Reader) => reader.ledger.count === 0;

/** When they last said no to this topic or to everything. */
function lastNo(reader: Reader, before: Subscription | undefined): Instant | null {
  const left = before?.state === 'withdrawn' ? before.at : null;
  if (left === null) return reader.stoppedAt;
  return Math.max(left, reader.stoppedAt ?? left);
}

function withDelivery(
  step: Step,
  { topic, delivery, consent: { proof } }: SubscriptionInput,
  before: Subscription,
): Step {
  if (delivery === undefined || delivery === before.delivery) return step;
  const more = delivery === 'immediate' && !(proof && proof.at > before.at);
  if (more || step.reader.chosen.includes('subscriptions'))
    return { ...step, ignored: [...step.ignored, `subscriptions.${topic}.delivery`] };
  const subscriptions = { ...step.reader.subscriptions, [topic]: { ...before, delivery } };
  const change: ConsentChange = {
    purpose: topicSubject(topic),
    state: 'changed',
    change: { delivery },
    ...(proof ? { at: proof.at } : {}),
  };
  return {
    ...step,
    reader: { ...step.reader, subscriptions },
    changes: [...step.changes, { change, proof }],
  };
}

function withWishes(step: Step, input: PersonInput, brand: Brand, now: Instant): Step {
  const ignored = [...step.ignored];
  const changes = [...step.changes];
  let { reader } = step;
  const { frequency, language, timeZone } = input;
  if (frequency !== undefined && frequency !== reader.frequency) {
    const proof = freshProof(input, reader);
    if (reader.chosen.includes('frequency') || (promised(reader, frequency) && !proof))
      ignored.push('frequency');
    else {
      reader = withFrequency(reader, frequency, brand, now);
      if (!isNew(reader))
        changes.push({
          change: { purpose: 'letters', state: 'changed', change: { frequency } },
          proof,
        });
    }
  }
  if (language !== undefined && language !== reader.language) {
    if (reader.chosen.includes('language')) ignored.push('language');
    else reader = { ...reader, language };
  }
  if (timeZone !== undefined && timeZone !== reader.timeZone) {
    if (reader.timeZoneFrom === 'chosen') ignored.push('timeZone');
    else reader = withMoment(reader, { timeZone, timeZoneFrom: 'guessed' }, brand, now);
  }
  return { reader, changes, ignored };
}

/** Whether somebody who reads us was promised fewer mails than this pace brings. */
function promised(reader: Reader, frequency: Reader['frequency']): boolean {
  const reads = Object.values(reader.subscriptions).some(({ state }) => state !== 'unproven');
  return !isNew(reader) && reads && !isSlower(frequency, reader.frequency);
}

function freshProof({ subscriptions }: PersonInput, reader: Reader): Proof | undefined {
  return subscriptions
    .map(({ consent }) => (consent.state === 'given' ? consent.proof : undefined))
    .find((proof) => proof !== undefined && proof.at > reader.frequencySince);
}

function withProfile(
  { reader, profile }: Both,
  input: PersonInput,
): { readonly profile: Profile; readonly ignored: string[] } {
  const { externalId, givenName, familyName, salutation, fields } = input;
  const ignored: string[] = [];
  let named = profile;
  const name = {
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
  };
  const changesName = Object.entries(name).filter(
    ([key, value]) => profile[key as keyof typeof name] !== value,
  );
  if (!reader.chosen.includes('name')) named = { ...named, ...name };
  else ignored.push(...changesName.map(([key]) => key));
  if (salutation && JSON.stringify(salutation) !== JSON.stringify(profile.salutation)) {
    if (reader.chosen.includes('salutation')) ignored.push('salutation');
    else named = { ...named, salutation };
  }
  if (externalId !== undefined && profile.externalId !== externalId) {
    if (profile.externalId === null) named = { ...named, externalId };
    else ignored.push('externalId');
  }
  if (fields) named = { ...named, fields: merged(profile.fields, fields) };
  return { profile: named, ignored };
}

function merged(
  before: Profile['fields'],
  change: NonNullable<PersonInput['fields']>,
): Profile['fields'] {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(
      (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== null,
    ),
  );
}
