import { expect, it } from 'vitest';
import { beginUnnamed } from '../../functions/people/unnamed.ts';
import { SesLike } from '../feedback/ses-like.ts';
import { openTown, type StoryTown } from '../town.ts';

const WHO = {
  name: 'Chez Lise',
  legalName: 'Chez Lise SARL',
  postalAddress: '3 quai des Brumes, 29200 Brest, France',
  sender: { name: 'Lise', address: 'lise@example.org' },
};

async function draft(town: StoryTown): Promise<string> {
  const name = { fr: 'Arrivages', en: 'New in' };
  await town.call('POST', '/topics', { id: 'arrivages', name, visibility: 'public' });
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Une',
    topic: 'arrivages',
    subject: 'Une',
    content: { format: 'markdown', source: 'Voilà.' },
  });
  return id;
}
const schedule = (town: StoryTown, id: string) =>
  town.api('POST', `/campaigns/${id}/schedule`, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });

it('a new house writes to nobody before it has said who it is, and says what is missing', async () => {
  const town = await openTown({ mailer: new SesLike().mailer });
  await beginUnnamed(town.ports);
  const id = await draft(town);
  const { status, body } = await schedule(town, id);
  expect([status, body['code']]).toEqual([409, 'house-not-named']);
  const paths = (body['errors'] as { path: string }[]).map(({ path }) => path);
  expect(paths).toEqual(['name', 'legalName', 'postalAddress', 'sender']);
  const { headers } = await town.api('GET', '/brand');
  const match = { 'if-match': headers.get('etag') ?? '' };
  expect((await town.api('PATCH', '/brand', WHO, match)).status).toBe(200);
  expect((await schedule(town, id)).status).toBe(200);
});

it('a new house bears nobody else’s name, and its first page asks for its own', async () => {
  const town = await openTown();
  await beginUnnamed(town.ports);
  const start = await town.open('/');
  expect(start.heading).toBe('An empty house on this machine');
  expect(start.text).toContain('First: who writes?');
  expect(start.text).not.toContain('Try this first');
  for (const path of ['/', '/letters', '/subscribe'])
    expect((await town.open(path)).html).not.toMatch(/Delorme|Tanneurs/);
  // Nothing leaves this machine, so that it can be tried out as it is.
  expect((await schedule(town, await draft(town))).status).toBe(200);
});

it('beginning again changes nothing of what was said', async () => {
  const town = await openTown();
  await beginUnnamed(town.ports);
  const { headers } = await town.api('GET', '/brand');
  await town.api('PATCH', '/brand', WHO, { 'if-match': headers.get('etag') ?? '' });
  await beginUnnamed(town.ports);
  expect((await town.call('GET', '/brand'))['name']).toBe('Chez Lise');
});
