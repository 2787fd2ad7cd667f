import { keys } from '../../functions/base/keys.ts';
import { DAY, MINUTE, SECOND, wallTimeIn, type Instant } from '../../functions/base/time.ts';
import type { ConsentRecord } from '../../functions/consent/record.ts';
import type { Profile } from '../../functions/people/person.ts';
import type { Import, ImportPlan } from '../../functions/transfer/import.ts';
import { beginImport, receivePiece } from '../../functions/transfer/receive.ts';
import { startCheck, startRun, stopImport } from '../../functions/transfer/run-import.ts';
import type { Act } from './acts.ts';
import { memberOf, type Member, type Theme } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Patience } from './patience.ts';
import type { World } from './world.ts';

/** A file of people: who stands in each line, or nobody where the line cannot be read. */
export type PeopleFile = {
  readonly lines: readonly (string | null)[];
  readonly proof: 'full' | 'declared' | 'none';
  readonly topics: readonly string[];
  /** Cut in so many pieces. */
  readonly pieces: number;
  /** Somebody stops it so long after it began. */
  readonly stopsAfterMs: number | undefined;
};

const NEW_MOST = 6;
const KNOWN_MOST = 4;
/** The yes of these people is older than anything they say in a run. */
const PROVEN_BEFORE_MS = 90 * DAY;
const LOOKS_EVERY_MS = 3 * MINUTE;
const LOOKS_MOST = 200;
const BY = { id: 'k', name: 'marketers' };

/** In some runs a file is brought in while letters leave. */
export function fileOf(
  chance: Chance,
  scenes: {
    readonly from: Instant;
    readonly until: Instant;
    readonly cast: readonly Member[];
    readonly themes: readonly Theme[];
    readonly sheets: readonly { readonly startsAt: Instant }[];
  },
): { people: Member[]; acts: Act[] } {
  if (!chance.is(0.14)) return { people: [], acts: [] };
  const { cast, from, until, themes } = scenes;
  const people = Array.from({ length: chance.between(1, NEW_MOST) }, (_, index): Member => {
    const member = memberOf(chance, scenes, cast.length + index);
    const name = `${member.name}f`;
    const own = { name, email: `${name}@example.org`, standing: 'well' as const };
    return { ...member, ...own, pausedUntil: null, joinsAt: null, comes: 'file' };
  });
  const known = Array.from({ length: chance.below(KNOWN_MOST) }, () => chance.pick(cast).name);
  const lines: (string | null)[] = [...people.map(({ name }) => name), ...known];
  if (chance.is(0.3)) lines.push(chance.pick(lines));
  if (chance.is(0.3)) lines.push(null);
  const near = chance.pick(scenes.sheets).startsAt - 3 * MINUTE + chance.below(6 * MINUTE);
  const at = chance.is(0.6) ? near : from + chance.below(until - from);
  const file: PeopleFile = {
    lines,
    proof: chance.pick(['full', 'full', 'declared', 'none'] as const),
    topics: themes.filter((_, index) => index === 0 || chance.is(0.5)).map(({ id }) => id),
    pieces: chance.between(1, 3),
    stopsAfterMs: chance.is(0.15) ? chance.below(5 * MINUTE) : undefined,
  };
  return {
    people,
    acts: [{ at: Math.min(Math.max(at, from + SECOND), until - SECOND), do: 'import', file }],
  };
}

/** A file on its way in, as somebody brings it in by the API: piece by piece, rehearsed, then done. */
export class Imports {
  readonly #world: World;
  readonly #patience: Patience;
  readonly #files = new Map<string, PeopleFile>();

  constructor(world: World, patience: Patience) {
    this.#world = world;
    this.#patience = patience;
  }

