import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { wallTimeIn } from '../base/time.ts';
import { readBrand } from '../people/store.ts';
import { mustBeNamed } from '../people/unnamed.ts';
import type { Caller } from '../team/caller.ts';
import { readersOf } from './audience-size.ts';
import { handOf, type Campaign, type Checked, type Hand } from './campaign.ts';
import type { Cared } from './cared.ts';
import { takeBack } from './occurrence.ts';
import { mustBeReady } from './ready.ts';
import { begun, Repeat, scheduleOn, type Begun } from './rhythm.ts';
import { UNDO_MS } from './schedule-wish.ts';
import { before, leavesAt, type Series } from './series.ts';
import { postStep, stepSeriesWrite } from './step-series.ts';
import { campaignWrite, readCampaign, readSeries, seriesWrite, type Held } from './store.ts';

export const RepeatInput = Repeat.extend({
  /** The number of readers as a person typed it: those of the first date. */
  expect: z.int().min(0).optional(),
});
export type RepeatInput = z.infer<typeof RepeatInput>;

/**
 * Makes a letter leave again and again, or changes how one does. Who says yes to the first says yes
 * to those to come, as long as not many more readers get them.
 */
export async function repeatWithCare(
  ports: Ports,
  campaignId: string,
  { expect, ...repeat }: RepeatInput,
  caller: Caller,
): Promise<Cared> {
  const [held, brand] = await Promise.all([readCampaign(ports, campaignId), readBrand(ports)]);
  mustBeNamed(ports, brand);
  mustRepeat(held);
  await mustBeReady(ports, held.input);
  const rhythm = await beginning(ports, repeat);
  const by = handOf(caller);
  const now = ports.now();
  const readers = await readersOf(ports, held, scheduleOn(rhythm, rhythm.from).startsAt);
  if (expect !== undefined && expect !== readers)
    throw new Problem('expected-another-number', {
      detail: `It would go to ${readers === 1 ? '1 reader' : `${readers} readers`}; ${expect} was typed.`,
    });
  const { needs, readers: few } = brand.largeSend;
  const isAsked = needs === 'second-person' || caller.is === 'member';
  if (readers > few && isAsked && needs === 'second-person') return ask(ports, held, repeat, by);
  if (readers > few && isAsked && expect === undefined)
    throw new Problem('second-look-needed', {
      detail: `It would go to more than ${few} readers: type their number in "expect".`,
    });
  const how = expect !== undefined ? 'number' : isAsked ? 'few' : 'program';
  return begin(ports, held, {
    repeat: { ...repeat, rhythm },
    checked: { by, how, second: null, at: now },
    approvedFor: how === 'few' ? null : readers,
  });
}

/** The second person says yes to all that is to come. */
export async function approveRepeat(
  ports: Ports,
  held: Held,
  repeat: Repeat,
  { by, second }: { readonly by: Hand; readonly second: Hand },
): Promise<Cared> {
  await mustBeReady(ports, held.input);
  const rhythm = await beginning(ports, repeat);
  const checked: Checked = { by, how: 'second-person', second, at: ports.now() };
  const approvedFor = await readersOf(ports, held, scheduleOn(rhythm, rhythm.from).startsAt);
  return begin(ports, held, { repeat: { ...repeat, rhythm }, checked, approvedFor });
}

/** From its first date that is still ahead, with two minutes to take it back. */
export async function beginning(
  ports: Pick<Ports, 'table' | 'now'>,
  { rhythm }: Pick<Repeat, 'rhythm'>,
): Promise<Begun> {
  const now = ports.now();
  const today = wallTimeIn((await readBrand(ports)).timeZone, now).date;
  const found = begun(rhythm, today, now + UNDO_MS);
  if (found) return found;
  throw new Problem('moment-passed', {
    errors: [{ path: 'rhythm.until', detail: 'no date of it is still ahead' }],
  });
}

function mustRepeat({ campaign, input }: Held): void {
  const { state, corrects, occurrence } = campaign;
  if (!['draft', 'recurring', 'ended'].includes(state) || corrects !== null || occurrence)
    throw new Problem('state-does-not-allow', {
      detail: occurrence
        ? 'It is one letter of a series already; change the series, or duplicate it.'
        : corrects === null
          ? `The campaign is ${state}.`
          : 'A correction is sent once.',
    });
  if (input.expiresAt !== undefined) throw cannotExpire();
}

/** One day for letters of many days: what is too old for readers' own letters is said otherwise. */
export const cannotExpire = () =>
  new Problem('input-invalid', {
    errors: [
      { path: 'expiresAt', detail: 'a letter that leaves again and again cannot expire on a day' },
    ],
  });

async function ask(ports: Ports, held: Held, repeat: Repeat, by: Hand): Promise<Cared> {
  const { from, at, timeZone } = { ...repeat.rhythm, ...(await beginning(ports, repeat)) };
  const campaign: Campaign = {
    ...held.campaign,
    asked: { by, wish: { at: `${from}T${at}`, timeZone, repeat }, at: ports.now() },
    changedAt: ports.now(),
  };
  if ((await ports.table.writeAll([campaignWrite(campaign, held.version)])) === 'conflict')
    throw new Problem('changed-meanwhile');
  return { held: { ...held, campaign, version: held.version + 1 }, facts: { waits: true } };
}

type Begins = {
  readonly repeat: { readonly rhythm: Begun } & Pick<Repeat, 'onlyNewest' | 'unchanged'>;
  readonly checked: Checked;
  readonly approvedFor: number | null;
};

/** Letters of the rhythm before, made and not left, give way to those of the new one. */
async function begin(ports: Ports, held: Held, begins: Begins): Promise<Cared> {
  const { repeat, checked, approvedFor } = begins;
  const seriesId = held.campaign.campaignId;
  const now = ports.now();
  const found = await readSeries(ports, seriesId);
  const back = found && (await takeBack(ports, found.it, { own: 'keep' }));
  const series: Series = {
    format: 1,
    seriesId,
    rhythm: repeat.rhythm,
    through: later(before(repeat.rhythm), found && lastLeft(found.it, now)),
    made: back?.series.made ?? [],
    skipped: found?.it.skipped ?? [],
    missed: found?.it.missed ?? 0,
    onlyNewest: repeat.onlyNewest,
    unchanged: repeat.unchanged,
    lastContent: found?.it.lastContent ?? null,
    checked,
    approvedFor,
    by: checked.by,
    endedAt: null,
  };
  const campaign: Campaign = {
    ...held.campaign,
    state: 'recurring',
    asked: undefined,
    checked,
    changedAt: now,
  };
  const outcome = await ports.table.writeAll([
    campaignWrite(campaign, held.version),
    seriesWrite(series, found?.version ?? 0),
    ...(back?.writes ?? []),
    stepSeriesWrite(seriesId, now),
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  await postStep(ports, seriesId);
  return {
    held: { ...held, campaign, version: held.version + 1 },
    facts: {
      first: repeat.rhythm.from,
      ...(checked.how === 'number' && approvedFor !== null
        ? { readers: approvedFor, typed: true }
        : {}),
    },
  };
}

const later = (one: string, other: string | undefined) =>
  other !== undefined && other > one ? other : one;

/** No day gets a second letter because the hour was changed. */
const lastLeft = (series: Series, now: number): string =>
  [series.through, ...series.made.filter((date) => leavesAt(series, date) <= now)].sort().at(-1)!;
