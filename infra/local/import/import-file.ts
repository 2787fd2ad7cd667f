import { setTimeout as wait } from 'node:timers/promises';
import { Refused, type RunningHouse } from '../replay/house.ts';

const PIECE_CHARACTERS = 200_000;
const LOOK_EVERY_MS = 500;
const REFUSED_SHOWN = 20;

export type Wish = {
  readonly name: string;
  readonly text: string;
  readonly topics: readonly string[];
  /** By the name of a column: what it is, or null to leave it out. */
  readonly columns: ReadonlyMap<string, string | null>;
  readonly proof: Readonly<Record<string, string | undefined>>;
  /** Else it is only rehearsed. */
  readonly isMeant: boolean;
};

type Counts = {
  readonly added: number;
  readonly known: number;
  readonly refused: number;
  readonly proven: number;
  readonly unproven: number;
};
type Import = {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly done: number;
  readonly columns: readonly { readonly name: string; readonly guess: string | null }[];
  readonly checked: Counts | null;
  readonly counts: Counts | null;
};
type Tell = (line: string) => void;

/** Brings a file in by the same calls as the console: pieces, a rehearsal, and the run if it is meant. */
export async function importFile(house: RunningHouse, wish: Wish, tell: Tell): Promise<void> {
  const it = await send(house, wish);
  const columns = it.columns.map(({ name, guess }) =>
    wish.columns.has(name) ? wish.columns.get(name)! : guess,
  );
  tell(
    `${it.rows} lines. ${it.columns.map(({ name }, n) => `${name} → ${columns[n] ?? '-'}`).join(', ')}`,
  );
  const path = `/api/v1/imports/${it.id}`;
  await house.post(`${path}/check`, { columns, topics: wish.topics, proof: wish.proof });
  const checked = await settled(house, path, 'checking', tell);
  tell(`Rehearsed: ${said(checked.checked)}.`);
  if (!wish.isMeant) {
    await tellRefused(house, path, tell);
    await house.post(`${path}/stop`);
    return tell('Nobody was changed. Say --yes to bring them in.');
  }
  await house.post(`${path}/run`);
  const done = await settled(house, path, 'running', tell);
  tell(`Done: ${said(done.counts)}.`);
  await tellRefused(house, path, tell);
}

async function send(house: RunningHouse, { name, text }: Wish): Promise<Import> {
  const { value } = await house.post<Import>('/api/v1/imports', { name });
  let it = value;
  const pieces = Math.max(1, Math.ceil(text.length / PIECE_CHARACTERS));
  for (let index = 0; index < pieces; index += 1) {
    const from = index * PIECE_CHARACTERS;
    const piece = text.slice(from, from + PIECE_CHARACTERS);
    const sent = { index, text: piece, last: index === pieces - 1 };
    it = (await house.post<Import>(`/api/v1/imports/${it.id}/pieces`, sent)).value;
  }
  return it;
}

/** Until it is no longer at that; the house goes on even if nobody asks. */
async function settled(
  house: RunningHouse,
  path: string,
  state: string,
  tell: Tell,
): Promise<Import> {
  for (let told = 0; ;) {
    const { value: it } = await house.get<Import>(path);
    if (it.state === 'stopped') throw new Refused('Somebody stopped this import.');
    if (it.state !== state) return it;
    const share = Math.floor((10 * it.done) / Math.max(1, it.rows));
    if (share > told) tell(`${it.done} of ${it.rows} lines`);
    told = Math.max(told, share);
    await wait(LOOK_EVERY_MS);
  }
}

function said(counts: Counts | null): string {
  if (!counts) return 'nothing';
  const { added, known, refused, proven, unproven } = counts;
  return `${added} new, ${known} known, ${refused} refused; ${proven} with proof, ${unproven} without`;
}

async function tellRefused(house: RunningHouse, path: string, tell: Tell): Promise<void> {
  const { value } = await house.get<{
    items: { line: number; column: string | null; detail: string }[];
    next: string | null;
  }>(`${path}/refused?limit=${REFUSED_SHOWN}`);
  for (const { line, column, detail } of value.items)
    tell(`line ${line}${column === null ? '' : `, ${column}`}: ${detail}`);
  if (value.next !== null) tell(`… and more, at ${path}/refused`);
}
