import { expect, it } from 'vitest';
import type { Ports } from '../../functions/base/ports.ts';
import { MINUTE } from '../../functions/base/time.ts';
import { planCampaign } from '../../functions/campaigns/plan.ts';
import { PLAN_SEGMENTS, startCampaign } from '../../functions/campaigns/start.ts';
import { dispatch } from '../../functions/mail/dispatch.ts';
import { deliveryRows } from '../../functions/mail/store.ts';
import { readPerson } from '../../functions/people/store.ts';
import { figuresOf, schedule, townWithClaire } from './reader-cast.ts';

it('a worker that comes late to a row which somebody else carried out leaves its reader the place under the cap', async () => {
  const { town, id } = await townWithClaire();
  // Nobody else is at work: what is posted stays where it is.
  const ports: Ports = {
    ...town.ports,
    now: () => town.now() + 2 * MINUTE,
    queue: { post: async () => undefined },
  };
  const follows = (delivery: 'off' | 'immediate') =>
    town.call('POST', `/people/${id}/preferences`, {
      subscriptions: [{ topic: 'arrivages', delivery }],
      agent: { name: 'Nina', method: 'phone' },
    });
  const names: Parameters<typeof dispatch>[1][] = [];
  let isFirst = true;
  const late: Ports = {
    ...ports,
    table: {
      get: (key) => ports.table.get(key),
      getMany: (keys) => ports.table.getMany(keys),
      query: (...asked) => ports.table.query(...asked),
      scanPeople: (...asked) => ports.table.scanPeople(...asked),
      due: (...asked) => ports.table.due(...asked),
      writeAll: (writes) => ports.table.writeAll(writes),
      // While this one is about to take the turn, Claire leaves, another worker carries out the row, and she comes back.
      writeEach: async (writes) => {
        if (isFirst) {
          isFirst = false;
          await follows('off');
          await dispatch(ports, names[0]!);
          await follows('immediate');
        }
        return ports.table.writeEach(writes);
      },
    },
  };
  const campaignId = await schedule(town, 'arrivages');
  await startCampaign(ports, campaignId);
  const mailingId = `c-${campaignId}`;
  for (let segment = 0; segment < PLAN_SEGMENTS; segment += 1) {
    await planCampaign(ports, { do: 'plan-campaign', mailingId, campaignId, segment });
    for await (const { it } of deliveryRows(ports, mailingId, segment)) names.push(it);
  }
  expect(names).toHaveLength(1);
  await dispatch(late, names[0]!);
  expect(await figuresOf(town, campaignId)).toMatchObject({ accepted: 0, dropped: 1 });
  expect((await readPerson(ports, id))?.reader.it.recent).toEqual([]);
});
