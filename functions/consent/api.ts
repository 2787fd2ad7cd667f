import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readAddress } from '../people/address.ts';
import {
  findByAddress,
  findByExternalId,
  peopleIn,
  readBrand,
  readPerson,
  readTopics,
} from '../people/store.ts';
import {
  apiRoute,
  cursorOf,
  Id,
  json,
  jsonBody,
  newApi,
  Page,
  pageOf,
  placeIn,
} from '../team/api.ts';
import { mustSend } from '../team/guard.ts';
import { addPerson } from './add-person.ts';
import { PersonInput } from './person-input.ts';
import { pendingViewOf, PersonView, viewOf } from './person-view.ts';
import { readPending } from './store.ts';

const tags = ['people'];
const AddedView = PersonView.extend({ ignored: z.array(z.string()) }).meta({ id: 'AddedPerson' });
const Lookup = z
  .strictObject({
    email: z.string().max(400).optional(),
    externalId: z.string().max(120).optional(),
  })
  .refine(
    ({ email, externalId }) => (email === undefined) !== (externalId === undefined),
    'must hold either email or externalId',
  );

const add = apiRoute({
  method: 'post',
  path: '/people',
  scope: 'people:write',
  audited: 'members',
  tags,
  summary: 'Add a person, or add to what is known of them',
  description:
    'Subscriptions are added, never removed, and never revived without a proof later than the withdrawal. What the reader chose wins; "ignored" lists it. Consent "asked" sends the mail to confirm; "given" without proof leaves the person "unproven", who gets nothing.',
  request: jsonBody(PersonInput),
  responses: {
    200: json(AddedView, 'A person who was known, as they are now.'),
    201: json(AddedView, 'A new person.'),
  },
});
const list = apiRoute({
  method: 'get',
  path: '/people',
  scope: 'people:read',
  tags,
  summary: 'Everybody, in no order that means anything',
  description: 'A page may hold fewer than asked for; the list ends where "next" is null.',
  request: { query: Page },
  responses: { 200: json(pageOf(PersonView), 'A page of people.') },
});
const show = apiRoute({
  method: 'get',
  path: '/people/{id}',
  scope: 'people:read',
  tags,
  summary: 'One person',
  request: { params: Id },
  responses: { 200: json(PersonView, 'The person.') },
});
const lookup = apiRoute({
  method: 'post',
  path: '/people/lookup',
  scope: 'people:read',
  audited: 'nobody',
  tags,
  summary: 'One person by address or external id',
  description: 'A POST, so that no address stands in a URL.',
  request: jsonBody(Lookup),
  responses: { 200: json(PersonView, 'The person.') },
});

/** The people a house writes to, as its programs see them. */
export function peopleApi(ports: Ports) {
  const view = async (personId: string | null | undefined): Promise<PersonView> => {
    if (personId == null) throw new Problem('not-found');
    const person = await readPerson(ports, personId);
    if (person) return viewOf(ports, await readBrand(ports), person, ports.now());
    const pending = await readPending(ports, personId);
    if (!pending || pending.it.confirmedAt !== null) throw new Problem('not-found');
    return pendingViewOf(pending.it);
  };
  return newApi()
    .openapi(add, async (c) => {
      const input = c.req.valid('json');
      if (input.subscriptions.some(({ consent }) => consent.state === 'asked'))
        mustSend(c.get('caller'));
      const [brand, topics] = await Promise.all([readBrand(ports), readTopics(ports)]);
      const { personId, created, ignored } = await addPerson(ports, { brand, topics }, input);
      return c.json({ ...(await view(personId)), ignored: [...ignored] }, created ? 201 : 200);
    })
    .openapi(list, async (c) => {
      const { limit, ...page } = c.req.valid('query');
      const brand = await readBrand(ports);
      const found = await ports.table.scanPeople({ index: 0, of: 1 }, placeIn(page), 2 * limit);
      const items = peopleIn(found).map((person) => viewOf(ports, brand, person, ports.now()));
      return c.json({ items, next: found.next === undefined ? null : cursorOf(found.next) }, 200);
    })
    .openapi(show, async (c) => c.json(await view(c.req.valid('param').id), 200))
    .openapi(lookup, async (c) => c.json(await view(await find(ports, c.req.valid('json'))), 200));
}

async function find(
  ports: Ports,
  { email, externalId }: z.infer<typeof Lookup>,
): Promise<string | null | undefined> {
  if (email === undefined) return findByExternalId(ports, externalId!);
  const address = readAddress(email);
  if ('refused' in address)
    throw new Problem('address-refused', {
      detail: `This address cannot be written to: ${address.refused}.`,
      errors: [{ path: 'email', detail: address.refused }],
    });
  return (await findByAddress(ports, address.email))?.it.personId;
}
