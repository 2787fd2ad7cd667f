import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refused, RunningHouse } from './replay/house.ts';
import { LineWrong, readPurchases } from './replay/purchases.ts';
import { replay } from './replay/replay.ts';

const USAGE = 'npm run replay -- FILE [--url http://localhost:3000] [--data .moderato]';

try {
  const { file, url, key } = readWish();
  const purchases = readPurchases(readFileSync(file, 'utf8'));
  console.log(`${purchases.length} purchases of ${count(purchases)} customers, to ${url}`);
  await replay(new RunningHouse(url, key), purchases, (line) => console.log(line));
} catch (error) {
  const isTold = error instanceof Refused || error instanceof LineWrong || isMissing(error);
  if (!isTold) throw error;
  console.error((error as Error).message);
  process.exit(1);
}

/** The house that runs from a data folder says there where it answers, and keeps its key there. */
function readWish(): { readonly file: string; readonly url: string; readonly key: string } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, data: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Refused(USAGE);
  const data = values.data ?? process.env.MODERATO_DATA ?? '.moderato';
  const url = values.url ?? process.env.MODERATO_URL ?? runningAt(data);
  return { file, url, key: readFileSync(join(data, 'api-key'), 'utf8').trim() };
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
