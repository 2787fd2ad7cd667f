import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const entries = path.join(root, 'functions', 'entry');

/** Where each door's bundle stands, one folder a door. */
export const BUNDLES = path.join(root, 'dist', 'lambda');

/** The doors: `site` for `functions/entry/site.lambda.ts`. */
export function doorNames(): string[] {
  return readdirSync(entries)
    .filter((file) => file.endsWith('.lambda.ts'))
    .map((file) => path.basename(file, '.lambda.ts'))
    .sort();
}

/**
 * Some dependencies are CommonJS and ask for Node's own modules with `require`, which a module
 * does not have. The long name keeps clear of whatever a bundle declares.
 */
const REQUIRE = [
  "import { createRequire as moderatoCreateRequire } from 'node:module';",
  'const require = moderatoCreateRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** Bundles every door, the SDK included, so that what was tested is what runs. */
export async function bundleDoors(outdir = BUNDLES): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: doorNames().map((name) => ({
      in: path.join(entries, `${name}.lambda.ts`),
      out: path.join(name, 'index'),
    })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: REQUIRE },
    minifySyntax: true,
    minifyWhitespace: true,
    // Names stay, so that the frames of a fault in the log can be read without a source map.
    minifyIdentifiers: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
