import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { laptopCampaign, type Figure } from './laptop.ts';
import { preferencePage } from './pages.ts';

/** `npm run bench`: reports what sending costs on this machine. It reports; it never fails on a slow one. */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    part: { type: 'string', default: 'all' },
    json: { type: 'string' },
  },
});
const people = Number(values.people);
if (!Number.isInteger(people) || people < 1 || people > 5_000_000) {
  console.error('--people must be a whole number from 1 to 5000000');
  process.exit(1);
}

const { part } = values;
if (!['all', 'sending', 'pages'].includes(part)) {
  console.error('--part must be sending, pages or all');
  process.exit(1);
}

const figures: Figure[] = [];
if (part !== 'sending') {
  console.error(`The preference page of ${people} readers …`);
  figures.push(...(await preferencePage({ people })));
}
for (const mix of part === 'pages' ? [] : (['immediate', 'mixed'] as const)) {
  console.error(`A campaign to ${people} readers (${mix}) …`);
  figures.push(...(await laptopCampaign({ people, mix })));
}

const width = Math.max(...figures.map(({ name }) => name.length));
console.log(`Node ${process.version}, ${people} readers, one process, SQLite with full sync`);
for (const { name, value, unit } of figures)
  console.log(`${name.padEnd(width)}  ${value.toLocaleString('en').padStart(12)}  ${unit}`);
console.log(
  'One run on a machine that may be busy: compare medians of several, on the same machine.',
);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ node: process.version, people, figures }, null, 2)}\n`,
  );
