import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { apiResources } from '../../functions/entry/api.ts';
import { routeTable } from '../../functions/team/door.ts';
import { openDesk } from '../api/desk.ts';

const web = path.join(import.meta.dirname, '..', '..', 'web');
const { ports } = await openDesk();
const written = routeTable(apiResources(ports))
  .filter(({ audited }) => audited !== 'nobody')
  .map((line) => `audit.${line.method} ${line.path.replace(/^\/api\/v\d+/, '')}`);

it.each(['fr', 'en'])('what the log writes down is said in words in "%s"', (language) => {
  const words = JSON.parse(
    readFileSync(path.join(web, 'settings', `${language}.json`), 'utf8'),
  ) as Readonly<Record<string, string>>;
  expect(written.filter((key) => words[key] === undefined)).toEqual([]);
  const said = Object.keys(words).filter((key) => /^audit\.[A-Z]+ /.test(key));
  expect(said.filter((key) => !written.includes(key))).toEqual([]);
});
