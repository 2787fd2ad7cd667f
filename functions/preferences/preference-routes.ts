import { newApp } from '../base/http.ts';
import { html } from 'hono/html';
import type { Markup } from '../base/page.ts';
import type { Ports } from '../base/ports.ts';
import { DAY, type Instant } from '../base/time.ts';
import { dateIn } from '../base/words.ts';
import { oldLinkPage } from '../consent/confirm-pages.ts';
import { surfaceOf } from '../consent/consent-words.ts';
import { readFields, smallForms, teller, visited, type Visit } from '../consent/visit.ts';
import { stateOf, type Reader } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { afterPage, nextLetterLine, undoForm } from './after-pages.ts';
import { choose, type Chosen } from './choose.ts';
import { nothingComesPage } from './leave-pages.ts';
import { readPreferences, valuesOf } from './preference-form.ts';
import { preferencePage } from './preference-page.ts';
import {
  askToComeBack,
  askWhatIsKnown,
  personBehind,
  undoToken,
  type PersonVisit,
} from './person-visit.ts';
import { giveReason, takeBack } from './second-thoughts.ts';
import { pageWords, told } from './tell.ts';

const PATH = '/preferences/:token';

/** The preference centre. */
export function preferencePageRoutes(ports: Ports) {
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
  const person = await personBehind(ports, visit, 'preferences');
  if (!person) return oldLinkPage(visit);
  if (person.expired) return oldLinkPage(person.visit, { status: 410, stop: true });
  return pageOf(ports, person);
}

async function take(ports: Ports, visit: Visit): Promise<Response> {
  const fields = await readFields(visit.c);
  const person = await personBehind(ports, visit, 'preferences');
  if (!person) return oldLinkPage(visit);
  const choice = fields.get('choice') ?? 'save';
  if (choice === 'stop') return stop(ports, person);
  if (choice === 'undo') return takeBack(ports, person, fields, PATH);
  if (person.expired) return oldLinkPage(person.visit, { status: 410, stop: true });
  switch (choice) {
    case 'known':
      return askWhatIsKnown(ports, person);
    case 'back':
      return askToComeBack(ports, person, PATH);
    case 'reason':
      return giveReason(ports, person, fields);
    default:
      return save(ports, person, fields);
  }
}

async function save(ports: Ports, person: PersonVisit, fields: URLSearchParams): Promise<Response> {
  const { visit, both, house } = person;
  if (!mayChoose(both)) return pageOf(ports, person);
  const mine = { ...house, topics: offeredTo(person) };
  const { choice, wrong, values } = readPreferences(fields, both, mine, ports.now());
  if (wrong.length > 0) return pageOf(ports, person, { wrong, values });
  const { language } = visit;
  const chosen = await choose(ports, house.brand, both.reader.personId, {
    choice,
    act: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('preferences', PATH, null),
      words: (found) => pageWords(found, house, language),
      language,
    },
  });
  if (!chosen) return oldLinkPage(visit);
  const asked = visit.asked ? visit : { ...visit, language: chosen.reader.language };
  const after = {
    ...person,
    visit: asked,
    both: { reader: chosen.reader, profile: chosen.profile },
  };
  return pageOf(ports, after, { notice: noticeOf(ports, after, chosen) });
}

/** Leaving through the centre counts for the mailing it came from. */
async function stop(ports: Ports, person: PersonVisit): Promise<Response> {
  const { visit, both, house, mailingId } = person;
  const { language } = visit;
  const chosen = await choose(ports, house.brand, both.reader.personId, {
    choice: { everything: 'stop' },
    act: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('preferences', PATH, null),
      words: (found) => pageWords(found, house, language),
      language,
    },
    departure: { door: 'preferences', mailingId },
  });
  if (!chosen) return oldLinkPage(visit);
  return afterPage(visit, house, ports.now(), {
    pressed: 'stop',
    reader: chosen.reader,
    without: [],
    records: chosen.records,
    undo: undoToken(ports, chosen.reader.personId, chosen.undoId),
    departure: chosen.departure,
  });
}

/** What was changed and what is true now, above the page; and the way back. */
function noticeOf(ports: Ports, { visit, both, house }: PersonVisit, chosen: Chosen): Markup {
  const t = teller(visit);
  const now = ports.now();
  const lines = told(chosen.differences, both, house, visit.language, now);
  const undo = undoToken(ports, both.reader.personId, chosen.undoId);
  return html`<div class="card note" role="status">
    <h2>${t(lines.length > 0 ? 'preferences.saved' : 'preferences.unchanged')}</h2>
    ${
      lines.length > 0
        ? html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
        : ''
    }
    <p>
      ${broughtForward(visit, both.reader, chosen, now) ?? nextLetterLine(visit, both.reader, now)}
    </p>
    ${undo && lines.length > 0 ? undoForm(visit, undo) : ''}
  </div>`;
}

/** Who stopped everything, complained or cannot be reached comes back by a fresh mail, not by a form. */
function mayChoose({ reader }: PersonVisit['both']): boolean {
  const state = stateOf(reader);
  return (
    state === 'active' ||
    state === 'unproven' ||
    (reader.stoppedAt === null && state === 'unsubscribed')
  );
}

/** Public topics, and private ones they already know of. */
function offeredTo({ both: { reader }, house }: PersonVisit): Topic[] {
  return house.topics.filter(
    ({ id, visibility, retiredAt }) =>
      retiredAt === null && (visibility === 'public' || Object.hasOwn(reader.subscriptions, id)),
  );
}

function pageOf(
  ports: Ports,
  person: PersonVisit,
  more: Partial<Pick<Parameters<typeof preferencePage>[1], 'wrong' | 'values' | 'notice'>> = {},
): Promise<Response> {
  const { visit, both, house } = person;
  const now = ports.now();
  if (!mayChoose(both)) return nothingComesPage(visit, both.reader, now);
  const offered = offeredTo(person);
  const shown = valuesOf(both, { ...house, topics: offered }, now);
  return preferencePage(visit, {
    both,
    house,
    offered,
    shown,
    values: shown,
    wrong: [],
    notice: '',
    now,
    ...more,
  });
}

/** A choice that lets what waits come within the day says so, and that there is an hour to think again. */
function broughtForward(
  visit: Visit,
  { waiting, nextDigestAt, timeZone }: Reader,
  { before }: Chosen,
  now: Instant,
): string | undefined {
  const was = before.reader.nextDigestAt ?? Infinity;
  if (waiting.length === 0 || nextDigestAt === null || nextDigestAt >= was) return undefined;
  if (nextDigestAt > now + DAY) return undefined;
  return teller(visit)('after.brought', { date: dateIn(visit.language, timeZone, nextDigestAt) });
}
