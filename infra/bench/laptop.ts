import { MINUTE } from '../../functions/base/time.ts';
import { scheduleCampaign } from '../../functions/campaigns/schedule.ts';
import { readCampaign } from '../../functions/campaigns/store.ts';
import { standingOf } from '../../functions/campaigns/view.ts';
import { createCampaign } from '../../functions/campaigns/write.ts';
import { countAnew } from '../../functions/stats/count-file.ts';
import { workers } from '../../functions/entry/workers.ts';
import { BORN_AT, bornTown } from './bench-town.ts';
import { figure, memoryPeak, stopwatch, type Figure } from './figure.ts';
import { letter } from './bench-letter.ts';
import { addReaders, TOPIC, type Mix } from './readers.ts';
import { watched, type Seen } from './watched.ts';

/** An hour after the campaign's, and after the letters of the Tuesday that follows. */
const SENT_BY = Date.parse('2026-01-08T10:00:00Z');
const LETTERS_BY = Date.parse('2026-01-13T12:00:00Z');

export type Folder = { readonly data: string };

/** A data folder with so many readers in it. */
export async function prepare({ data, people, mix }: Folder & { people: number; mix: Mix }) {
  const town = await bornTown(data);
  town.sync('later');
  await addReaders(town.ports, { people, mix, topic: TOPIC, at: BORN_AT });
  await town.close();
  return [];
}

/** A campaign on the laptop, from its hour to the last mail accepted, and its letters of the week if there are any. */
export async function laptopCampaign(plan: Folder & { segment: boolean; letters: boolean }) {
  const { workers: hands, seen, begin } = watched(workers);
  const town = await bornTown(plan.data, hands);
  // The count of the file, which a new day begins with, is over before anything is measured.
  await countAnew(town.ports);
  await town.passTime({ to: BORN_AT + 5 * MINUTE });
  begin();
  const memory = memoryPeak();
  const { campaign } = await createCampaign(town.ports, letter(plan.segment));
  await scheduleCampaign(town.ports, campaign.campaignId, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });
  const began = performance.now();
  const watch = stopwatch();
  await town.passTime({ to: SENT_BY });
  const cpu = watch.cpuMicros();
  const held = await readCampaign(town.ports, campaign.campaignId);
  const { state, figures } = await standingOf(town.ports, held.campaign);
  if (state !== 'sent') throw new Error(`the campaign is ${state} and should be sent`);
  const inMailbox = town.mailbox.count();
  const decided = figures.accepted + figures.digest;
  const after = (at: number | undefined) => ((at ?? began) - began) / 1_000;
  const results: Figure[] = [
    figure('candidates', figures.candidates, ''),
    figure('accepted', figures.accepted, 'mails'),
    figure('put off to letters', figures.digest, 'readers'),
    figure(
      'lost, doubtful or twice',
      Math.abs(inMailbox - figures.accepted) + figures.uncertain,
      '',
    ),
    figure('first mail', after(seen.firstMailAt), 's'),
    figure('planned', after(seen.plannedAt), 's'),
    figure('last mail', after(seen.lastMailAt), 's'),
    figure('mails a second', figures.accepted / after(seen.lastMailAt), '/s'),
    figure('decisions a second', decided / after(seen.lastMailAt), '/s'),
    figure('CPU a decision', cpu / decided, 'µs'),
    ...tableFigures(seen, decided),
  ];
  if (plan.letters) results.push(...(await letters(town, seen)));
  results.push(figure('memory at most', memory.megabytes(), 'MB'));
  await town.close();
  return results;
}

function tableFigures(seen: Seen, decided: number): Figure[] {
  return [
    figure('reader rows written a decision', seen.readerRowsWritten / decided, ''),
    figure('log rows written a decision', seen.logRowsWritten / decided, ''),
    figure('other rows written a decision', seen.otherRowsWritten / decided, ''),
    figure('rows read a decision', seen.rowsRead / decided, ''),
    figure('mails a call', seen.mails / Math.max(1, seen.calls), ''),
  ];
}

async function letters(town: Awaited<ReturnType<typeof bornTown>>, seen: Seen): Promise<Figure[]> {
  const before = seen.mails;
  const watch = stopwatch();
  await town.passTime({ to: LETTERS_BY });
  const mails = seen.mails - before;
  return [
    figure('letters of the week', mails, 'mails'),
    figure('letters a second', mails / watch.seconds(), '/s'),
    figure('CPU a letter', watch.cpuMicros() / Math.max(1, mails), 'µs'),
  ];
}
