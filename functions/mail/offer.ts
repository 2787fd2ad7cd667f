import { factsOf, log } from '../base/log.ts';
import type { Destination, MailCall, Ports } from '../base/ports.ts';
import { seal } from '../base/seal.ts';
import { inLanguage } from '../people/brand.ts';
import { drop } from '../policy/decision.ts';
import type { Claimed } from './claim.ts';
import { readerMark } from './counted-links.ts';
import { redecided, type Delivery, type Line } from './delivery.ts';
import { headersOf } from './headers.ts';
import { campaignLetter, digestLetter, serviceLetter, type Letter } from './letters.ts';
import { isWelcome } from './mailing.ts';
import { contextOf } from './personal.ts';
import { serviceWhy } from './service-letter.ts';
import { tagsOf } from './settle.ts';
import { RenderFailed } from './template/compile.ts';
import type { Work } from './work.ts';

/** One call to the provider, ready to be made: what is shared, and each person's part. */
export type Offer = {
  readonly call: Omit<MailCall, 'destinations'>;
  readonly people: readonly { readonly line: Line; readonly destination: Destination }[];
};

/**
 * The lines of a row after the claims, and the calls to make: one a letter, so one for most rows.
 * Who cannot be rendered is dropped with that reason and does not stop the others.
 */
export async function offersOf(
  ports: Ports,
  work: Work,
  delivery: Delivery,
  claimed: ReadonlyMap<string, Claimed>,
): Promise<{ lines: Line[]; offers: Offer[] }> {
  const lines: Line[] = [];
  const offers = new Map<string, { letter: Letter; people: Offer['people'][number][] }>();
  for (const [index, before] of delivery.lines.entries()) {
    const one = claimed.get(before.p);
    if (!one?.person) {
      lines.push(one?.line ?? before);
      continue;
    }
    const letter = await letterOf(ports, work, one).catch(cannotBeMade);
    try {
      if (letter instanceof RenderFailed) throw letter;
      const destination = destinationOf(ports, work, one, letter, index);
      const offer = offers.get(letter.key) ?? { letter, people: [] };
      offer.people.push({ line: one.line, destination });
      offers.set(letter.key, offer);
      lines.push(one.line);
    } catch (error) {
      log('error', 'render-failed', {
        mailing: delivery.mailingId,
        person: before.p,
        ...factsOf(error),
      });
      lines.push(redecided(one.line, drop('render-failed')));
    }
  }
  return {
    lines,
    offers: [...offers.values()].map(({ letter, people }) => ({
      call: callOf(work, letter),
      people,
    })),
  };
}

/** That the table does not answer is no fault of the letter: then the row is tried again as a whole. */
function cannotBeMade(error: unknown): RenderFailed {
  if (error instanceof RenderFailed) return error;
  throw error;
}

function letterOf(ports: Ports, work: Work, { person, items, returned }: Claimed): Promise<Letter> {
  const { service } = work.delivery;
  if (service) return serviceLetter(service, work.brand, ports.publicUrl);
  const [item] = items ?? [];
  if (!item || !person) throw new Error('a mail without a publication');
  const welcome = isWelcome(work.delivery.mailingId);
  return work.mail.kind === 'letter' || welcome
    ? digestLetter(ports, items ?? [], person.reader, work.brand, {
        returned: returned === true,
        welcome,
        issue: work.issue,
      })
    : campaignLetter(ports, item, person.reader, work.brand);
}

function destinationOf(
  ports: Ports,
  work: Work,
  { line, person, items, returned }: Claimed,
  letter: Letter,
  index: number,
): Destination {
  const { brand, delivery } = work;
  const topicId = items?.length === 1 ? items[0]!.topic : undefined;
  const topic = work.topics.find(({ id }) => id === topicId);
  const context = contextOf(ports, person!, {
    brand,
    language: letter.language,
    mailingId: delivery.mailingId,
    reason: line.r,
    returned: returned === true,
    topic,
    viewUrl: letter.viewUrl,
    now: ports.now(),
    conditions: letter.compiled.conditions,
    asks: letter.asks,
  });
  const links = context.links as { readonly unsubscribe: string };
  const marked = { ...context, links: { ...links, reader: readerMark(ports, person!.reader) } };
  return {
    to: person!.profile.email,
    data: letter.fill(delivery.service ? serviceContext(ports, work, line.p, context) : marked),
    headers: headersOf({
      brand,
      fromAddress: letter.from.address,
      mailingId: delivery.mailingId,
      category: categoryOf(work),
      ...(topic
        ? { topic: { id: topic.id, name: inLanguage(topic.name, letter.language, brand) } }
        : {}),
      unsubscribeUrl: links.unsubscribe,
    }),
    tags: tagsOf(delivery, index),
  };
}

/** The link of a transactional mail is sealed only now, so that no token rests in a table. */
function serviceContext(
  ports: Ports,
  { brand, delivery }: Work,
  personId: string,
  context: Record<string, unknown>,
): Record<string, unknown> {
  const service = delivery.service!;
  return {
    ...context,
    why: serviceWhy(service, brand),
    links: { ...(context.links as object), action: actionUrl(ports, personId, service) },
  };
}

const PATHS = {
  confirm: 'confirm',
  preferences: 'preferences',
  'my-data': 'my-data',
  undo: 'undo',
};

function actionUrl(
  ports: Ports,
  personId: string,
  { button, requestedAt }: NonNullable<Delivery['service']>,
): string {
  if (!button) return ports.publicUrl;
  if ('url' in button.link) return button.link.url;
  const { purpose, expiresInMs, about } = button.link;
  const token = seal(ports, {
    purpose,
    subjectId: personId,
    ...(about === undefined ? {} : { about }),
    expiresAt: (requestedAt ?? ports.now()) + expiresInMs,
  });
  return `${ports.publicUrl}/${PATHS[purpose]}/${token}`;
}

function callOf(work: Work, letter: Letter): Omit<MailCall, 'destinations'> {
  return {
    from: letter.from,
    ...(letter.replyTo === null ? {} : { replyTo: letter.replyTo }),
    category: categoryOf(work),
    template: letter.compiled.wire,
  };
}

function categoryOf({ mail }: Work): MailCall['category'] {
  switch (mail.kind) {
    case 'service':
      return 'transactional';
    case 'note':
      return 'lifecycle';
    case 'campaign':
    case 'letter':
      return 'editorial';
  }
}
