import { build, type Plugin } from 'esbuild';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const entries = path.join(root, 'functions', 'entry');

/** Where the bundles of all doors stand: one folder, and one upload. */
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

/** Asked for by some dependency in a corner that we never enter; a compiler alone is 6 MB. */
const NEVER_NEEDED = ['typescript'];

/**
 * Bundles every door, the SDK included, so that what was tested is what runs: `site.mjs` and its
 * like, and beside them the parts that several share or that one asks for only now and then.
 */
export async function bundleDoors(outdir = BUNDLES): Promise<void> {
  await bundle(
    doorNames().map((name) => ({ in: path.join(entries, `${name}.lambda.ts`), out: name })),
    outdir,
  );
}

/** A bundle has no folder of words beside it: the files stand in it instead, whichever there are. */
const words: Plugin = {
  name: 'words',
  setup: (bundle) => {
    bundle.onLoad({ filter: /functions[/\\]base[/\\]catalogues\.ts$/ }, ({ path: file }) => {
      const folder = path.join(path.dirname(file), 'words');
      const languages = readdirSync(folder)
        .filter((one) => one.endsWith('.json'))
        .map((one) => path.basename(one, '.json'));
      const imports = languages.map((one) => `import ${one} from './words/${one}.json';`);
      const contents = `${imports.join('\n')}\nexport const found = { ${languages.join(', ')} };`;
      return { contents, loader: 'js', resolveDir: path.dirname(file), watchDirs: [folder] };
    });
  },
};

export async function bundle(
  entryPoints: readonly { readonly in: string; readonly out: string }[],
  outdir: string,
): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [...entryPoints],
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: NEVER_NEEDED,
    plugins: [words],
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
