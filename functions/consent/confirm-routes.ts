import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { open, seal } from '../base/seal.ts';
import { PREFERENCES_LINK_MS } from '../mail/personal.ts';
import { maskAddress } from '../people/address.ts';
import type { Reader } from '../people/person.ts';
import { readPerson, readTopics } from '../people/store.ts';
import {
  confirmedPage,
  confirmPage,
  forgottenPage,
  movedPage,
  movePage,
  oldLinkPage,
} from './confirm-pages.ts';
import { confirm } from './confirm.ts';
import { notMe } from './forget-sign-up.ts';
import { mailboxOf, wordsToConfirm } from './mails.ts';
import { move } from './move.ts';
import type { Pending } from './pending.ts';
import { readPending } from './store.ts';
import {
  inTheirLanguage,
  leadingTo,
  readFields,
  smallForms,
  visited,
  type Visit,
} from './visit.ts';

const PATH = '/confirm/:token';

/** The link of a mail that asks: a sign-up, or a new address. The page asks again; only its button answers. */
export function confirmRoutes(ports: Ports) {
  return newApp()
    .get(
      PATH,
      visited(ports, (visit) => withPending(ports, visit, (asked) => show(ports, asked))),
    )
    .post(
      PATH,
      smallForms(ports),
      visited(ports, (visit) => withPending(ports, visit, (asked) => take(ports, asked))),
    );
}

type Asked = { readonly visit: Visit; readonly pending: Pending };

async function withPending(
  ports: Ports,
  visit: Visit,
  show: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const opened = open(ports, visit.c.req.param('token') ?? '', 'confirm');
  const pending = opened && (await readPending(ports, opened.subjectId))?.it;
  if (!opened || !pending) return oldLinkPage(visit);
  if (pending.moves !== null && opened.about !== mailboxOf(pending)) return oldLinkPage(visit);
  if (opened.expired && pending.confirmedAt === null) return oldLinkPage(visit, { status: 410 });
  return show({ visit: inTheirLanguage(visit, pending.language), pending });
}

async function show(ports: Ports, { visit, pending }: Asked): Promise<Response> {
  if (pending.moves !== null && pending.confirmedAt === null)
    return movePage(visit, pending.goesBack);
  if (pending.confirmedAt === null) {
    const topics = await readTopics(ports);
    const words = wordsToConfirm({ brand: visit.brand, topics }, pending, visit.language);
    return confirmPage(visit, words, false);
  }
  const person = await readPerson(ports, pending.readerId ?? '');
  if (!person) return oldLinkPage(visit);
  return pending.moves === null
    ? welcome(ports, visit, person.reader.it, true)
    : movedPage(visit, maskAddress(person.profile.it.email));
}

async function take(ports: Ports, { visit, pending }: Asked): Promise<Response> {
  const fields = await readFields(visit.c);
  if (fields.get('choice') === 'not-me' && pending.confirmedAt === null) {
    await notMe(ports, pending.pendingId);
    return forgottenPage(visit);
  }
  if (pending.moves !== null)
    return fields.get('choice') === 'move'
      ? takeMove(ports, visit, pending)
      : show(ports, { visit, pending });
  const house = { brand: visit.brand, topics: await readTopics(ports) };
  const confirmed = await confirm(ports, house, {
    pendingId: pending.pendingId,
    language: visit.language,
    wordsSeen: fields.get('words') ?? '',
  });
  switch (confirmed.kind) {
    case 'confirmed':
    case 'already':
      return welcome(ports, visit, confirmed.reader, confirmed.kind === 'already');
    case 'changed': {
      const words = wordsToConfirm(house, confirmed.pending, visit.language);
      return confirmPage(visit, words, fields.has('words'));
    }
    case 'gone':
      return oldLinkPage(visit);
  }
}

async function takeMove(ports: Ports, visit: Visit, pending: Pending): Promise<Response> {
  const moved = await move(ports, visit.brand, pending.pendingId);
  switch (moved.kind) {
    case 'moved':
    case 'already':
      return movedPage(visit, maskAddress(moved.both.profile.email));
    case 'taken':
      return movedPage(visit, undefined);
    case 'gone':
      return oldLinkPage(visit);
  }
}

function welcome(ports: Ports, visit: Visit, reader: Reader, again: boolean): Promise<Response> {
  const now = ports.now();
  const token = seal(ports, {
    purpose: 'preferences',
    subjectId: reader.personId,
    expiresAt: now + PREFERENCES_LINK_MS,
  });
  const preferences = leadingTo(visit, `/preferences/${token}`);
  return confirmedPage(inTheirLanguage(visit, reader.language), {
    reader,
    again,
    preferences,
    now,
  });
}
