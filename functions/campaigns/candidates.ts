import type { Ports } from '../base/ports.ts';
import { readPublications } from '../mail/store.ts';
import { peopleIn } from '../people/store.ts';
import { audienceOf } from './candidate.ts';
import { spelledOf } from './conditions.ts';
import { readCampaign, type Held } from './store.ts';
import { whoGot, type ReadPage } from './who-got.ts';

/** Rows of people read at a time; their delivery rows fit one all-or-none write. */
const ROWS_A_PAGE = 1_000;

/** Everybody the audience matches; of a correction, those who got what it puts right. */
export async function candidatesOf(
  ports: Pick<Ports, 'table' | 'now'>,
  held: Held,
  segments: number,
): Promise<ReadPage> {
  const { campaign } = held;
  if (campaign.corrects !== null) {
    const { campaign: original } = await readCampaign(ports, campaign.corrects);
    const wrong = (await readPublications(ports, [original.number!])).get(original.number!)!;
    return whoGot(ports, wrong, campaign.createdAt, segments);
  }
  const audience = audienceOf(await spelledOf(ports, held));
  return async (index, from) => {
    const page = await ports.table.scanPeople({ index, of: segments }, from, ROWS_A_PAGE);
    const now = ports.now();
    return { people: peopleIn(page).filter((person) => audience(person, now)), next: page.next };
  };
}
