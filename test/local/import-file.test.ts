import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { openHouse, siteWithTools, type House } from '../../infra/local/house.ts';
import { importFile, type Wish } from '../../infra/local/import/import-file.ts';
import { Refused, RunningHouse } from '../../infra/local/replay/house.ts';
import { listen, type Listening } from '../../infra/local/server.ts';

let house: House;
let server: Listening;
let running: RunningHouse;

beforeAll(async () => {
  server = await listen({ port: 0, host: '127.0.0.1' });
  const apiKey = newPlainKey({ random: (bytes) => randomBytes(bytes) }, 'live');
  const url = `http://127.0.0.1:${server.port}`;
  house = await openHouse({
    data: ':memory:',
    secrets: { links: { current: 'k', keys: { k: 'x'.repeat(43) } }, addresses: 'y'.repeat(43) },
    publicUrl: url,
    clock: { kind: 'held', startsAt: Date.UTC(2026, 5, 1, 10) },
    apiKey,
    keyFile: 'api-key',
  });
  const app = siteWithTools(house);
  server.serve((request, bindings) => app.fetch(request, bindings));
  await house.town.live();
  running = new RunningHouse(url, apiKey);
  await running.post('/api/v1/topics', { id: 'news', name: { fr: 'Nouvelles' } });
});
afterAll(async () => {
  await server.close();
  await house.town.close();
});

const WISH: Wish = {
  name: 'salon.csv',
  text: 'Courriel,Prénom,Quoi\nada@example.org,Ada,x\nnobody,,\n',
  topics: ['news'],
  columns: new Map([['Quoi', null]]),
  proof: { kind: 'full', method: 'paper', words: 'Oui.', on: '2026-01-05' },
  isMeant: false,
};
const bring = async (other: Partial<Wish> = {}) => {
  const said: string[] = [];
  await importFile(running, { ...WISH, ...other }, (line) => void said.push(line));
  return said.join('\n');
};
const find = () =>
  running.post<{ givenName: string }>('/api/v1/people/lookup', { email: 'ada@example.org' });

it('a file is only rehearsed until it is meant; then it is brought in, and says which lines it was not', async () => {
  const rehearsed = await bring();
  expect(rehearsed).toContain('Courriel → email, Prénom → givenName, Quoi → -');
  expect(rehearsed).toContain('Rehearsed: 1 new, 0 known, 1 refused; 1 with proof, 0 without.');
  expect(rehearsed).toContain('Nobody was changed.');
  expect((await find()).status).toBe(404);
  const done = await bring({ isMeant: true });
  expect(done).toContain('Done: 1 new, 0 known, 1 refused');
  expect(done).toContain('line 3, email:');
  expect((await find()).value.givenName).toBe('Ada');
});

it('a plan that the house refuses is refused in its words', async () => {
  await expect(bring({ topics: ['nothing'] })).rejects.toThrow(Refused);
});
