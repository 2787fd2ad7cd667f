import type { Ports } from '../base/ports.ts';
import { open } from '../base/seal.ts';
import { SECOND, type Instant } from '../base/time.ts';
import { CLICKS_KEPT, type Click } from '../people/person.ts';
import { changePerson } from '../people/store.ts';
import { readLinks } from './counted-links.ts';
import { figureWrite, type Counters } from './figures.ts';
import { cameLately } from './lately.ts';
import { readPublications } from './store.ts';

/** So many links of one letter within this time were followed by a machine, not by a hand. */
const MACHINE_LINKS = 3;
const MACHINE_WITHIN_MS = 10 * SECOND;

export type Followed = {
  /** What stands behind `/c/`: the door, and in some mails whose it is. */
  readonly token: string;
  /** Whether this visit is to be counted; a look at the headers is not. */
  readonly counts: boolean;
  /** A keyed hash of where it came from, where that is known. */
  readonly network: string | undefined;
};

/**
 * Where a counted link leads, and one more on its books. A link says whose mail it stood in only
 * where that reader said yes, and the yes is asked again now: after a no, mails already sent count
 * nobody. Undefined when it is no link of ours.
 */
export async function follow(ports: Ports, followed: Followed): Promise<string | undefined> {
  const [door = '', mark] = followed.token.split('~');
  const opened = open(ports, door, 'link');
  if (!opened) return undefined;
  const number = Number(opened.subjectId);
  const name = opened.about ?? '';
  const url = (await readLinks(ports, number))[name];
  if (url === undefined || !followed.counts) return url;
  const [before, publications] = await Promise.all([
    followed.network === undefined
      ? []
      : cameLately(ports, `links-${number}`, followed.network, {
          name,
          withinMs: MACHINE_WITHIN_MS,
        }),
    readPublications(ports, [number]),
  ]);
  const mailingId = publications.get(number)?.mailingId;
  if (mailingId !== undefined) {
    const counters = countersOf(name, before);
    await ports.table.writeAll([figureWrite(mailingId, counters, ports.now().toString(36))]);
  }
  if (mark !== undefined) await rememberClick(ports, mark, { at: ports.now(), number, url });
  return url;
}

/** A machine is known by its third link only: then what was counted before is its as well. */
function countersOf(name: string, before: readonly string[]): Counters {
  const isMachine = (names: readonly string[]) => new Set(names).size >= MACHINE_LINKS;
  if (isMachine(before)) return { clickedByMachines: 1 };
  if (!isMachine([...before, name])) return { clicked: 1, [`link:${name}`]: 1 };
  const counters: Counters = { clicked: -before.length, clickedByMachines: before.length + 1 };
  for (const one of before) counters[`link:${one}`] = (counters[`link:${one}`] ?? 0) - 1;
  return counters;
}

/** Only of who wants it, asked at this moment. */
async function rememberClick(ports: Ports, mark: string, click: Click): Promise<void> {
  const opened = open(ports, mark, 'reader');
  if (!opened) return;
  await changePerson(ports, opened.subjectId, ({ reader, profile }) => {
    if (!reader.it.countClicks) return undefined;
    const clicks = [click, ...profile.it.clicks].slice(0, CLICKS_KEPT);
    return { profile: { ...profile.it, clicks } };
  });
}

/** Without those of machines, which follow every link of a letter at once. */
export function clicksByHand(clicks: readonly Click[]): Click[] {
  return clicks.filter((click) => {
    const near = clicks.filter(({ at, number }) => number === click.number && isNear(at, click.at));
    return new Set(near.map(({ url }) => url)).size < MACHINE_LINKS;
  });
}

const isNear = (one: Instant, other: Instant) => Math.abs(one - other) <= MACHINE_WITHIN_MS;
