import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { importFile, type Wish } from './import/import-file.ts';
import { Refused, RunningHouse } from './replay/house.ts';

const USAGE = `npm run import -- FILE --topic TOPIC … [--map "COLUMN=TARGET" …] PROOF [--yes]
  TARGET  email, externalId, givenName, familyName, language, frequency, timeZone, salutation,
          proofAt, proofWords, field:NAME, or - for a column to leave out; the rest is guessed
  --source "where from": readers are told it in their first mail; else it is the name of the file
  PROOF   --words "the exact words" --method paper [--on 2026-01-05]
          --declare "an owner's word for it" --source "where from" [--on 2026-01-05]
          --no-proof: they are kept as unproven and get nothing
  --yes   does it; without it the file is only rehearsed
  --url http://localhost:3000  --data .moderato`;

try {
  const { file, house, wish } = readWish();
  const text = decoded(read(file, `There is no file ${file}.`));
  await importFile(
    house,
    { ...wish, name: (wish.source ?? basename(file)).slice(0, 80), text },
    (line) => console.log(line),
  );
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exit(1);
}

function readWish() {
  const { positionals, values } = parsedArgs();
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Refused(USAGE);
  const data = values.data ?? process.env.MODERATO_DATA ?? '.moderato';
  const url = values.url ?? process.env.MODERATO_URL ?? runningAt(data);
  const missing = `No house has opened in ${data}: start one with "npm start", or say which with --data.`;
  const key = decoded(read(join(data, 'api-key'), missing)).trim();
  const wish = {
    source: values.source,
    topics: values.topic ?? [],
    columns: new Map((values.map ?? []).map(pairIn)),
    proof: proofIn(values),
    isMeant: values.yes === true,
  } satisfies Omit<Wish, 'name' | 'text'> & { source: string | undefined };
  return { file, house: new RunningHouse(url, key), wish };
}

function parsedArgs() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        topic: { type: 'string', multiple: true },
        map: { type: 'string', multiple: true },
        words: { type: 'string' },
        method: { type: 'string' },
        on: { type: 'string' },
        declare: { type: 'string' },
        source: { type: 'string' },
        'no-proof': { type: 'boolean' },
        yes: { type: 'boolean' },
        url: { type: 'string' },
        data: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new Refused(USAGE, { cause });
  }
}

type Values = ReturnType<typeof parsedArgs>['values'];

function proofIn({ words, method, on, declare, source, 'no-proof': none }: Values): Wish['proof'] {
  if (none) return { kind: 'none' };
  const day = on === undefined ? {} : { on };
  if (declare !== undefined && source !== undefined)
    return { kind: 'declared', declaration: declare, source, ...day };
  if (method !== undefined)
    return { kind: 'full', method, ...(words === undefined ? {} : { words }), ...day };
  throw new Refused(`Say what shows that these people said yes.\n${USAGE}`);
}

function pairIn(text: string): [string, string | null] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new Refused(`"${text}" is no COLUMN=TARGET.\n${USAGE}`);
  const target = text.slice(at + 1);
  return [text.slice(0, at), target === '-' ? null : target];
}

function runningAt(data: string): string {
  try {
    const running = JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { url: string };
    return running.url;
  } catch {
    return `http://localhost:${process.env.PORT ?? 3000}`;
  }
}

/** Spreadsheets in French still write Windows-1252 at times. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function read(path: string, orSay: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Refused(orSay, { cause });
  }
}
