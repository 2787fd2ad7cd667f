import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const UNPACKED = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'chromium');

/**
 * Chromium: the one named by CHROME_PATH, else the one that npm brought, else an installed one.
 * The one of npm is the same on every machine, and as it has no windows, menus and extensions of
 * its own, a page in it costs a third of what it costs in an installed one.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env.CHROME_PATH;
  if (named) return launch(named);
  const faults: unknown[] = [];
  for (const find of [fromNpm, ...INSTALLED.map((one) => () => one)])
    try {
      return await launch(await find());
    } catch (fault) {
      // It may be for another kind of machine, or miss a library that this one lacks.
      faults.push(fault);
    }
  throw new AggregateError(faults, 'No Chromium starts here: name one in CHROME_PATH.');
}

const launch = (executablePath: string) => chromium.launch({ executablePath, args: FLAGS });

/** Unpacked once for each version. The package's own way would hand a half-written file to a second process. */
async function fromNpm(): Promise<string> {
  const folder = path.join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '..', '..');
  const packed = path.join(folder, 'bin', 'chromium.br');
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The Chromium of npm is for Linux on x64.');
  const unpacked = path.join(UNPACKED, version);
  const executable = path.join(unpacked, 'chromium');
  if (existsSync(executable)) return executable;
  await mkdir(unpacked, { recursive: true });
  const writing = `${executable}.${randomUUID()}`;
  const whole = await promisify(brotliDecompress)(await readFile(packed));
  await writeFile(writing, whole, { mode: 0o755 });
  await rename(writing, executable);
  return executable;
}
