import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { occurrenceWrites } from './occurrence.ts';
import { stepOf, type Series } from './series.ts';
import { campaignWrite, readCampaign, readSeries, seriesWrite, type Held } from './store.ts';

const ATTEMPTS = 8;
const KIND = 'repeat';

/** Its letters are made when their time comes. */
export const stepSeriesWrite = (seriesId: string, at: number): Write =>
  agendaWrite(KIND, seriesId, at);
export const noStepWrite = (seriesId: string): Write => ({
  kind: 'remove',
  key: keys.agenda(KIND, seriesId),
});

/** Sets it going at once; the agenda does it should this be lost. */
export const postStep = (ports: Pick<Ports, 'queue'>, seriesId: string): Promise<void> =>
  ports.queue.post('work', [{ body: { do: 'agenda', kind: KIND, id: seriesId } }]);

/**
 * Makes the letters whose time has come. Each is written together with the series it belongs to,
 * all or none, so that no crash, repetition or second worker makes one twice or leaves one out.
 */
export async function stepSeries(ports: Ports, seriesId: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await readSeries(ports, seriesId);
    if (!found || found.it.endedAt !== null) {
      await ports.table.writeAll([noStepWrite(seriesId)]);
      return;
    }
    const letter = await readCampaign(ports, seriesId);
    const { after, make, wakeAt } = stepOf(found.it, ports.now());
    const made = await Promise.all(
      make.map((date) => occurrenceWrites(ports, found.it, letter, date)),
    );
    const copied: Series =
      make.length === 0 ? after : { ...after, lastContent: letter.contentVersion };
    const outcome = await ports.table.writeAll([
      seriesWrite(copied, found.version),
      ...made.flat(),
      ...(wakeAt === null ? endWrites(letter, ports.now()) : [stepSeriesWrite(seriesId, wakeAt)]),
    ]);
    if (outcome === 'conflict') continue;
    const missed = after.missed - found.it.missed;
    if (make.length > 0) log('info', 'series-stepped', { series: seriesId, made: make.length });
    if (missed > 0) log('warn', 'series-missed', { series: seriesId, dates: missed });
    return;
  }
  throw new Problem('too-many-hands');
}

/** Its last date has gone by. */
const endWrites = ({ campaign, version }: Held, now: number): Write[] => [
  campaignWrite({ ...campaign, state: 'ended', asked: undefined, changedAt: now }, version),
  noStepWrite(campaign.campaignId),
];
