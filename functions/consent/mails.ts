import { HOUR } from '../base/time.ts';
import { say } from '../base/words.ts';
import type { ServiceOrder } from '../mail/order.ts';
import { PREFERENCES_LINK_MS } from '../mail/personal.ts';
import type { Brand } from '../people/brand.ts';
import type { Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { consentWords, paceInside } from './consent-words.ts';
import { CONFIRM_LINK_MS, type Pending } from './pending.ts';
import type { Words } from './record.ts';

type House = { readonly brand: Brand; readonly topics: readonly Topic[] };

/** The topics somebody asked for, as far as they still exist. */
export const topicsAsked = (pending: Pick<Pending, 'topics'>, topics: readonly Topic[]) =>
  topics.filter(
    (topic) => topic.retiredAt === null && pending.topics.some(({ id }) => id === topic.id),
  );

/** The sentence that a confirmation says yes to, with its pace and topics. */
export const wordsToConfirm = (
  { brand, topics }: House,
  pending: Pick<Pending, 'topics' | 'frequency'>,
  language: string,
): Words =>
  consentWords(brand, language, {
    frequency: pending.frequency,
    topics: topicsAsked(pending, topics),
  });

/** Asks whether the sign-up was theirs. Nothing in it names the address. */
export function confirmMail(house: House, pending: Pending): ServiceOrder {
  const { language } = pending;
  return {
    personId: pending.pendingId,
    kind: 'confirm',
    language,
    subject: say(language, 'mail.confirm.subject', { brand: house.brand.name }),
    paragraphs: [
      say(language, 'mail.confirm.hello'),
      say(language, 'mail.confirm.asked'),
      wordsToConfirm(house, pending, language).text,
    ],
    button: {
      label: say(language, 'mail.confirm.button'),
      link: { purpose: 'confirm', expiresInMs: CONFIRM_LINK_MS },
    },
    after: [say(language, 'mail.confirm.valid'), say(language, 'mail.confirm.not-me')],
    requested: true,
  };
}

/** To a reader whose address was typed into a form again. */
export function alreadyReaderMail(brand: Brand, reader: Reader): ServiceOrder {
  const { language } = reader;
  return {
    personId: reader.personId,
    kind: 'already-reader',
    language,
    subject: say(language, 'mail.already.subject'),
    paragraphs: [
      say(language, 'mail.confirm.hello'),
      say(language, 'mail.already.text', {
        brand: brand.name,
        pace: paceInside(reader.frequency, language),
      }),
    ],
    button: {
      label: say(language, 'mail.already.button'),
      link: { purpose: 'preferences', expiresInMs: PREFERENCES_LINK_MS },
    },
    requested: true,
  };
}

/** A fresh way to the preference page, for who came with an old link. */
export function freshLinkMail(reader: Pick<Reader, 'personId' | 'language'>): ServiceOrder {
  const { language } = reader;
  return {
    personId: reader.personId,
    kind: 'fresh-link',
    language,
    subject: say(language, 'mail.fresh.subject'),
    paragraphs: [say(language, 'mail.confirm.hello'), say(language, 'mail.fresh.text')],
    button: {
      label: say(language, 'mail.fresh.button'),
      link: { purpose: 'preferences', expiresInMs: PREFERENCES_LINK_MS },
    },
    requested: true,
  };
}

/** The way to everything we know of somebody: for one hour, and only from their own mailbox. */
export const KNOWN_LINK_MS = HOUR;

export function knownMail({
  personId,
  language,
}: Pick<Reader, 'personId' | 'language'>): ServiceOrder {
  return {
    personId,
    kind: 'my-data',
    language,
    subject: say(language, 'mail.known.subject'),
    paragraphs: [say(language, 'mail.confirm.hello'), say(language, 'mail.known.text')],
    button: {
      label: say(language, 'mail.known.button'),
      link: { purpose: 'my-data', expiresInMs: KNOWN_LINK_MS },
    },
    requested: true,
  };
}

/** To a new address: whether letters may come there. To the old one: that they no longer do, and how to undo it. */
export function moveMail(pending: Pending): ServiceOrder {
  const { pendingId, language, goesBack } = pending;
  const kind = goesBack ? 'moved' : 'move';
  return {
    personId: pendingId,
    kind: goesBack ? 'address-changed' : 'confirm-address',
    language,
    subject: say(language, `mail.${kind}.subject`),
    paragraphs: [say(language, 'mail.confirm.hello'), say(language, `mail.${kind}.text`)],
    button: {
      label: say(language, `mail.${kind}.button`),
      link: { purpose: 'confirm', expiresInMs: CONFIRM_LINK_MS, about: mailboxOf(pending) },
    },
    after: goesBack ? [] : [say(language, 'mail.confirm.valid')],
    requested: true,
  };
}

/** Which mailbox a link was sent to: it answers for that one only, whatever was asked for since. */
export const mailboxOf = ({ fingerprint }: Pick<Pending, 'fingerprint'>) =>
  fingerprint.slice(0, 16);
