import { randomId } from '../../functions/base/id.ts';
import type { Ports, Write } from '../../functions/base/ports.ts';
import { fingerprintOf } from '../../functions/base/seal.ts';
import type { Instant } from '../../functions/base/time.ts';
import { Brand } from '../../functions/people/brand.ts';
import { Facts, Frequency, newReader, type Profile } from '../../functions/people/person.ts';
import {
  brandWrite,
  profileWrite,
  readBrandVersion,
  readerWrite,
  topicWrite,
} from '../../functions/people/store.ts';
import { Topic } from '../../functions/people/topic.ts';
import { withFrequency, withSubscription } from '../../functions/policy/change.ts';

/** Everybody as published, or each pace in turn. */
export type Mix = 'immediate' | 'mixed';
type Plan = {
  readonly people: number;
  readonly mix: Mix;
  readonly topic: string;
  readonly at: Instant;
};

const brand = Brand.parse({});
const PORTION = 2_000;
export const TOPIC = 'news';
/** Personal values that a letter of the trial asks for. */
export const FIELDS = Array.from({ length: 17 }, (_, index) => `value${index}`);

/** Readers straight into the table: many, for a measure or a crash, not through a form. */
export async function addReaders(ports: Ports, plan: Plan): Promise<void> {
  const topic = Topic.parse({ id: plan.topic, name: { en: 'News' }, createdAt: plan.at });
  await ports.table.writeEach([topicWrite(topic, 0)]);
  // The whole is measured: no part of it goes ahead.
  const firstPart = { ...brand.firstPart, percent: 100 };
  const { version } = await readBrandVersion(ports);
  await ports.table.writeEach([brandWrite({ ...brand, firstPart }, version)]);
  for (let from = 0; from < plan.people; from += PORTION) {
    const writes: Write[] = [];
    for (let index = from; index < Math.min(plan.people, from + PORTION); index += 1)
      writes.push(...readerWrites(ports, index, plan));
    await ports.table.writeEach(writes);
  }
}

function readerWrites(ports: Ports, index: number, { mix, topic, at }: Plan): Write[] {
  const personId = randomId(ports);
  const email = `reader${index}@example.org`;
  const joined = withSubscription(newReader(personId, brand, at - 1), topic, {
    state: 'given',
    at: at - 1,
  });
  const pace = mix === 'mixed' ? Frequency.options[index % 4]! : 'immediate';
  const profile: Profile = {
    format: 1,
    personId,
    email,
    fingerprint: fingerprintOf(ports, email),
    externalId: null,
    givenName: `Ada ${index}`,
    familyName: 'O’Brien & Müller',
    salutation: { form: 'full-name' },
    fields: Object.fromEntries(FIELDS.map((field) => [field, `${field} of ${index}`])),
    facts: Facts.parse({}),
    purchases: [],
    clicks: [],
    answers: [],
    createdAt: at - 1,
    source: 'bench',
    lastActAt: at - 1,
  };
  return [readerWrite(withFrequency(joined, pace, brand, at), 0), profileWrite(profile, 0)];
}
