import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { readAddress } from '../people/address.ts';
import { ConditionField } from '../people/condition-schema.ts';
import { lineOfPerson, PersonLine } from '../people/person-line.ts';
import { searchPeople } from '../people/search.ts';
import { findByAddress, findByExternalId, readPerson } from '../people/store.ts';
import { apiRoute, json, jsonBody, newApi } from '../team/api.ts';
import { pendingLineOf, PersonView } from './person-view.ts';
import { readPending } from './store.ts';

/** A person in a list, or somebody who was asked and has not confirmed. */
const FoundLine = PersonLine.extend({ state: PersonView.shape.state }).meta({ id: 'FoundPerson' });
type FoundLine = z.infer<typeof FoundLine>;

const search = apiRoute({
  method: 'post',
  path: '/people/search',
  scope: 'people:read',
  audited: 'nobody',
  tags: ['people'],
  summary: 'Find people by the beginning of a name or an address, or by a condition',
  description:
    'A POST, so that no address stands in a URL. A whole address or external id is found at once, who has not confirmed yet by their address too. For the beginning of one, for names and for a condition of segments, everybody is looked at, some thousands a call: send "next" as "cursor" to go on, until it is null. "read" says how many were looked at in this call.',
  request: jsonBody(
    z
      .strictObject({
        text: z.string().trim().min(2).max(200).optional(),
        condition: ConditionField.optional(),
        cursor: z.string().max(8_000).optional(),
      })
      .refine(
        ({ text, condition }) => text !== undefined || condition !== undefined,
        'must hold text, a condition or both',
      ),
  ),
  responses: {
    200: json(
      z
        .object({ items: z.array(FoundLine), read: z.int(), next: z.string().nullable() })
        .meta({ id: 'PeopleFound' }),
      'Who was found in this call.',
    ),
  },
});

/** Finding a person whose id nobody knows. */
export function searchApi(ports: Pick<Ports, 'table' | 'secrets' | 'now'>) {
  return newApi().openapi(search, async (c) => {
    const { text = '', condition, cursor } = c.req.valid('json');
    const isNamed = text !== '' && condition === undefined && cursor === undefined;
    const known = isNamed ? await byName(ports, text) : undefined;
    if (known) return c.json({ items: [known], read: 1, next: null }, 200);
    const { found, read, next } = await searchPeople(ports, { text, condition }, cursor);
    return c.json({ items: found.map(lineOfPerson), read, next }, 200);
  });
}

/** Whom the whole text names: an address or an id of the house's own. */
async function byName(
  ports: Pick<Ports, 'table' | 'secrets'>,
  text: string,
): Promise<FoundLine | undefined> {
  const address = readAddress(text);
  const personId =
    'email' in address
      ? (await findByAddress(ports, address.email))?.it.personId
      : await findByExternalId(ports, text);
  if (personId == null) return undefined;
  const person = await readPerson(ports, personId);
  if (person) return lineOfPerson(person);
  const pending = await readPending(ports, personId);
  return pending?.it.confirmedAt === null ? pendingLineOf(pending.it) : undefined;
}
