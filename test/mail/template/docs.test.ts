import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BLOCKS } from '../../../functions/mail/template/engine.ts';
import { filters } from '../../../functions/mail/template/filters.ts';
import { DATE_SHAPES } from '../../../functions/mail/template/dates.ts';
import { letter, problemsOf } from './letters.ts';

const docs = readFileSync(path.join(import.meta.dirname, '../../../docs/templates.md'), 'utf8');

describe('what docs/templates.md tells authors', () => {
  it('names every filter, tag and shape of a date there is', () => {
    for (const name of [...Object.keys(filters), ...Object.keys(BLOCKS)])
      expect(docs).toContain(`\`${name}`);
    for (const shape of Object.keys(DATE_SHAPES)) expect(docs).toContain(`"${shape}"`);
  });

  it('compiles as it stands there', async () => {
    const letters = [...docs.matchAll(/```markdown\n([^]*?)```/g)].map(([, source]) => source!);
    const outputs = [...docs.matchAll(/`(\{\{ [^`]*? \}\})`/g)].map(([, output]) =>
      output!.replaceAll('\\|', '|'),
    );
    expect(letters.length + outputs.length).toBeGreaterThan(12);
    for (const source of letters)
      expect(await problemsOf(letter({ source, format: 'markdown' }))).toEqual([]);
    for (const source of outputs) expect(await problemsOf(letter({ source }))).toEqual([]);
  });
});
