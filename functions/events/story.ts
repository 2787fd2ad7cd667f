import { timeLetters } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { longDateIn } from '../base/words.ts';
import type { ConsentRecord } from '../consent/record.ts';
import { readLedger } from '../consent/store.ts';
import { inLanguage } from '../people/brand.ts';
import { CONSOLE_LANGUAGES, type ConsoleLanguage } from '../people/condition-sentence.ts';
import { readBrand, readTopics, type Person } from '../people/store.ts';
import { mailsTold, type MailTold } from './mail-story.ts';
import { mailWords } from './mail-words.ts';
import { readTimeline } from './store.ts';
import { cameWords, clickWords, consentWords, eventWords, type Teller } from './story-words.ts';

/** One thing that happened between a person and the house, at whichever touchpoint, in plain words. */
export type Moment = {
  /** Its place in the story: newer things sort higher. */
  readonly place: string;
  readonly at: Instant;
  readonly kind: 'consent' | 'mail' | 'event' | 'click' | 'came';
  readonly words: Readonly<Record<ConsoleLanguage, string>>;
  /** The ledger's record that proves it. */
  readonly recordId: string | null;
  /** Of a mail: what became of it, why, and what it carried. */
  readonly mail: MailTold | null;
};

/** What happened before a place, newest first. All but events is little, and read whole. */
export async function storyOf(
  ports: Ports,
  { reader, profile }: Person,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<Moment[]> {
  const both = { reader: reader.it, profile: profile.it };
  const { personId } = both.reader;
  const [brand, topics] = await Promise.all([readBrand(ports), readTopics(ports)]);
  const tellerIn = (language: ConsoleLanguage): Teller => {
    const names = new Map(topics.map(({ id, name }) => [id, inLanguage(name, language, brand)]));
    const day = (at: Instant) => longDateIn(language, brand.timeZone, at);
    return { topic: (id) => names.get(id) ?? id, day };
  };
  const tellers = { fr: tellerIn('fr'), en: tellerIn('en') };
  const range = { limit: limit + 1, ...(before === undefined ? {} : { after: before }) };
  const [events, mails, records] = await Promise.all([
    readTimeline(ports, personId, range),
    mailsTold(ports, both, brand),
    ledgerOf(ports, personId),
  ]);
  const all: Moment[] = [
    ...events.map(({ event, place }) =>
      moment('event', event.at, place, (language) => eventWords(event, language)),
    ),
    ...mails.map((mail) => ({
      ...moment('mail', mail.at, `mail-${mail.mailingId}`, (one) =>
        mailWords(mail, one, tellers[one]),
      ),
      mail,
    })),
    ...records.map((record) => ({
      ...moment('consent', record.at, `ledger-${String(record.sequence).padStart(6, '0')}`, (one) =>
        consentWords(record, one, tellers[one]),
      ),
      recordId: record.recordId,
    })),
    ...both.profile.clicks.map(({ at, number }, index) =>
      moment('click', at, `click-${number}-${index}`, clickWords),
    ),
    moment('came', both.profile.createdAt, '-came', cameWords),
  ];
  return all
    .filter(({ place }) => before === undefined || place < before)
    .sort((one, other) => (one.place < other.place ? 1 : -1))
    .slice(0, limit + 1);
}

function moment(
  kind: Moment['kind'],
  at: Instant,
  name: string,
  say: (language: ConsoleLanguage) => string,
): Moment {
  const place = kind === 'event' ? name : `${timeLetters(Math.max(0, at))}${name}`;
  const words = Object.fromEntries(CONSOLE_LANGUAGES.map((one) => [one, say(one)]));
  return { place, at, kind, words: words as Moment['words'], recordId: null, mail: null };
}

async function ledgerOf(ports: Pick<Ports, 'table'>, personId: string): Promise<ConsentRecord[]> {
  const records: ConsentRecord[] = [];
  for await (const record of readLedger(ports, personId)) records.push(record);
  return records;
}
