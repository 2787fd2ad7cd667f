import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { readBrand } from '../people/store.ts';
import { isMoreThan } from './audience-size.ts';
import type { Campaign } from './campaign.ts';
import { readersMost } from './series.ts';
import { campaignWrite, readSeries, type Held } from './store.ts';

/**
 * The letter of a date was made days ago, for those who were its readers then. Are there many more
 * in the hour in which it leaves than somebody said yes to, it waits like one that was made for so
 * many. Undefined when it may go, and of one that somebody had a hand in: they saw its number.
 */
export async function waitsAsGrown(ports: Ports, held: Held): Promise<Write[] | undefined> {
  const { occurrence } = held.campaign;
  if (!occurrence || occurrence.isOwn) return undefined;
  const [series, brand] = await Promise.all([
    readSeries(ports, occurrence.seriesId),
    readBrand(ports),
  ]);
  if (!series) return undefined;
  const now = ports.now();
  const { readers, needs } = brand.largeSend;
  if (!(await isMoreThan(ports, held, readersMost(series.it, readers), now))) return undefined;
  const { by, rhythm } = series.it;
  // Its hour has come, for all its readers or for the first of them: a yes lets it go.
  const timeZone = rhythm.timeZone === 'reader' ? brand.timeZone : rhythm.timeZone;
  const campaign: Campaign = {
    ...held.campaign,
    state: 'draft',
    schedule: null,
    occurrence: { ...occurrence, waits: 'more-readers' },
    asked: needs === 'second-person' ? { by, wish: { at: 'now', timeZone }, at: now } : undefined,
    checked: undefined,
    changedAt: now,
  };
  return [
    campaignWrite(campaign, held.version),
    { kind: 'remove', key: keys.agenda('start-campaign', campaign.campaignId) },
  ];
}
