import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { handled, type Campaign, type Checked } from './campaign.ts';
import { dryRun } from './dry-run.ts';
import { mustBeReady } from './ready.ts';
import { scheduleOf, type ScheduleInput } from './schedule-wish.ts';
import { campaignWrite, readCampaign, type Held } from './store.ts';

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

function notNow(campaign: Campaign): Problem {
  return new Problem('state-does-not-allow', { detail: `The campaign is ${campaign.state}.` });
}
