import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Measure } from './child.ts';
import { crash } from './crash.ts';
import { figure, type Figure } from './figure.ts';

/** `npm run bench`: reports what sending costs on this machine. It reports; it never fails on a slow one. */
const PARTS = [
  'sending',
  'adapters',
  'rate',
  'hostile',
  'pages',
  'lists',
  'console',
  'crash',
] as const;
type Part = (typeof PARTS)[number];
/** What a campaign meets: readers of one pace, an audience with a condition, or each pace in turn. */
const KINDS = {
  immediate: { mix: 'immediate', segment: false, letters: false, how: 'immediate' },
  segment: { mix: 'immediate', segment: true, letters: false, how: 'immediate, with a segment' },
  mixed: { mix: 'mixed', segment: false, letters: true, how: 'mixed, and the letters of a week' },
} as const;
type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];
const USAGE =
  `npm run bench -- [--people 10000,100000] [--part ${PARTS.join('|')}] ` +
  `[--kind ${KIND_NAMES.join('|')}] [--kills 100] [--json file]`;
const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const PEOPLE_OF_A_PART = 5_000;

type Section = { readonly title: string; readonly figures: readonly Figure[] };

const wish = wishOf();
if (!wish) {
  console.error(USAGE);
  process.exit(2);
}
const scratch = mkdtempSync(path.join(tmpdir(), 'moderato-bench-'));
const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? '' };
console.log(`Node ${machine.node}, ${machine.cores} cores (${machine.cpu}), SQLite with full sync`);
const sections: Section[] = [];
try {
  for (const part of wish.parts) await measurePart(part, wish);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(
  '\nOne run on a machine that may be busy: compare medians of several, on the same machine.\n' +
    'CPU is less noisy than time; what other processes do makes both larger, never smaller.',
);
if (wish.json !== undefined)
  writeFileSync(wish.json, `${JSON.stringify({ ...machine, sections }, null, 2)}\n`);

type Wish = {
  readonly people: readonly number[];
  readonly parts: readonly Part[];
  readonly kinds: readonly Kind[];
  readonly kills: number;
  readonly json: string | undefined;
};

function wishOf(): Wish | undefined {
  const { values } = parseArgs({
    options: {
      people: { type: 'string', default: '10000' },
      part: { type: 'string' },
      kind: { type: 'string' },
      kills: { type: 'string', default: '100' },
      json: { type: 'string' },
    },
  });
  const people = values.people.split(',').map(Number);
  const kills = Number(values.kills);
  const isCount = (value: number) => Number.isInteger(value) && value >= 1 && value <= 5_000_000;
  const wanted = PARTS.filter((part) => part === values.part);
  const kinds = KIND_NAMES.filter((kind) => values.kind === undefined || kind === values.kind);
  if (!people.every(isCount) || !isCount(kills)) return undefined;
  if (values.part !== undefined && wanted.length === 0) return undefined;
  if (kinds.length === 0) return undefined;
  // A hundred crashes take their time: they come when they are asked for.
  const usual = PARTS.filter((part) => part !== 'crash');
  return { people, kills, kinds, json: values.json, parts: wanted.length > 0 ? wanted : usual };
}

/** Told when it is known: a long measure may be cut short. */
function tell(section: Section): void {
  sections.push(section);
  console.log(`\n${section.title}\n${tableOf(section.figures)}`);
}

async function measurePart(part: Part, { people, kinds, kills }: Wish): Promise<void> {
  switch (part) {
    case 'sending': {
      const runs: Sent[] = [];
      for (const count of people) runs.push(...(await sending(count, kinds)));
      if (people.length > 1) tell(growthOf(runs));
      break;
    }
    case 'adapters':
      await one('The ways a mail can leave', { do: 'adapters', people: PEOPLE_OF_A_PART });
      break;
    case 'rate':
      await one('A campaign at 500 a second, in real time, against a stub', { do: 'rate' });
      break;
    case 'hostile':
      await one('Letters made to take too much', { do: 'hostile' });
      break;
    case 'pages':
      await one('The preference page', { do: 'pages', people: people[0]! });
      break;
    case 'lists': {
      const count = people[0]!;
      const title = `What a screen of the console asks, among ${count.toLocaleString('en')} people and 500 campaigns`;
      await one(title, { do: 'lists', people: count });
      break;
    }
    case 'console':
      await one('Typing in Chromium: each key from the finger to the frame that shows it', {
        do: 'typing',
      });
      break;
    case 'crash':
      tell(await crashes(kills));
  }
}

/** The same folder for each measure, so that they differ in one thing only. */
async function sending(people: number, wanted: readonly Kind[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const folders = new Map<string, string>();
  for (const { mix, segment, letters, how } of wanted.map((kind) => KINDS[kind])) {
    const whole = folders.get(mix) ?? path.join(scratch, `${people}-${mix}`);
    if (!folders.has(mix)) {
      mkdirSync(whole);
      await inChild({ do: 'prepare', data: whole, people, mix });
      folders.set(mix, whole);
    }
    const data = `${whole}-run`;
    cpSync(whole, data, { recursive: true });
    const measure = { do: 'campaign', data, segment, letters } as const;
    const section = await one(`${people.toLocaleString('en')} readers: ${how}`, measure);
    sent.push({ people, how, section });
    rmSync(data, { recursive: true });
  }
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
  return sent;
}

type Sent = { readonly people: number; readonly how: string; readonly section: Section };

/** What a reader costs among many, against what they cost in the smallest house: 1 is no growth. */
function growthOf(runs: readonly Sent[]): Section {
  const least = Math.min(...runs.map(({ people }) => people));
  const costs = ({ people, section }: Sent) => {
    const of = (name: string) => section.figures.find((one) => one.name === name)?.value ?? NaN;
    return { time: of('last mail') / people, cpu: of('CPU a decision') };
  };
  const figures = runs.flatMap((run) => {
    const first = runs.find(({ people, how }) => people === least && how === run.how);
    if (!first || first === run) return [];
    const [before, after] = [costs(first), costs(run)];
    const name = `${run.people.toLocaleString('en')} readers, ${run.how}`;
    return [
      figure(`${name}: time a reader`, after.time / before.time, '×'),
      figure(`${name}: CPU a decision`, after.cpu / before.cpu, '×'),
    ];
  });
  return { title: `Growth, against ${least.toLocaleString('en')} readers`, figures };
}

async function crashes(kills: number): Promise<Section> {
  const people = 4_000;
  const data = path.join(scratch, 'crash');
  mkdirSync(data);
  const { killed, state, figures, got } = await crash({ data, people, kills, withinMs: 700 });
  const mails = [...got.values()].reduce((sum, count) => sum + count, 0);
  return {
    title: `${kills} crashes in a campaign to ${people.toLocaleString('en')} readers of mixed paces (${state})`,
    figures: [
      figure('killed with -9 before its end', killed, 'processes'),
      figure('got it', got.size, 'readers'),
      figure('got it twice', mails - got.size, 'readers'),
      figure('missed', (3 * people) / 4 - got.size, 'readers'),
      figure('on the books: at once', figures.accepted, 'mails'),
      figure('on the books: in letters', figures.deliveredInDigests, 'mails'),
      figure('on the books: doubtful', figures.uncertain, 'mails'),
    ],
  };
}

async function one(title: string, measure: Measure): Promise<Section> {
  console.error(`${title} …`);
  const section = { title, figures: await inChild(measure) };
  tell(section);
  return section;
}

async function inChild(measure: Measure): Promise<readonly Figure[]> {
  const child = fork(CHILD, {
    // With the memory that the product itself is given.
    execArgv: [...process.execArgv, '--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(measure);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => [undefined]),
  ])) as [readonly Figure[] | undefined];
  if (!answer) throw new Error(`the measure "${measure.do}" did not come to its end`);
  return answer;
}

function tableOf(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(
      ({ name, value, unit }) =>
        `${name.padEnd(width)}  ${value.toLocaleString('en').padStart(12)}  ${unit}`,
    )
    .join('\n');
}
