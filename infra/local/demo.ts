import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { CampaignInput } from '../../functions/campaigns/campaign.ts';
import {
  addDays,
  DAY,
  HOUR,
  wallTimeIn,
  weekdayOf,
  type Instant,
  type LocalDate,
} from '../../functions/base/time.ts';
import { addPerson } from '../../functions/consent/add-person.ts';
import { Event } from '../../functions/events/event.ts';
import { takeEvents } from '../../functions/events/take-events.ts';
import { readBrand, readTopics, topicWrite } from '../../functions/people/store.ts';
import { Topic } from '../../functions/people/topic.ts';
import { countFile } from '../../functions/stats/count-file.ts';
import { DEMO_LETTERS, DEMO_TOPICS } from './demo-letters.ts';
import { passDemoWeeks, type DemoTown } from './demo-departures.ts';
import { DEMO_PEOPLE, demoAddress, demoPerson } from './demo-people.ts';
import { seedTeam } from './demo-team.ts';

/** How far back the demo's past begins. */
export const DEMO_PAST_MS = 45 * DAY;
const THURSDAY = 4;
const WEEKS_PAST = 6;

/**
 * A house with readers and a past, made through the same verbs as a real one: six letters in six
 * weeks, some readers who came to leave, then today, and the letters of the weeks to come already on
 * the agenda.
 */
export async function seedDemo(town: DemoTown): Promise<void> {
  const { ports } = town;
  const bornAt = ports.now();
  await ports.table.writeEach(
    DEMO_TOPICS.map((topic, place) =>
      topicWrite(Topic.parse({ ...topic, createdAt: bornAt + place }), 0),
    ),
  );
  await seedTeam(ports);
  const house = { brand: await readBrand(ports), topics: await readTopics(ports) };
  const people = Array.from({ length: DEMO_PEOPLE }, (_, index) =>
    demoPerson(index, bornAt - (index + 1) * HOUR),
  );
  // Side by side, so that they share their commits.
  await Promise.all(people.map((person) => addPerson(ports, house, person)));
  await takeEvents(ports, demoPurchases(bornAt));
  const first = firstThursday(wallTimeIn(house.brand.timeZone, bornAt).date);
  for (const [place, letter] of DEMO_LETTERS.entries()) {
    const { campaign } = await createCampaign(ports, CampaignInput.parse(letter));
    const date = addDays(first, daysTo(place));
    await scheduleCampaign(ports, campaign.campaignId, {
      at: `${date}T10:00`,
      timeZone: house.brand.timeZone,
    });
  }
  await passDemoWeeks(town, house, bornAt + DEMO_PAST_MS);
  await countFile(ports, { anew: true });
}

/** One a week so far, then two: whoever signs up today for a letter a week soon sees several in one. */
function daysTo(place: number): number {
  const coming = place - WEEKS_PAST;
  return coming < 0 ? place * 7 : (WEEKS_PAST + Math.floor(coming / 2)) * 7 + (coming % 2) * 2;
}

/** A day on which no reader's own letter leaves, so that the two can be told apart. */
function firstThursday(from: LocalDate): LocalDate {
  return addDays(from, 1 + ((THURSDAY - weekdayOf(addDays(from, 1)) + 7) % 7));
}

/** Two in three readers have bought something, some of them long ago. */
function demoPurchases(bornAt: Instant): Event[] {
  return Array.from({ length: DEMO_PEOPLE }, (_, index) => index)
    .filter((index) => index % 3 !== 0)
    .map((index) =>
      Event.parse({
        id: `demo-${index}`,
        type: 'purchase',
        email: demoAddress(index + 1),
        at: new Date(bornAt - ((index * 37) % 400) * DAY).toISOString(),
        data: { amount: 18 + ((index * 11) % 140), currency: 'EUR', items: 1 + (index % 6) },
      }),
    );
}
