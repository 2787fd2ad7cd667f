import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const sources = path.join(root, 'web');
const BUILT = path.join(root, 'dist', 'console');
const KEPT_MS = 24 * 60 * 60 * 1_000;

let building: Promise<string> | undefined;

/** Builds the console where it was never built from exactly these files; answers its folder. */
export function builtConsole(): Promise<string> {
  building ??= buildConsole().finally(() => {
    building = undefined;
  });
  return building;
}

async function buildConsole(): Promise<string> {
  const folder = path.join(BUILT, await fingerprint());
  if (existsSync(folder)) return folder;
  await mkdir(BUILT, { recursive: true });
  // A place of one's own: another process, or another thread of this one, may be making the same.
  const making = await mkdtemp(path.join(BUILT, 'making-'));
  const [{ build }, { consoleBuild }] = await Promise.all([
    import('vite'),
    import('../web/vite.config.ts'),
  ]);
  await asInProduction(() => build(consoleBuild(making)));
  await forgetOlder();
  await rename(making, folder).catch(async (fault: unknown) => {
    // Somebody else made the very same meanwhile.
    if (!existsSync(folder)) throw fault;
    await rm(making, { recursive: true, force: true });
  });
  return folder;
}

/** React asks the environment what it is built for, and a test says "test". */
async function asInProduction(act: () => Promise<unknown>): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await act();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** What the console is made of: its own files, how they are put together, the versions of all packages. */
async function fingerprint(): Promise<string> {
  const names = await readdir(sources, { recursive: true, withFileTypes: true });
  const files = names
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [path.join(root, 'package-lock.json'), import.meta.filename, ...files])
    hash.update(path.relative(root, file)).update(await readFile(file));
  return hash.digest('hex').slice(0, 20);
}

/** Builds of days ago go; one of today may be what another process serves at this moment. */
async function forgetOlder(): Promise<void> {
  for (const name of await readdir(BUILT)) {
    const folder = path.join(BUILT, name);
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > KEPT_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

const TIGHT = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
] as const;

/** What a browser may do in the console: run its own files, and call the house and its issuer. */
export function consolePolicy(issuers: readonly string[]): string {
  return [
    ...TIGHT,
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...issuers].join(' ')}`,
    "frame-src 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The frame in which a letter is looked at: a place of no origin, with nothing but pictures from outside. */
export const PREVIEW_POLICY = [
  'sandbox allow-scripts',
  ...TIGHT,
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src https: http: data:',
  "frame-ancestors 'self'",
].join('; ');

export const PREVIEW_PAGE = 'preview.html';
/** Names in this folder change with what is in them. */
export const LASTING = 'assets/';
