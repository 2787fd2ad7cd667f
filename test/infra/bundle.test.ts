import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterSource } from '../../functions/mail/template/compile.ts';
import { bundle, bundleDoors, doorNames } from '../../infra/build.ts';

const run = promisify(execFile);
const MEGABYTE = 1024 * 1024;
const functions = path.join(import.meta.dirname, '../../functions');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'moderato-bundles-'));
  await bundleDoors(path.join(folder, 'doors'));
}, 60_000);
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Runs a line of code in a process of its own, far from this project's modules, as Lambda would. */
const inLambda = async (code: string) =>
  (await run(process.execPath, ['--input-type=module', '-e', code], { cwd: folder })).stdout.trim();

describe('the bundle of a door', () => {
  it.each(doorNames())(
    '%s starts with nothing beside it and answers to "handler"',
    async (name) => {
      const file = path.join(folder, 'doors', `${name}.mjs`);
      const code = `const { handler, Config } = await import(${JSON.stringify(file)});
      console.log(typeof handler, typeof Config.shape.PUBLIC_URL);`;
      expect(await inLambda(code)).toBe('function object');
    },
  );

  it('is one upload with the others, small enough to be fetched in a moment', async () => {
    const entries = await readdir(path.join(folder, 'doors'), {
      recursive: true,
      withFileTypes: true,
    });
    const sizes = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10 * MEGABYTE);
  });
});

it('a letter in MJML is compiled from a bundle, where its parts are found without their folders', async () => {
  const out = path.join(folder, 'compile');
  await bundle([{ in: path.join(functions, 'mail/template/compile.ts'), out: 'compile' }], out);
  const letter: LetterSource = {
    language: 'en',
    subject: 'News',
    format: 'mjml',
    source: `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ person.givenName | default: "you" }}
      </mj-text></mj-column></mj-section></mj-body></mjml>`,
    footer: { html: '<a href="{{ links.unsubscribe }}">Stop</a>', text: '{{ links.unsubscribe }}' },
    brand: { name: 'House', colour: '#123456' },
  };
  const code = `const { compile } = await import(${JSON.stringify(path.join(out, 'compile.mjs'))});
    console.log(JSON.stringify(await compile(${JSON.stringify(letter)})));`;
  const made = await inLambda(code);
  expect(made).toMatch(/"ok":true[^]*<table[^]*Hello \{\{h\d\}\}/);
});
