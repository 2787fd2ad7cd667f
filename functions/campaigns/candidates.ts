import type { Ports } from '../base/ports.ts';
import { readPublications } from '../mail/store.ts';
import { peopleIn, readersIn, type Someone } from '../people/store.ts';
import { audienceAsksProfile, audienceOf } from './candidate.ts';
import { spelledOf } from './conditions.ts';
import { readCampaign, type Held } from './store.ts';
import { whoGot, type ReadPage } from './who-got.ts';

/** People read at a time; their delivery rows fit one all-or-none write. */
const PEOPLE_A_PAGE = 500;
type Store = Pick<Ports, 'table' | 'now'>;

/** Everybody the audience matches; of a correction, those who got what it puts right. */
export async function candidatesOf(ports: Store, held: Held, segments: number): Promise<ReadPage> {
  if (held.campaign.corrects !== null) return whoGotOriginal(ports, held, segments);
  const audience = audienceOf(await spelledOf(ports, held));
  return async (index, from) => {
    const segment = { index, of: segments };
    const page = await ports.table.scanPeople(segment, from, 2 * PEOPLE_A_PAGE);
    const now = ports.now();
    return { people: peopleIn(page).filter((person) => audience(person, now)), next: page.next };
  };
}

/** The same, for whoever looks at their reader rows only: profiles are read where the audience asks. */
export async function candidateReadersOf(
  ports: Store,
  held: Held,
  segments: number,
): Promise<ReadPage<Someone>> {
  const spelled = await spelledOf(ports, held);
  if (held.campaign.corrects !== null || audienceAsksProfile(spelled))
    return candidatesOf(ports, held, segments);
  const audience = audienceOf(spelled);
  return async (index, from) => {
    const segment = { index, of: segments };
    const page = await ports.table.scanPeople(segment, from, PEOPLE_A_PAGE, 'readers');
    const now = ports.now();
    return { people: readersIn(page).filter((reader) => audience(reader, now)), next: page.next };
  };
}

async function whoGotOriginal(ports: Store, { campaign }: Held, segments: number) {
  const { campaign: original } = await readCampaign(ports, campaign.corrects!);
  const wrong = (await readPublications(ports, [original.number!])).get(original.number!)!;
  return whoGot(ports, wrong, campaign.createdAt, segments);
}
