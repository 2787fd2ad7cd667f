import { keys } from '../../functions/base/keys.ts';
import type { Ports } from '../../functions/base/ports.ts';
import { Problem } from '../../functions/base/problem.ts';
import type { Act as ConsentAct } from '../../functions/consent/ledger.ts';
import { addPerson } from '../../functions/consent/add-person.ts';
import { PersonInput } from '../../functions/consent/person-input.ts';
import { serviceMail } from '../../functions/mail/order.ts';
import {
  addressWrite,
  brandWrite,
  changePerson,
  findByAddress,
  readBrand,
  readBrandVersion,
  readPerson,
  readTopics,
} from '../../functions/people/store.ts';
import type { Choice } from '../../functions/preferences/choice.ts';
import { choose } from '../../functions/preferences/choose.ts';
import type { Member } from './cast.ts';
import type { Edit } from './clubs.ts';
import type { Cap } from './scenario.ts';

/** What people and programs do, through the product's own verbs. */

export async function join(ports: Ports, member: Member): Promise<string> {
  const [brand, topics] = [await readBrand(ports), await readTopics(ports)];
  const proof = { at: ports.now() - 1, method: 'paper', words: 'Oui, écrivez-moi.' } as const;
  const input: PersonInput = {
    email: member.email,
    givenName: member.givenName,
    language: member.language,
    timeZone: member.timeZone,
    frequency: member.frequency,
    salutation: { form: 'given-name' },
    ...(member.club ? { fields: { club: member.club } } : {}),
    subscriptions: member.topics.map(({ id, delivery, proven }) => ({
      topic: id,
      delivery,
      consent: { state: 'given', legalBasis: 'consent', ...(proven ? { proof } : {}) },
    })),
  };
  return (await addPerson(ports, { brand, topics }, input)).personId;
}

/** A program of the house says anew what it knows of somebody; what they chose themselves it does not change. */
export async function edit(ports: Ports, email: string, change: Edit): Promise<void> {
  const [brand, topics] = [await readBrand(ports), await readTopics(ports)];
  const known = 'club' in change ? { fields: { club: change.club } } : change;
  await addPerson(ports, { brand, topics }, PersonInput.parse({ email, ...known }));
}

/** What the sign-up did not say: the rest of what somebody chose before the scenes begin. */
export async function settleIn(ports: Ports, personId: string, member: Member): Promise<void> {
  const { weekday, partOfDay, languageOnly, pausedUntil, standing } = member;
  const choice = { weekday, partOfDay, languageOnly, pausedUntil };
  await choose(ports, await readBrand(ports), personId, { choice, act: BY_THEMSELVES });
  if (standing !== 'well') await becomes(ports, personId, standing);
}

const BY_THEMSELVES: Omit<ConsentAct, 'words'> & { readonly words: null } = {
  by: { kind: 'person' },
  method: 'preference-page',
  surface: { name: 'preferences', version: '1', url: '/preferences/:token' },
  words: null,
  language: 'fr',
};

/** Answers whether anything was different. */
export async function chooses(
  ports: Ports,
  personId: string,
  choice: Choice,
  method: 'preference-page' | 'one-click' = 'preference-page',
): Promise<boolean> {
  const act = { ...BY_THEMSELVES, method };
  const chosen = await choose(ports, await readBrand(ports), personId, { choice, act });
  return (chosen?.differences.length ?? 0) > 0;
}

export async function becomes(
  ports: Ports,
  personId: string,
  standing: 'bounced' | 'complained',
): Promise<void> {
  await changePerson(ports, personId, ({ reader }) => ({
    reader: { ...reader.it, standing: { is: standing, at: ports.now() } },
  }));
}

/** Everything that is theirs goes; that they asked for it stays, under the fingerprint of their address. */
export async function erase(ports: Ports, personId: string, email: string): Promise<void> {
  for (;;) {
    const person = await readPerson(ports, personId);
    const address = await findByAddress(ports, email);
    if (!person || !address) return;
    const { fingerprint } = person.profile.it;
    const row = { personId: null, pending: false, erasedAt: ports.now() };
    const outcome = await ports.table.writeAll([
      { kind: 'remove', key: keys.reader(personId), expected: person.reader.version },
      { kind: 'remove', key: keys.profile(personId), expected: person.profile.version },
      addressWrite(fingerprint, row, address.version),
    ]);
    if (outcome === 'written') return;
  }
}

/** A receipt, a confirmation: mail that is owed, while campaigns run. */
export async function orderService(ports: Ports, personId: string): Promise<void> {
  const order = serviceMail(ports, {
    personId,
    kind: 'receipt',
    language: 'fr',
    subject: 'Votre reçu',
    paragraphs: ['Merci de votre visite.'],
    requested: true,
  });
  const outcome = await ports.table.writeAll(order.writes);
  if (outcome === 'conflict') throw new Problem('too-many-hands');
  await order.post();
}

export async function setCap(ports: Ports, cap: Cap): Promise<void> {
  const { it, version } = await readBrandVersion(ports);
  const outcome = await ports.table.writeAll([brandWrite({ ...it, cap }, version)]);
  if (outcome === 'conflict') throw new Problem('too-many-hands');
}
