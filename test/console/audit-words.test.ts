import { expect, it } from 'vitest';
import { apiResources } from '../../functions/entry/api.ts';
import { routeTable } from '../../functions/team/door.ts';
import en from '../../web/settings/en.json' with { type: 'json' };
import fr from '../../web/settings/fr.json' with { type: 'json' };
import { openDesk } from '../api/desk.ts';

const desk = await openDesk();
const acts = routeTable(apiResources(desk.ports))
  .filter(({ audited }) => audited !== 'nobody')
  .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);

it.each(acts)('%s is said in words where one reads who did what', (act) => {
  expect([Object.keys(fr), Object.keys(en)]).toEqual([
    expect.arrayContaining([`audit.${act}`]),
    expect.arrayContaining([`audit.${act}`]),
  ]);
});

it('says no act that there is not', () => {
  const said = Object.keys(fr).filter((key) => key.startsWith('audit.'));
  expect(said.filter((key) => !acts.includes(key.slice('audit.'.length)))).toEqual([]);
});
