import { readdirSync, readFileSync } from 'node:fs';

/**
 * Every file of words in a folder, by its language: who adds a file has added a language. A bundle
 * has no folder beside it; there `infra/build.ts` puts the same files inside.
 */
export function cataloguesIn(folder: URL): Record<string, Record<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>,
    ]),
  );
}

export const found = cataloguesIn(new URL('./words/', import.meta.url));
