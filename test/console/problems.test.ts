import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../functions/base/problem.ts';
import { Brand } from '../../functions/people/brand.ts';

const web = path.join(import.meta.dirname, '..', '..', 'web');
const read = (file: string) =>
  JSON.parse(readFileSync(path.join(web, file), 'utf8')) as Readonly<Record<string, string>>;
const wordsIn = (language: string) => ({
  ...read(`words/${language}.json`),
  ...read(`settings/${language}.json`),
});

it.each(['fr', 'en'])('whatever the house refuses, the console says it in "%s"', (language) => {
  const words = wordsIn(language);
  expect(PROBLEM_CODES.filter((code) => words[`problem.${code}`] === undefined)).toEqual([]);
});

it('no code has words that is refused by nobody', () => {
  const codes = Object.keys(wordsIn('fr')).filter((key) => key.startsWith('problem.'));
  const known = new Set<string>(PROBLEM_CODES);
  expect(codes.filter((key) => !known.has(key.slice('problem.'.length)))).toEqual([]);
});

it('every setting of the house has a place on a screen', () => {
  const screens = ['house', 'paces', 'bases']
    .map((name) => readFileSync(path.join(web, 'settings', `${name}.tsx`), 'utf8'))
    .join('\n');
  const fields = Object.keys(Brand.shape).filter((name) => name !== 'format');
  const missing = fields.filter((name) => !new RegExp(`\\b${name}\\b`).test(screens));
  expect(missing).toEqual([]);
});
