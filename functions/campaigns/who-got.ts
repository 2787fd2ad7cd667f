import type { Ports } from '../base/ports.ts';
import { addDays, wallTimeIn, type Instant } from '../base/time.ts';
import type { Line } from '../mail/delivery.ts';
import { letterMailingId, welcomeMailingId, type Mailing } from '../mail/mailing.ts';
import type { Publication } from '../mail/publication.ts';
import { deliveryRows, readMailings } from '../mail/store.ts';
import { readPeople, type Person } from '../people/store.ts';

/** Enough people for one page of a plan, whose rows fit one all-or-none write. */
const PEOPLE_A_PAGE = 400;

/** A page of candidates; `next` is where the following one begins, undefined at the end. */
export type CandidatePage<Who = Person> = {
  readonly people: readonly Who[];
  readonly next: string | undefined;
};
export type ReadPage<Who = Person> = (
  segment: number,
  from: string | undefined,
) => Promise<CandidatePage<Who>>;

/**
 * Whom a publication has reached as it was before a moment, alone or in their own letter, read from
 * the delivery log: a reader row forgets after a month. Each segment of a plan reads its share of rows.
 */
export async function whoGot(
  ports: Pick<Ports, 'table'>,
  publication: Publication,
  before: Instant,
  segments: number,
): Promise<ReadPage> {
  const mailings = await readMailings(ports, idsOf(publication, before));
  return async (segment, from) => {
    const ids: string[] = [];
    let at = from === undefined ? undefined : placeIn(from);
    for (const share of sharesOf(mailings, segment, segments)) {
      if (at && (share.mailingId !== at.mailingId || share.segment !== at.segment)) continue;
      const after = at?.sequence;
      at = undefined;
      for await (const { it } of deliveryRows(ports, share.mailingId, share.segment, after)) {
        for (const line of it.lines)
          if (hasIt(line, it.mailingId, publication, before)) ids.push(line.p);
        if (ids.length >= PEOPLE_A_PAGE)
          return {
            people: await reached(ports, ids),
            next: `${share.mailingId} ${share.segment} ${it.sequence}`,
          };
      }
    }
    return { people: await reached(ports, ids), next: undefined };
  };
}

/** Its own mailing, and the letters and welcomes of each day since: in every zone, so one day more on both sides. */
function idsOf({ mailingId, publishedAt }: Publication, before: Instant): string[] {
  const ids = [mailingId];
  const last = addDays(wallTimeIn('UTC', before).date, 1);
  for (
    let day = addDays(wallTimeIn('UTC', publishedAt).date, -1);
    day <= last;
    day = addDays(day, 1)
  )
    ids.push(letterMailingId(day), welcomeMailingId(day));
  return ids;
}

function* sharesOf(
  mailings: readonly Mailing[],
  segment: number,
  of: number,
): Iterable<{ readonly mailingId: string; readonly segment: number }> {
  for (const { mailingId, segments } of mailings)
    for (let own = segment; own < segments; own += of) yield { mailingId, segment: own };
}

/** Who got it as it has been since then is told nothing. What says so is the line: clocks may differ. */
const hasIt = (line: Line, mailingId: string, publication: Publication, before: Instant) =>
  line.o === 'accepted' &&
  (mailingId === publication.mailingId || (line.n ?? []).includes(publication.number)) &&
  (line.c?.[publication.number] ?? 0) < before;

async function reached(ports: Pick<Ports, 'table'>, ids: readonly string[]): Promise<Person[]> {
  const people = await readPeople(ports, [...new Set(ids)]);
  return people.filter((person) => person !== undefined);
}

function placeIn(from: string) {
  const [mailingId = '', segment = '', sequence = ''] = from.split(' ');
  return { mailingId, segment: Number(segment), sequence };
}
