import { setTimeout as wait } from 'node:timers/promises';
import type { RunningHouse } from './house.ts';

const NOT_SEEN_DAYS = 180;
/** Within the hours in which a reader may be written to, where this house's readers live. */
const HOUR_OF_LETTERS = '10:00';
const ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 500;
const WAIT_AT_MOST_MS = 15 * MINUTE_MS;

export type Figures = Readonly<Record<string, number>> & {
  readonly candidates: number;
  readonly byReason: Readonly<Record<string, number>>;
};
type Campaign = {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly because: string | null;
  readonly figures: Figures;
};
export type Sent = Pick<Campaign, 'state' | 'because' | 'figures'> & {
  /** How many readers the dry run named, when the campaign was made just now. */
  readonly foreseen: number | undefined;
};
type Clock = { readonly now: string; readonly mode: string };

/** One letter to whoever has not bought for a while, with their own last purchase in it. */
export async function sendLetter(house: RunningHouse, topic: string, name: string): Promise<Sent> {
  const campaign = (await find(house, name)) ?? (await write(house, topic, name));
  const path = `/api/v1/campaigns/${campaign.id}`;
  const clock = await clockOf(house);
  const isHeld = clock?.mode === 'held';
  if (campaign.state === 'draft')
    await house.post(`${path}/schedule`, {
      at: isHeld ? nextMorning(clock.now) : nextMinute(clock?.now),
      timeZone: ZONE,
    });
  const waits = ['draft', 'scheduled'].includes(campaign.state);
  const foreseen = waits
    ? (await house.post<{ candidates: number }>(`${path}/dry-run`)).value.candidates
    : undefined;
  if (waits && isHeld) await house.post('/clock', { advance: 'P2D' });
  return { ...(await settled(house, path)), foreseen };
}

async function find(house: RunningHouse, name: string): Promise<Campaign | undefined> {
  for (let cursor = ''; ;) {
    const { value } = await house.get<{ items: Campaign[]; next: string | null }>(
      `/api/v1/campaigns?limit=200${cursor}`,
    );
    const found = value.items.find((campaign) => campaign.name === name);
    if (found || value.next === null) return found;
    cursor = `&cursor=${value.next}`;
  }
}

async function write(house: RunningHouse, topic: string, name: string): Promise<Campaign> {
  const bought = '{{ person.facts.lastPurchaseAt | date }}';
  const paid = '{{ person.facts.lastPurchaseAmount | money: person.facts.currency }}';
  const { value } = await house.post<Campaign>('/api/v1/campaigns', {
    name,
    topic,
    subject: {
      fr: `Votre dernier achat : ${bought}`,
      en: `Your last purchase: ${bought}`,
    },
    audience: { fact: 'lastPurchaseAt', olderThanDays: NOT_SEEN_DAYS },
    content: {
      format: 'markdown',
      source: {
        fr: `{{ person.greeting }},\n\nvotre dernier achat chez nous date du **${bought}**, pour **${paid}**. Depuis, nous avons reçu beaucoup de nouveautés.`,
        en: `{{ person.greeting }},\n\nyour last purchase from us was on **${bought}**, for **${paid}**. Much has come in since.`,
      },
    },
  });
  return value;
}

/** The laptop's clock, if this house shows one. */
async function clockOf(house: RunningHouse): Promise<Clock | undefined> {
  const { status, value } = await house.get<Clock | undefined>('/clock.json');
  return status === 200 ? value : undefined;
}

function nextMorning(now: string): string {
  return `${new Date(Date.parse(now) + DAY_MS).toISOString().slice(0, 10)}T${HOUR_OF_LETTERS}`;
}

/** The next full minute on the wall clock of the zone. */
function nextMinute(now: string | undefined): string {
  const at = (now === undefined ? Date.now() : Date.parse(now)) + 2 * MINUTE_MS;
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at).replace(' ', 'T');
}

/** The campaign once nothing is open any more, or as it is when patience ends. */
async function settled(house: RunningHouse, path: string): Promise<Campaign> {
  const until = performance.now() + WAIT_AT_MOST_MS;
  for (;;) {
    const { value } = await house.get<Campaign>(path);
    const moves = ['scheduled', 'sending'].includes(value.state);
    const onlyHeld = value.figures.candidates > 0 && value.figures.open === 0;
    if (!moves || onlyHeld || performance.now() > until) return value;
    await wait(LOOK_EVERY_MS);
  }
}
