import type { Ports } from '../base/ports.ts';
import { open, seal, type Purpose } from '../base/seal.ts';
import { sendToReader } from '../consent/fresh-link.ts';
import { knownMail } from '../consent/mails.ts';
import type { Both, House } from '../consent/newcomer.ts';
import { inTheirLanguage, type Visit } from '../consent/visit.ts';
import { maskAddress } from '../people/address.ts';
import { readPerson, readTopics } from '../people/store.ts';
import { UNDO_MS } from '../policy/change.ts';
import { mailSentPage } from './after-pages.ts';
import { comeBack } from './come-back.ts';

/** A visit by somebody we know, through a link of theirs. */
export type PersonVisit = {
  readonly visit: Visit;
  readonly both: Both;
  readonly house: House;
  /** The mailing whose link it is. */
  readonly mailingId: string | null;
  readonly expired: boolean;
};

/** Whose link this is; undefined when it is nobody's, of another purpose or altered. */
export async function personBehind(
  ports: Ports,
  visit: Visit,
  purpose: Purpose,
): Promise<PersonVisit | undefined> {
  const opened = open(ports, visit.c.req.param('token') ?? '', purpose);
  if (!opened) return undefined;
  const [person, topics] = await Promise.all([
    readPerson(ports, opened.subjectId),
    readTopics(ports),
  ]);
  if (!person) return undefined;
  const both = { reader: person.reader.it, profile: person.profile.it };
  return {
    visit: inTheirLanguage(visit, both.reader.language),
    both,
    house: { brand: visit.brand, topics },
    mailingId: opened.about ?? null,
    expired: opened.expired,
  };
}

/** The token that takes an act back, for an hour. It travels in the form, never in an address. */
export function undoToken(ports: Ports, personId: string, undoId: string | undefined) {
  if (undoId === undefined) return undefined;
  const expiresAt = ports.now() + UNDO_MS;
  return seal(ports, { purpose: 'undo', subjectId: personId, about: undoId, expiresAt });
}

/** Sends the way to everything we know, to the mailbox and nowhere else. */
export async function askWhatIsKnown(
  ports: Ports,
  { visit, both }: PersonVisit,
): Promise<Response> {
  const sent = await sendToReader(ports, both.profile, knownMail(both.reader));
  const address = maskAddress(both.profile.email);
  return mailSentPage(visit, { address, kind: sent ? 'lead' : 'enough' });
}

export async function askToComeBack(
  ports: Ports,
  { visit, both, house }: PersonVisit,
  url: string,
): Promise<Response> {
  const sent = await comeBack(ports, house, both, { language: visit.language, url });
  const address = maskAddress(both.profile.email);
  return mailSentPage(visit, { address, kind: sent ? 'back' : 'enough' });
}
