import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { newApp, problemResponse } from '../../functions/base/http.ts';
import { Problem } from '../../functions/base/problem.ts';
import { consolePolicy, LASTING, PREVIEW_PAGE, PREVIEW_POLICY } from '../console.ts';

type Kept = { readonly plain: Buffer; readonly packed: Buffer; readonly type: string };
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};
const SHELL = 'index.html';
/** The one address under /console that is not a file: the house itself answers it. */
const CONFIG = '/console/config.json';

/** The console's files, from memory. What is no file is a screen, and gets the shell. */
export function consoleSite(folder: () => Promise<string>, issuers: readonly string[] = []) {
  let read: Promise<ReadonlyMap<string, Kept>> | undefined;
  const files = () => {
    read ??= folder()
      .then(readAll)
      .catch((fault: unknown) => {
        read = undefined;
        throw fault;
      });
    return read;
  };
  const policy = consolePolicy(issuers);
  const answer = async (c: Context) => {
    const name = c.req.path.replace(/^\/console\/?/, '');
    const kept = await files();
    const found = kept.get(name);
    if (found) return send(c, found, headersFor(name, policy));
    if (name.startsWith(LASTING)) return problemResponse(c, new Problem('not-found'));
    return send(c, kept.get(SHELL)!, headersFor(SHELL, policy));
  };
  return newApp()
    .get('/console', answer)
    .get('/console/*', (c, next) => (c.req.path === CONFIG ? next() : answer(c)));
}

async function readAll(folder: string): Promise<ReadonlyMap<string, Kept>> {
  const kept = new Map<string, Kept>();
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const file = path.join(one.parentPath, one.name);
    const plain = await readFile(file);
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    const name = path.relative(folder, file).split(path.sep).join('/');
    kept.set(name, { plain, packed: gzipSync(plain), type });
  }
  return kept;
}

function headersFor(name: string, policy: string): Readonly<Record<string, string>> {
  const isPreview = name === PREVIEW_PAGE;
  return {
    'content-security-policy': isPreview ? PREVIEW_POLICY : policy,
    'cache-control': name.startsWith(LASTING) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    // The preview stands in a place of no origin, to which even our own files come from outside.
    'cross-origin-resource-policy': name.startsWith(LASTING) ? 'cross-origin' : 'same-origin',
    ...(name.startsWith(LASTING) && { 'access-control-allow-origin': '*' }),
  };
}

function send(
  c: Context,
  { plain, packed, type }: Kept,
  headers: Readonly<Record<string, string>>,
) {
  const gzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
  const body = gzip ? packed : plain;
  return c.body(new Uint8Array(body), 200, {
    ...headers,
    'content-type': type,
    vary: 'accept-encoding',
    ...(gzip && { 'content-encoding': 'gzip' }),
  });
}
