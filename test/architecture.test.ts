import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rooms in the order one may lean on another: a room imports itself and those before it, never those after. */
const ROOMS = [
  'base',
  'team',
  'people',
  'policy',
  'mail',
  'consent',
  'preferences',
  'events',
  'campaigns',
  'journeys',
  'feedback',
  'stats',
  'transfer',
  'aws',
  'entry',
];

/** Files that only think: no store, no network, no clock, nothing to wait for. */
const PURE = [
  'policy/decide.ts',
  'policy/calendar.ts',
  'policy/change.ts',
  'policy/turns.ts',
  'policy/decision.ts',
  'people/person.ts',
  'people/condition.ts',
  'people/salutation.ts',
  'people/address.ts',
  'mail/publication.ts',
  'mail/mailing.ts',
  'mail/delivery.ts',
  'mail/figures.ts',
  'mail/digest.ts',
  'campaigns/campaign.ts',
];

const root = path.join(import.meta.dirname, '..');
const functions = path.join(root, 'functions');
const sources = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file));
const files = sources('functions').map((file) => path.relative('functions', file));
const textOf = (file: string) => readFileSync(path.join(functions, file), 'utf8');
const importsIn = (text: string) =>
  [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gms)].map(
    (found) => (found[1] ?? found[2])!,
  );
const importsOf = (file: string) =>
  importsIn(textOf(file))
    .filter((to) => to.startsWith('.') && to.endsWith('.ts'))
    .map((to) => path.join(path.dirname(file), to));
const roomOf = (file: string) => file.split('/')[0]!;

describe('the house', () => {
  it.each(files)('%s stands in a room', (file) => {
    expect(ROOMS).toContain(roomOf(file));
  });
  it.each(files)('%s leans only on rooms before its own', (file) => {
    for (const target of importsOf(file))
      expect(ROOMS.indexOf(roomOf(target)), target).toBeLessThanOrEqual(
        ROOMS.indexOf(roomOf(file)),
      );
  });
  it.each(files)('%s never leads back to itself', (file) => {
    const seen = new Set<string>();
    const walk = (from: string) => {
      for (const next of importsOf(from))
        if (!seen.has(next)) {
          seen.add(next);
          walk(next);
        }
    };
    walk(file);
    expect(seen).not.toContain(file);
  });
  it.each(PURE)('%s only thinks', (file) => {
    expect(textOf(file)).not.toMatch(
      /Date\.now|new Date\(\)|Math\.random|process\.env|\bawait\b|\basync\b|@aws-sdk|store\.ts/,
    );
  });
  it('only the room of AWS speaks to AWS', () => {
    for (const file of files.filter((name) => roomOf(name) !== 'aws'))
      expect(
        importsIn(textOf(file)).filter((to) => to.startsWith('@aws-sdk/')),
        file,
      ).toEqual([]);
  });
  it('only dispatch calls the mailer', () => {
    const callers = files.filter((file) => /\bmailer\s*\.send\(|\bmailer\s*$/m.test(textOf(file)));
    expect(callers).toEqual(['mail/dispatch.ts']);
  });
  it('nobody opens a door from inside the house', () => {
    for (const file of files)
      expect(
        importsOf(file).filter((to) => to.endsWith('.lambda.ts')),
        file,
      ).toEqual([]);
  });
  it('there is no drawer, no barrel and no default export', () => {
    for (const file of files) {
      expect(file).not.toMatch(/(^|\/)(utils|helpers|lib|common)\/|(^|\/)index\.ts$/);
      expect(textOf(file)).not.toMatch(/^export default /m);
    }
  });
  it('time and chance come in through ports', () => {
    for (const file of files.filter((name) => roomOf(name) !== 'aws' && roomOf(name) !== 'entry'))
      expect(textOf(file), file).not.toMatch(
        /Date\.now\(\)|new Date\(\)|Math\.random\(|randomUUID\(|randomBytes\(/,
      );
  });
  it('nothing of our own is mocked', () => {
    const tests = sources('test').map((file) => readFileSync(path.join(root, file), 'utf8'));
    for (const text of tests)
      expect(text).not.toMatch(/\bvi\.(mock|doMock)\(|\bvi\.spyOn\((?!console\b)/);
  });
});
