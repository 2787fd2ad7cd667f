import type { Context } from 'hono';
import { html } from 'hono/html';
import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { open, seal } from '../base/seal.ts';
import { oldLinkPage } from '../consent/confirm-pages.ts';
import { surfaceOf } from '../consent/consent-words.ts';
import { askToMove } from '../consent/move.ts';
import { readAddress } from '../people/address.ts';
import { verifyLedger } from '../consent/ledger.ts';
import { ROOTS_SHOWN } from '../consent/ledger-api.ts';
import { readRoots } from '../consent/ledger-day.ts';
import { receiptsOf, receiptsSchema, RECEIPTS_SCHEMA_PATH } from '../consent/receipt.ts';
import {
  leadingTo,
  readFields,
  smallForms,
  teller,
  visited,
  type Visit,
} from '../consent/visit.ts';
import { PREFERENCES_LINK_MS } from '../mail/personal.ts';
import { plainPage } from './after-pages.ts';
import { Choice } from './choice.ts';
import { choose } from './choose.ts';
import { erasePerson } from './erase.ts';
import { knownPage } from './known-pages.ts';
import { answersTold } from './answers-told.ts';
import { exportOf, lastMails } from './known.ts';
import { personBehind, type PersonVisit } from './person-visit.ts';
import type { Wrong } from './preference-form.ts';
import { receiptsPage } from './receipt-pages.ts';
import { told } from './tell.ts';

const PATH = '/my-data/:token';

/** What we know of somebody, and their receipts: only through a link sent to their mailbox within the hour. */
export function knownRoutes(ports: Ports) {
  return newApp()
    .get(RECEIPTS_SCHEMA_PATH, (c) => c.json(receiptsSchema()))
    .get('/receipts/roots.json', async (c) =>
      c.json({ roots: await readRoots(ports, ROOTS_SHOWN) }),
    )
    .get(
      PATH,
      visited(ports, (visit) => withPerson(ports, visit, (person) => showKnown(ports, person))),
    )
    .post(
      PATH,
      smallForms(ports),
      visited(ports, (visit) => takeKnown(ports, visit)),
    )
    .get(
      `${PATH}/my-data.json`,
      visited(ports, (visit) =>
        withPerson(ports, visit, async ({ both, house }) =>
          download(visit.c, 'my-data.json', await exportOf(ports, both, house)),
        ),
      ),
    )
    .get(
      '/receipts/:token',
      visited(ports, (visit) => withPerson(ports, visit, (person) => showReceipts(ports, person))),
    )
    .get(
      '/receipts/:token/receipts.json',
      visited(ports, (visit) =>
        withPerson(ports, visit, async ({ both }) =>
          download(visit.c, 'receipts.json', await receiptsOf(ports, both.reader.personId)),
        ),
      ),
    );
}

async function withPerson(
  ports: Ports,
  visit: Visit,
  show: (person: PersonVisit) => Promise<Response>,
): Promise<Response> {
  const person = await personBehind(ports, visit, 'my-data');
  if (!person) return oldLinkPage(visit);
  return person.expired ? oldLinkPage(person.visit, { status: 410 }) : show(person);
}

async function showKnown(
  ports: Ports,
  person: PersonVisit,
  more: { readonly wrong?: readonly Wrong[]; readonly notice?: ReturnType<typeof html> } = {},
): Promise<Response> {
  const { visit, both, house } = person;
  const token = visit.c.req.param('token') ?? '';
  const preferences = seal(ports, {
    purpose: 'preferences',
    subjectId: both.reader.personId,
    expiresAt: ports.now() + PREFERENCES_LINK_MS,
  });
  return knownPage(visit, {
    both,
    house,
    mails: await lastMails(ports, both, house),
    answered: await answersTold(ports, both.profile, visit),
    links: {
      receipts: leadingTo(visit, `/receipts/${token}`),
      download: `/my-data/${token}/my-data.json`,
      preferences: leadingTo(visit, `/preferences/${preferences}`),
    },
    wrong: more.wrong ?? [],
    notice: more.notice ?? '',
  });
}