  async brings(file: PeopleFile): Promise<void> {
    const { engine } = this.#world;
    const name = 'Clients';
    const begun = await this.#patience.insist('import', (ports) =>
      beginImport(ports, { name, by: BY }),
    );
    if (!begun) return;
    const { importId } = begun;
    this.#files.set(importId, file);
    if (file.stopsAfterMs !== undefined)
      engine.at(engine.now + file.stopsAfterMs, () =>
        this.#patience.after(`stop ${importId}`, () =>
          this.#patience.insist('stop import', (ports) => stopImport(ports, importId)),
        ),
      );
    for (const [index, text] of this.#piecesOf(file).entries()) {
      const piece = { index, text, last: index === file.pieces - 1 };
      await this.#patience.insist('piece', (ports) => receivePiece(ports, importId, piece));
    }
    const plan = planOf(file, this.#world.scenario.startsAt);
    await this.#patience.insist('check', (ports) => startCheck(ports, importId, plan));
    if ((await this.#until(importId, 'checked')) !== 'checked') return;
    await this.#patience.insist('run', (ports) => startRun(ports, importId));
    await this.#until(importId, 'done');
  }

  /** Once it is over: each line counted once and taken once, and nothing left of the file. */
  judge(): void {
    if (this.#files.size === 0) return;
    const { account, files, known, memory } = this.#world;
    for (const key of files.keys())
      account.breaks('import', `at rest, ${key} is kept of a file that is over`);
    for (const [importId, file] of this.#files) {
      account.asks('import');
      const it = memory.get(keys.import(importId))?.data as Import | undefined;
      if (it?.state !== 'done' && it?.state !== 'stopped')
        account.breaks('I10', `at rest, an import is ${it?.state}`);
      if (it?.state !== 'done' || !it.counts) continue;
      const { added, known: old, refused } = it.counts;
      if (added + old + refused !== it.rows || it.done !== it.rows)
        account.breaks('import', `${it.rows} lines became ${added} and ${old}, ${refused} refused`);
      for (const who of file.lines)
        if (who !== null && known.member(who) && known.idOf(who) === undefined)
          account.breaks('import', 'a line of a file was taken, and nobody came of it', who);
    }
    this.#mustBeOnce();
  }

  /** However often a step was done again: one yes a topic in the ledger, and one person an address. */
  #mustBeOnce(): void {
    const { account, known, memory } = this.#world;
    const seen = new Set<string>();
    const once = (name: string, what: string, who: string) => {
      if (seen.has(name)) account.breaks('import', what, who);
      seen.add(name);
    };
    for (const { key, data } of memory.all('records')) {
      if (!key.pk.startsWith('ledger#')) continue;
      const { personId, purpose, state, surface } = data as ConsentRecord;
      if (!this.#files.has(surface?.version ?? '')) continue;
      const name = [personId, purpose, state, surface.version].join(' ');
      once(name, 'one line of a file stands twice in a ledger', known.nameOf(personId));
    }
    for (const { key, data } of memory.all('people')) {
      if (key.sk !== 'profile') continue;
      const { email } = data as Profile;
      once(email, 'two people have one address', known.nameAt(email));
    }
  }

  #piecesOf({ lines, pieces }: PeopleFile): string[] {
    const { known } = this.#world;
    const rows = lines.flatMap((who) => {
      if (who === null) return ['nobody at all;Nobody;gold;Oui'];
      const member = known.member(who);
      return member ? [[member.email, member.givenName, member.club ?? '', 'Oui'].join(';')] : [];
    });
    const text = ['email;prenom;club;texte', ...rows].join('\n');
    const size = Math.ceil(text.length / pieces);
    return Array.from({ length: pieces }, (_, index) =>
      text.slice(index * size, (index + 1) * size),
    );
  }

  async #until(importId: string, wanted: Import['state']): Promise<Import['state'] | undefined> {
    const { engine, memory } = this.#world;
    for (let look = 1; look <= LOOKS_MOST; look += 1) {
      const { state } = memory.get(keys.import(importId))?.data as Import;
      if (state === wanted || state === 'stopped') return state;
      await new Promise<void>((resolve) =>
        engine.at(engine.now + LOOKS_EVERY_MS * Math.ceil(look / 10), resolve),
      );
    }
    return undefined;
  }
}

function planOf({ proof, topics }: PeopleFile, startsAt: Instant): ImportPlan {
  const on = wallTimeIn('UTC', startsAt - PROVEN_BEFORE_MS).date;
  const proofs: Record<PeopleFile['proof'], ImportPlan['proof']> = {
    full: { kind: 'full', method: 'paper', on },
    declared: {
      kind: 'declared',
      source: 'the till of the shop',
      declaration: 'They said yes at the till, and I have seen it.',
      on,
    },
    none: { kind: 'none' },
  };
  return {
    columns: ['email', 'givenName', 'field:club', 'proofWords'],
    topics: [...topics],
    proof: proofs[proof],
  };
}
