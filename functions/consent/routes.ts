import type { Context } from 'hono';
import { newApp } from '../base/http.ts';
import { networkOf } from '../base/network.ts';
import type { Ports } from '../base/ports.ts';
import { isTimeZone } from '../base/time.ts';
import { readAddress } from '../people/address.ts';
import { readTopics } from '../people/store.ts';
import { formWords, surfaceOf } from './consent-words.ts';
import { topicsOf, type Form } from './form.ts';
import { roomForForm } from './flooding.ts';
import { sendFreshLink } from './fresh-link.ts';
import { linkSentPage, oldLinkPage } from './confirm-pages.ts';
import { confirmRoutes } from './confirm-routes.ts';
import { lookInMailboxPage, signUpPage, tooManyPage } from './pages.ts';
import { NOTHING_FILLED, readSignUp, stampOf, tooQuick, type Read } from './sign-up-form.ts';
import { signUp } from './sign-up.ts';
import { readForm } from './store.ts';
import { readFields, smallForms, visited, type Visit } from './visit.ts';

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
      '/link',
      visited(ports, (visit) => oldLinkPage(visit, { status: 200 })),
    )
    .post(
      '/link',
      small,
      visited(ports, (visit) => takeLink(ports, visit)),
    )
    .route('/', confirmRoutes(ports));
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
  if (asked.form.closedAt !== null) return visit.c.notFound();
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
  if (asked.form.closedAt !== null) return visit.c.notFound();
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
  const room = await roomForForm(ports, visit.brand, networkOf(ports, visit.c));
  if (room.isFull) return tooManyPage(visit, room.seconds);
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

async function takeLink(ports: Ports, visit: Visit): Promise<Response> {
  const fields = await readFields(visit.c);
  const address = readAddress((fields.get('email') ?? '').slice(0, 320));
  if ('refused' in address) return oldLinkPage(visit, { wrong: true });
  const room = await roomForForm(ports, visit.brand, networkOf(ports, visit.c));
  if (room.isFull) return tooManyPage(visit, room.seconds);
  const house = { brand: visit.brand, topics: await readTopics(ports) };
  await sendFreshLink(ports, house, address.email);
  return linkSentPage(visit);
}
