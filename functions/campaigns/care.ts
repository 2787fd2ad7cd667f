import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readBrand } from '../people/store.ts';
import { mustBeNamed } from '../people/unnamed.ts';
import type { Caller } from '../team/caller.ts';
import { isMoreThan } from './audience-size.ts';
import { handOf, type Checked, type Hand } from './campaign.ts';
import type { Cared } from './cared.ts';
import { mustBeReady } from './ready.ts';
import { approveRepeat } from './repeat.ts';
import { scheduleOf, UNDO_MS, type ScheduleInput } from './schedule-wish.ts';
import { scheduleCampaign } from './schedule.ts';
import { campaignWrite, readCampaign, type Held } from './store.ts';

/**
 * A send to many is looked at twice before it is believed: its number typed by a person, or a second
 * person who says yes, as the house has set it; and for two minutes it can be taken back.
 */
export async function scheduleWithCare(
  ports: Ports,
  campaignId: string,
  wish: ScheduleInput,
  caller: Caller,
): Promise<Cared> {
  const [held, brand] = await Promise.all([readCampaign(ports, campaignId), readBrand(ports)]);
  mustBeNamed(ports, brand);
  const by = handOf(caller);
  const now = ports.now();
  const { readers, needs } = brand.largeSend;
  const mayGo = held.campaign.state === 'draft';
  // Nobody sits at a program's keyboard to type a number; a second person looks at its sends too.
  const isAsked = needs === 'second-person' || caller.is === 'member';
  const isLarge =
    mayGo && isAsked && (await isMoreThan(ports, held, readers, scheduleOf(wish, now).startsAt));
  if (!isLarge) {
    const checked: Checked = {
      by,
      how: wish.expect !== undefined ? 'number' : isAsked ? 'few' : 'program',
      second: null,
      at: now,
    };
    return { held: await scheduleCampaign(ports, campaignId, wish, { checked }), facts: {} };
  }
  // Nobody is asked to look at what could not leave.
  await mustBeReady(ports, held.input);
  if (needs === 'second-person') return ask(ports, held, wish, by);
  if (wish.expect === undefined)
    throw new Problem('second-look-needed', {
      detail: `It would go to more than ${readers} readers: type their number in "expect".`,
    });
  const checked: Checked = { by, how: 'number', second: null, at: now };
  const care = { checked, earliestAt: now + UNDO_MS };
  return {
    held: await scheduleCampaign(ports, campaignId, wish, care),
    facts: { readers: wish.expect, typed: true },
  };
}

/** The second person says yes to what the first one asked for, unless it has changed since. */
export async function approveCampaign(
  ports: Ports,
  campaignId: string,
  caller: Caller,
): Promise<Cared> {
  const held = await readCampaign(ports, campaignId);
  const { asked } = held.campaign;
  if (held.campaign.state === 'scheduled' || held.campaign.state === 'started' || !asked)
    throw new Problem('state-does-not-allow', { detail: 'Nobody has asked for a second look.' });
  if (caller.is !== 'member' || caller.id === asked.by.id)
    throw new Problem('second-person-needed', {
      detail: `${asked.by.name} asked for it; somebody else says yes.`,
    });
  const now = ports.now();
  const second = handOf(caller);
  const { repeat } = asked.wish;
  if (repeat) {
    const { held: began, facts } = await approveRepeat(ports, held, repeat, {
      by: asked.by,
      second,
    });
    return { held: began, facts: { ...facts, asked: asked.by.id } };
  }
  const checked: Checked = { by: asked.by, how: 'second-person', second, at: now };
  const care = { checked, earliestAt: now + UNDO_MS };
  return {
    held: await scheduleCampaign(ports, campaignId, asked.wish, care),
    facts: { asked: asked.by.id },
  };
}

async function ask(ports: Ports, held: Held, wish: ScheduleInput, by: Hand): Promise<Cared> {
  const campaign = {
    ...held.campaign,
    asked: { by, wish, at: ports.now() },
    changedAt: ports.now(),
  };
  const outcome = await ports.table.writeAll([campaignWrite(campaign, held.version)]);
  if (outcome === 'conflict') throw new Problem('changed-meanwhile');
  return { held: { ...held, campaign, version: held.version + 1 }, facts: { waits: true } };
}
