import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { open } from '../base/seal.ts';
import { oldLinkPage } from '../consent/confirm-pages.ts';
import { notMe } from '../consent/forget-sign-up.ts';
import { forgottenPage } from '../consent/confirm-pages.ts';
import { readPending } from '../consent/store.ts';
import { inTheirLanguage, readFields, smallForms, visited, type Visit } from '../consent/visit.ts';
import { topicOfMailing } from '../mail/store.ts';
import { newReader, stateOf } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { afterPage } from './after-pages.ts';
import { leave, leaveByOneClick, wishFrom, type Wish } from './leave.ts';
import { changeAddressPage, keepTopicsPage, leavePage, nothingComesPage } from './leave-pages.ts';
import {
  askToComeBack,
  askWhatIsKnown,
  personBehind,
  undoToken,
  type PersonVisit,
} from './person-visit.ts';
import { giveReason, takeBack } from './second-thoughts.ts';

const PATH = '/unsubscribe/:token';

/** The moment of leaving: the page shows, a button acts, and the mail program's own button needs no page. */
export function leaveRoutes(ports: Ports) {
  return newApp()
    .get(
      PATH,
      visited(ports, (visit) => show(ports, visit)),
    )
    .post(
      PATH,
      smallForms(ports),
      visited(ports, (visit) => take(ports, visit)),
    );
}

async function show(ports: Ports, visit: Visit): Promise<Response> {
  const person = await personBehind(ports, visit, 'unsubscribe');
  if (!person) return showPending(ports, visit);
  const { both, house } = person;
  const state = stateOf(both.reader);
  const view = visit.c.req.query('view');
  if (view === 'address') return changeAddressPage(person.visit);
  if (state === 'unsubscribed') return nothingComesPage(person.visit, both.reader, ports.now());
  if (view === 'topics') return keepTopicsPage(person.visit, both.reader, house.topics);
  const topic = await topicHere(ports, person);
  return leavePage(person.visit, { reader: both.reader, topic, wrong: false });
}

async function take(ports: Ports, visit: Visit): Promise<Response> {
  const fields = await readFields(visit.c).catch(asNothing);
  const person = await personBehind(ports, visit, 'unsubscribe');
  if (!person) return takePending(ports, visit, fields);
  const { both, house, mailingId } = person;
  switch (fields.get('choice')) {
    case null:
      await leaveByOneClick(ports, house, both, {
        mailingId,
        topic: await topicHere(ports, person),
      });
      return silence(visit);
    case 'undo':
      return takeBack(ports, person, fields, PATH);
    case 'reason':
      return giveReason(ports, person, fields);
    case 'back':
      return askToComeBack(ports, person, PATH);
    case 'known':
      return askWhatIsKnown(ports, person);
  }
  const topic = await topicHere(ports, person);
  const wish = wishFrom(fields, both, topic);
  if (!wish) return leavePage(person.visit, { reader: both.reader, topic, wrong: true });
  return carryOut(ports, person, wish, topic);
}

async function carryOut(
  ports: Ports,
  { visit, both, house, mailingId }: PersonVisit,
  wish: Wish,
  topic: Topic | undefined,
): Promise<Response> {
  const { language } = visit;
  const chosen = await leave(ports, house, { both, wish, topic, language, mailingId });
  if (!chosen) return oldLinkPage(visit);
  return afterPage(visit, house, ports.now(), {
    pressed: wish.pressed,
    reader: chosen.reader,
    without: wish.pressed === 'topics' ? wish.off : [],
    records: chosen.records,
    undo: undoToken(ports, chosen.reader.personId, chosen.undoId),
    departure: chosen.departure,
  });
}

/** The topic of the mail they came from, where it is about one. */
async function topicHere(
  ports: Ports,
  { mailingId, house }: PersonVisit,
): Promise<Topic | undefined> {
  const id = mailingId === null ? null : await topicOfMailing(ports, mailingId);
  return house.topics.find((topic) => topic.id === id);
}

/** RFC 8058 wants neither page nor redirect: only that it is done. */
const silence = ({ c }: Visit) => c.body('', 200, { 'cache-control': 'no-store' });

/** A body that is no form still is a mail program's wish to be left alone. */
function asNothing(error: unknown): URLSearchParams {
  if (error instanceof Problem && error.code === 'body-not-a-form') return new URLSearchParams();
  throw error;
}

/** The link of a mail that asked to confirm: leaving means that the sign-up is forgotten. */
async function pendingBehind(ports: Ports, visit: Visit) {
  const opened = open(ports, visit.c.req.param('token') ?? '', 'unsubscribe');
  return opened && (await readPending(ports, opened.subjectId))?.it;
}

async function showPending(ports: Ports, visit: Visit): Promise<Response> {
  const pending = await pendingBehind(ports, visit);
  if (!pending) return oldLinkPage(visit);
  const theirs = inTheirLanguage(visit, pending.language);
  const nobody = { ...newReader('', visit.brand, ports.now()), frequency: 'quarterly' as const };
  return leavePage(theirs, {
    reader: { ...nobody, pause: { from: 0, until: 0 } },
    topic: undefined,
    wrong: false,
  });
}

async function takePending(ports: Ports, visit: Visit, fields: URLSearchParams): Promise<Response> {
  const pending = await pendingBehind(ports, visit);
  if (!pending) return oldLinkPage(visit);
  await notMe(ports, pending.pendingId);
  return fields.has('choice')
    ? forgottenPage(inTheirLanguage(visit, pending.language))
    : silence(visit);
}
