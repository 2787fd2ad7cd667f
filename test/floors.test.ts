import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

/** Versions below these have known advisories, or do not work here. */
const FLOORS: Readonly<Record<string, string>> = {
  hono: '4.13.5',
  liquidjs: '10.30.1',
  'sanitize-html': '2.17.7',
  nodemailer: '9.0.1',
  zod: '4.6.0',
  mjml: '5.4.0',
  vitest: '5.1.0',
  '@aws-sdk/client-dynamodb': '3.1162.0',
  '@aws-sdk/client-sesv2': '3.1162.0',
};
/** Versions that must be exactly these: the newest published one of each is broken, or they must agree. */
const EXACT: Readonly<Record<string, string>> = { 'aws-cdk': '2.1148.1', 'aws-cdk-lib': '2.276.0' };

const root = path.join(import.meta.dirname, '..');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional() })),
});
const Package = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const { packages } = Lock.parse(read('package-lock.json'));
const versionsOf = (name: string) =>
  Object.entries(packages)
    .filter(
      ([where]) => where === `node_modules/${name}` || where.endsWith(`/node_modules/${name}`),
    )
    .map(([, { version }]) => version!);

it.each(Object.entries(FLOORS))('%s is nowhere below %s', (name, floor) => {
  const versions = versionsOf(name);
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions)
    expect(version.localeCompare(floor, 'en', { numeric: true }), version).toBeGreaterThanOrEqual(
      0,
    );
});

it.each(Object.entries(EXACT))('%s is %s', (name, version) => {
  expect(versionsOf(name)).toEqual([version]);
});

it('every version is pinned, so that two machines run the same code', () => {
  const { dependencies, devDependencies } = Package.parse(read('package.json'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
