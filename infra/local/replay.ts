import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refused, RunningHouse } from './replay/house.ts';
import { LineWrong, readPurchases } from './replay/purchases.ts';
import { replay } from './replay/replay.ts';

const USAGE = 'npm run replay -- FILE [--url http://localhost:3000] [--data .moderato]';

try {
  const { file, url, key } = readWish();
  const purchases = readPurchases(read(file, `There is no file ${file}.`));
  console.log(`${purchases.length} purchases of ${count(purchases)} customers, to ${url}`);
  await replay(new RunningHouse(url, key), purchases, (line) => console.log(line));
} catch (error) {
  if (!(error instanceof Refused || error instanceof LineWrong)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** The house that runs from a data folder says there where it answers, and keeps its key there. */
function readWish(): { readonly file: string; readonly url: string; readonly key: string } {
  const { positionals, values } = parsedArgs();
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Refused(USAGE);
  const data = values.data ?? process.env.MODERATO_DATA ?? '.moderato';
  const url = values.url ?? process.env.MODERATO_URL ?? runningAt(data);
  const key = read(
    join(data, 'api-key'),
    `No house has opened in ${data}: start one with "npm start", or say which with --data.`,
  );
  return { file, url, key: key.trim() };
}

function parsedArgs() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { url: { type: 'string' }, data: { type: 'string' } },
    });
  } catch (cause) {
    throw new Refused(USAGE, { cause });
  }
}

function runningAt(data: string): string {
  try {
    const running = JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { url: string };
    return running.url;
  } catch {
    return `http://localhost:${process.env.PORT ?? 3000}`;
  }
}

function count(purchases: readonly { readonly customer: string }[]): number {
  return new Set(purchases.map(({ customer }) => customer)).size;
}

function read(path: string, orSay: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Refused(orSay, { cause });
  }
}
