import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import type { Instant, LocalDate } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { readBrand } from '../people/store.ts';
import { isMoreThan } from './audience-size.ts';
import type { Campaign, Occurrence } from './campaign.ts';
import { whyNotReady } from './ready.ts';
import { scheduleOn } from './rhythm.ts';
import { leavesAt, occurrenceId, readersMost, without, type Series } from './series.ts';
import { campaignWrite, contentWrite, readCampaigns, type Held } from './store.ts';

/**
 * The letter of one date, as a campaign of its own: on the agenda, or waiting for somebody. Its id
 * comes from series and date, so that it cannot be made twice.
 */
export async function occurrenceWrites(
  ports: Ports,
  series: Series,
  letter: Held,
  date: LocalDate,
): Promise<Write[]> {
  const now = ports.now();
  const campaignId = occurrenceId(series.seriesId, date);
  const planned = scheduleOn(series.rhythm, date);
  const brand = await readBrand(ports);
  const waits = await waitsBecause(ports, series, letter, {
    at: planned.startsAt,
    few: brand.largeSend.readers,
  });
  const { seriesId, onlyNewest, checked, by, rhythm } = series;
  const isSecondAsked = waits === 'more-readers' && brand.largeSend.needs === 'second-person';
  const wish = { at: `${date}T${rhythm.at}`, timeZone: rhythm.timeZone };
  const campaign: Campaign = {
    format: 1,
    campaignId,
    name: letter.campaign.name,
    topic: letter.campaign.topic,
    audience: letter.campaign.audience,
    state: waits === null ? 'scheduled' : 'draft',
    unready: waits === 'not-ready' ? true : undefined,
    schedule: waits === null ? planned : null,
    mailingId: null,
    number: null,
    corrects: null,
    occurrence: { seriesId, date, planned, waits, onlyNewest, isOwn: false },
    asked: isSecondAsked ? { by, wish, at: now } : undefined,
    checked: waits === null ? checked : undefined,
    createdAt: now,
    changedAt: now,
  };
  return [
    campaignWrite(campaign, 0),
    contentWrite(campaignId, letter.input, 0),
    ...(waits === null ? [agendaWrite('start-campaign', campaignId, planned.startsAt)] : []),
  ];
}

async function waitsBecause(
  ports: Ports,
  series: Series,
  letter: Held,
  { at, few }: { readonly at: Instant; readonly few: number },
): Promise<Occurrence['waits']> {
  if (await whyNotReady(ports, letter.input)) return 'not-ready';
  if (series.unchanged === 'wait' && series.lastContent === letter.contentVersion)
    return 'unchanged';
  return (await isMoreThan(ports, letter, readersMost(series, few), at)) ? 'more-readers' : null;
}

/** What was taken back of the letters that were made and have not left. */
export type TakenBack = { readonly series: Series; readonly writes: readonly Write[] };

/**
 * Takes back letters of coming dates. Those that nobody had a hand in go, as if they had not been
 * made; one that somebody worked on stays: as it is, or, when it may not leave, as a draft.
 */
export async function takeBack(
  ports: Pick<Ports, 'table' | 'now'>,
  series: Series,
  {
    dates = series.made,
    own,
  }: { readonly dates?: readonly LocalDate[]; readonly own: 'keep' | 'draft' },
): Promise<TakenBack> {
  const now = ports.now();
  const ahead = dates.filter((date) => series.made.includes(date) && leavesAt(series, date) > now);
  const found = await readCampaigns(
    ports,
    ahead.map((date) => occurrenceId(series.seriesId, date)),
  );
  const writes: Write[] = [];
  const gone: LocalDate[] = [];
  for (const { it, version } of found) {
    const { occurrence, campaignId } = it;
    if (!occurrence || it.state === 'started') continue;
    if (occurrence.isOwn && own === 'keep') continue;
    gone.push(occurrence.date);
    writes.push({ kind: 'remove', key: keys.agenda('start-campaign', campaignId) });
    if (occurrence.isOwn) writes.push(campaignWrite(asDraft(it, now), version));
    else
      writes.push(
        { kind: 'remove', key: keys.campaign(campaignId), expected: version },
        { kind: 'remove', key: keys.campaignContent(campaignId) },
      );
  }
  return { series: without(series, gone), writes };
}

/** Somebody's work is not thrown away with the date it was for. */
const asDraft = (campaign: Campaign, now: Instant): Campaign => ({
  ...campaign,
  state: 'draft',
  schedule: null,
  asked: undefined,
  checked: undefined,
  occurrence: undefined,
  changedAt: now,
});
