import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** A class that stands alone, whatever its state: `.count`, `.count[data-long]`, `.count:focus`. */
const ALONE = /^\.([\w-]+)(?:\[[^\]]*\])*(?:::?[\w-]+)?$/;

it('no screen changes how another looks: a class has one sheet that dresses it', () => {
  const sheetsOf = new Map<string, Set<string>>();
  for (const sheet of globSync('web/**/*.css')) {
    const rules = readFileSync(sheet, 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
    for (const [, selectors] of rules.matchAll(/([^{}]+)\{/g))
      for (const selector of selectors!.split(',')) {
        const name = ALONE.exec(selector.trim())?.[1];
        if (name) sheetsOf.set(name, (sheetsOf.get(name) ?? new Set()).add(sheet));
      }
  }
  // Sheets stay once a screen was visited: the last one loaded would win, on whichever screen.
  const shared = [...sheetsOf].filter(([, sheets]) => sheets.size > 1);
  expect(shared.map(([name, sheets]) => [name, ...sheets])).toEqual([]);
  expect(sheetsOf.size).toBeGreaterThan(100);
});
