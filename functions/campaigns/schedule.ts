import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import {
  FIRST_ZONE,
  instantOf,
  isTimeZone,
  MINUTE,
  wallTimeIn,
  type Instant,
  type WallTime,
} from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { handled, type Campaign, type Checked, type Schedule } from './campaign.ts';
import { dryRun } from './dry-run.ts';
import { mustBeReady } from './ready.ts';
import { campaignWrite, readCampaign, type Held } from './store.ts';

/** What is sent now leaves in two minutes, and can be taken back until then. */
export const UNDO_MS = 2 * MINUTE;
const NOW = 'now';

export const ScheduleInput = z.strictObject({
  at: z
    .string()
    .regex(
      /^(now|\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d)$/,
      'must be a local time, as "2026-12-01T09:00", or "now"',
    )
    .refine((at) => at === NOW || isDay(at), 'must be a day of the calendar'),
  timeZone: z
    .string()
    .refine((zone) => zone === 'reader' || isTimeZone(zone), 'must be an IANA zone or "reader"'),
  /** The number of readers as a person typed it, to show that they saw it. */
  expect: z.int().min(0).optional(),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;

/** Puts a draft on the agenda. Nothing is addressed to anyone yet. */
export async function scheduleCampaign(
  ports: Ports,
  campaignId: string,
  wish: ScheduleInput,
  care: { readonly checked?: Checked; readonly earliestAt?: Instant } = {},
): Promise<Held> {
  const held = await readCampaign(ports, campaignId);
  if (held.campaign.state !== 'draft') throw notNow(held.campaign);
  await mustBeReady(ports, held.input);
  const wanted = scheduleOf(wish, ports.now());
  const schedule = { ...wanted, startsAt: Math.max(wanted.startsAt, care.earliestAt ?? 0) };
  if (wish.expect !== undefined) {
    const { candidates } = await dryRun(ports, campaignId, schedule.startsAt);
    if (candidates !== wish.expect)
      throw new Problem('expected-another-number', {
        detail: `It would go to ${candidates === 1 ? '1 reader' : `${candidates} readers`}; ${wish.expect} was typed.`,
      });
  }
  const campaign: Campaign = {
    ...handled(held.campaign),
    state: 'scheduled',
    unready: undefined,
    schedule,
    asked: undefined,
    checked: care.checked,
    changedAt: ports.now(),
  };
  const outcome = await ports.table.writeAll([
    campaignWrite(campaign, held.version),
    agendaWrite('start-campaign', campaignId, schedule.startsAt),
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  return { ...held, campaign, version: held.version + 1 };
}

/** Takes it off the agenda; it is a draft again. */
export async function unscheduleCampaign(ports: Ports, campaignId: string): Promise<Held> {
  const held = await readCampaign(ports, campaignId);
  const { state, asked } = held.campaign;
  const waits = state !== 'started' && asked !== undefined;
  if (state !== 'scheduled' && !waits) throw notNow(held.campaign);
  const campaign: Campaign = {
    ...handled(held.campaign),
    // What is asked of a letter that leaves again and again changes nothing until it is granted.
    state: state === 'scheduled' ? 'draft' : state,
    schedule: null,
    asked: undefined,
    checked: state === 'scheduled' ? undefined : held.campaign.checked,
    changedAt: ports.now(),
  };
  const outcome = await ports.table.writeAll([
    campaignWrite(campaign, held.version),
    { kind: 'remove', key: keys.agenda('start-campaign', campaignId) },
  ]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  return { ...held, campaign, version: held.version + 1 };
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(at: string): boolean {
  const read = Date.parse(`${at}Z`);
  return !Number.isNaN(read) && new Date(read).toISOString().startsWith(at);
}

/** The moment a wish stands for; a problem when it has passed. */
export function scheduleOf({ at, timeZone }: ScheduleInput, now: Instant): Schedule {
  if (at === NOW) return scheduleNow(timeZone, now);
  const wallTime: WallTime = {
    date: at.slice(0, 10),
    minutes: Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)),
  };
  const atReaders = timeZone === 'reader';
  const startsAt = instantOf(atReaders ? FIRST_ZONE : timeZone, wallTime);
  if (startsAt <= now)
    throw new Problem('moment-passed', {
      errors: [
        {
          path: 'at',
          detail: atReaders
            ? 'that hour has already passed for the first readers of the world'
            : 'that hour has already passed there',
        },
      ],
    });
  return { startsAt, timeZone, wallTime, atReaders };
}

function scheduleNow(timeZone: string, now: Instant): Schedule {
  if (timeZone === 'reader')
    throw new Problem('input-invalid', {
      errors: [{ path: 'timeZone', detail: '"now" is one moment for everybody; name a zone' }],
    });
  const startsAt = now + UNDO_MS;
  return { startsAt, timeZone, wallTime: wallTimeIn(timeZone, startsAt), atReaders: false };
}

function notNow(campaign: Campaign): Problem {
  return new Problem('state-does-not-allow', { detail: `The campaign is ${campaign.state}.` });
}
