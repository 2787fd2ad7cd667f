import type { Context } from 'hono';
import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { open, seal } from '../base/seal.ts';
import { isTimeZone } from '../base/time.ts';
import { PREFERENCES_LINK_MS } from '../mail/personal.ts';
import { readAddress } from '../people/address.ts';
import type { Reader } from '../people/person.ts';
import { readPerson, readTopics } from '../people/store.ts';
import { confirm } from './confirm.ts';
import { formWords, surfaceOf } from './consent-words.ts';
import { notMe } from './forget-sign-up.ts';
import { topicsOf, type Form } from './form.ts';
import { sendFreshLink } from './fresh-link.ts';
import { wordsToConfirm } from './mails.ts';
import {
  confirmedPage,
  confirmPage,
  forgottenPage,
  linkSentPage,
  oldLinkPage,
} from './confirm-pages.ts';
import { lookInMailboxPage, signUpPage } from './pages.ts';
import { NOTHING_FILLED, readSignUp, stampOf, tooQuick, type Read } from './sign-up-form.ts';
import { signUp } from './sign-up.ts';
import { readForm, readPending } from './store.ts';
import {
  inTheirLanguage,
  leadingTo,
  readFields,
  smallForms,
  visited,
  type Visit,
} from './visit.ts';

/** Sign-up, double opt-in and old links: public pages, without an account and without a script. */
export function consentRoutes(ports: Ports) {
  const app = newApp();
  const small = smallForms(ports);
  for (const path of ['/subscribe', '/subscribe/:form'])
    app
      .get(
        path,
        visited(ports, (visit) => showSignUp(ports, visit)),
      )
      .post(
        path,
        small,
        visited(ports, (visit) => takeSignUp(ports, visit)),
      );
  return app
    .get(
      '/confirm/:token',
      visited(ports, (visit) => showConfirm(ports, visit)),
    )
    .post(
      '/confirm/:token',
      small,
      visited(ports, (visit) => takeConfirm(ports, visit)),
    )
    .get(
      '/link',
      visited(ports, (visit) => oldLinkPage(visit, { status: 200 })),
    )
    .post(
      '/link',
      small,
      visited(ports, (visit) => takeLink(ports, visit)),
    );
}

async function formAsked(ports: Ports, { c }: Visit) {
  const [form, topics] = await Promise.all([
    readForm(ports, c.req.param('form') ?? 'home'),
    readTopics(ports),
  ]);
  return form && { form, topics: topicsOf(form, topics) };
}

async function showSignUp(ports: Ports, visit: Visit): Promise<Response> {
  const asked = await formAsked(ports, visit);
  if (!asked) return oldLinkPage(visit);
  return signUpPage(visit, {
    ...asked,
    filled: NOTHING_FILLED,
    wrong: [],
    stamp: stampOf(ports),
  });
}

async function takeSignUp(ports: Ports, visit: Visit): Promise<Response> {
  const asked = await formAsked(ports, visit);
  if (!asked) return oldLinkPage(visit);
  const fields = await readFields(visit.c);
  const again = stampOf(ports, 'again');
  if (fields.get('website')) return lookInMailboxPage(visit, fields, again);
  const { filled, wrong, read } = readSignUp(fields, asked.topics);
  if (wrong.length > 0) return signUpPage(visit, { ...asked, filled, wrong, stamp: again });
  if (tooQuick(ports, fields.get('stamp')))
    return signUpPage(visit, {
      ...asked,
      filled,
      wrong: [{ field: 'stamp', because: 'subscribe.quick' }],
      stamp: again,
    });
  await signUp(
    ports,
    { brand: visit.brand, topics: await readTopics(ports) },
    request(visit, asked.form, asked.topics, read),
  );
  return lookInMailboxPage(visit, fields, again);
}

function request(
  { c, brand, language }: Visit,
  form: Form,
  offered: Parameters<typeof formWords>[2]['topics'],
  read: Read,
): Parameters<typeof signUp>[2] {
  const words = formWords(brand, language, { announced: form.frequency, topics: offered });
  const guessed = guessedZone(c);
  return {
    email: read.email,
    language,
    timeZone: guessed ?? brand.timeZone,
    timeZoneFrom: guessed ? 'guessed' : 'brand',
    source: `form:${form.id}`,
    topics: read.topics.map(({ id }) => ({ id, delivery: 'digest' })),
    frequency: read.frequency ?? form.frequency,
    frequencyChosen: read.frequency !== null,
    asked: {
      by: { kind: 'person' },
      method: 'form',
      surface: surfaceOf(`form:${form.id}`, '/subscribe/:form', words),
      words,
    },
  };
}

/** Where the edge of the network knows the visitor's zone, it says so in a header. */
function guessedZone(c: Context): string | undefined {
  const zone = c.req.header('cloudfront-viewer-time-zone');
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}

async function showConfirm(ports: Ports, visit: Visit): Promise<Response> {
  const opened = open(ports, visit.c.req.param('token') ?? '', 'confirm');
  const pending = opened && (await readPending(ports, opened.subjectId))?.it;
  if (!opened || !pending) return oldLinkPage(visit);
  if (pending.confirmedAt !== null) {
    const person = await readPerson(ports, pending.readerId ?? '');
    return person ? welcome(ports, visit, person.reader.it, true) : oldLinkPage(visit);
  }
  if (opened.expired) return oldLinkPage(visit, { status: 410 });
  const topics = await readTopics(ports);
  const theirs = inTheirLanguage(visit, pending.language);
  const words = wordsToConfirm({ brand: visit.brand, topics }, pending, theirs.language);
  return confirmPage(theirs, words, false);
}

async function takeConfirm(ports: Ports, visit: Visit): Promise<Response> {
  const opened = open(ports, visit.c.req.param('token') ?? '', 'confirm');
  const pending = opened && (await readPending(ports, opened.subjectId))?.it;
  if (!opened || !pending) return oldLinkPage(visit);
  if (opened.expired && pending.confirmedAt === null) return oldLinkPage(visit, { status: 410 });
  const theirs = inTheirLanguage(visit, pending.language);
  const fields = await readFields(visit.c);
  if (fields.get('choice') === 'not-me' && pending.confirmedAt === null) {
    await notMe(ports, opened.subjectId);
    return forgottenPage(theirs);
  }
  const house = { brand: visit.brand, topics: await readTopics(ports) };
  const confirmed = await confirm(ports, house, {
    pendingId: opened.subjectId,
    language: theirs.language,
    wordsSeen: fields.get('words') ?? '',
  });
  switch (confirmed.kind) {
    case 'confirmed':
    case 'already':
      return welcome(ports, visit, confirmed.reader, confirmed.kind === 'already');
    case 'changed': {
      const words = wordsToConfirm(house, confirmed.pending, theirs.language);
      return confirmPage(theirs, words, fields.has('words'));
    }
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

async function takeLink(ports: Ports, visit: Visit): Promise<Response> {
  const fields = await readFields(visit.c);
  const address = readAddress((fields.get('email') ?? '').slice(0, 320));
  if ('refused' in address) return oldLinkPage(visit, { wrong: true });
  const house = { brand: visit.brand, topics: await readTopics(ports) };
  await sendFreshLink(ports, house, address.email);
  return linkSentPage(visit);
}