async function takeKnown(ports: Ports, visit: Visit): Promise<Response> {
  const fields = await readFields(visit.c);
  const choice = fields.get('choice');
  const sure = fields.get('sure') === 'yes';
  if (choice === 'erase' && sure && (await isErased(ports, visit))) return erasedPage(visit);
  return withPerson(ports, visit, async (person) => {
    if (choice === 'correct') return correct(ports, person, fields);
    if (choice === 'move') return changeAddress(ports, person, fields);
    if (choice !== 'erase') return showKnown(ports, person);
    if (!sure)
      return showKnown(ports, person, { wrong: [{ field: 'sure', because: 'error.sure' }] });
    await erasePerson(ports, person.house.brand, {
      personId: person.both.reader.personId,
      surface: surfaceOf('my-data', PATH, null),
    });
    return erasedPage(person.visit);
  });
}

/** The button pressed twice: whoever this link was for is gone already. */
async function isErased(ports: Ports, visit: Visit): Promise<boolean> {
  const opened = open(ports, visit.c.req.param('token') ?? '', 'my-data');
  return opened !== undefined && !(await personBehind(ports, visit, 'my-data'));
}

function erasedPage(visit: Visit): Promise<Response> {
  const t = teller(visit);
  return plainPage(visit, t('known.erased.title'), [t('known.erased')]);
}

/** A name is corrected like any choice: it is theirs from then on. */
async function correct(
  ports: Ports,
  person: PersonVisit,
  fields: URLSearchParams,
): Promise<Response> {
  const { visit, both, house } = person;
  const names = ['givenName', 'familyName'] as const;
  const wishes = names.flatMap((name) => {
    const value = fields.get(name);
    return value === null || value.trim() === (both.profile[name] ?? '')
      ? []
      : [[name, value] as const];
  });
  const wrong: Wrong[] = wishes
    .filter(([name, value]) => !Choice.safeParse({ [name]: value }).success)
    .map(([field]) => ({ field, because: 'error.name' }));
  if (wrong.length > 0) return showKnown(ports, person, { wrong });
  const chosen = await choose(ports, house.brand, both.reader.personId, {
    choice: Choice.parse(Object.fromEntries(wishes)),
    act: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('my-data', PATH, null),
      words: null,
      language: visit.language,
    },
  });
  if (!chosen) return oldLinkPage(visit);
  const t = teller(visit);
  const after = { reader: chosen.reader, profile: chosen.profile };
  const lines = told(chosen.differences, after, house, visit.language, ports.now());
  const notice = html`<div class="card note" role="status">
    <h2>${t(lines.length > 0 ? 'preferences.saved' : 'preferences.unchanged')}</h2>
    ${lines.map((line) => html`<p>${line}</p>`)}
  </div>`;
  return showKnown(ports, { ...person, both: after }, { notice });
}

/** A new address is asked first; until it answers nothing changes. */
async function changeAddress(
  ports: Ports,
  person: PersonVisit,
  fields: URLSearchParams,
): Promise<Response> {
  const t = teller(person.visit);
  const address = readAddress((fields.get('email') ?? '').slice(0, 320));
  if ('refused' in address)
    return showKnown(ports, person, { wrong: [{ field: 'email', because: 'error.address' }] });
  const same = address.email === person.both.profile.email;
  if (!same) await askToMove(ports, person.both, address.email);
  return showKnown(ports, person, {
    notice: html`<p class="card note" role="status">
      ${t(same ? 'known.move.same' : 'known.move.sent')}
    </p>`,
  });
}

async function showReceipts(ports: Ports, { visit, both, house }: PersonVisit): Promise<Response> {
  const [{ receipts }, soundness] = await Promise.all([
    receiptsOf(ports, both.reader.personId),
    verifyLedger(ports, both.reader),
  ]);
  return receiptsPage(visit, {
    receipts,
    soundness,
    house,
    timeZone: both.reader.timeZone,
    download: `/receipts/${visit.c.req.param('token')}/receipts.json`,
  });
}

function download(c: Context, name: string, content: object): Response {
  return c.body(JSON.stringify(content, null, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'x-content-type-options': 'nosniff',
  });
}
