import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { audienceSchema, conditionSchema } from '../people/condition-schema.ts';
import { cursorOf, mustMatch, newApi, placeIn, setVersion, type Page } from '../team/api.ts';
import { answersOf } from './answers.ts';
import * as route from './api-routes.ts';
import { changed, viewOf } from './api-views.ts';
import { handOf } from './campaign.ts';
import { approveCampaign, scheduleWithCare } from './care.ts';
import {
  pauseCampaign,
  resendDoubtful,
  resumeCampaign,
  stopCampaign,
  testCampaign,
  withdrawCampaign,
} from './control.ts';
import { clicksOf } from './clicks.ts';
import { correctCampaign } from './correct.ts';
import {
  deliveriesOfCampaign,
  type DeliveryFilter,
  type DeliveryView,
  type LogPlace,
} from './deliveries.ts';
import { pageOfCampaigns } from './list.ts';
import { unscheduleCampaign } from './schedule.ts';
import { readCampaign } from './store.ts';
import { changeCampaign, createCampaign, duplicateCampaign } from './write.ts';

/** A call reads no more rows of a log than this, of up to a thousand lines each. */
const ROWS_A_CALL = 400;

/** Campaigns: written, rehearsed, scheduled, held, ended, looked at. */
export function campaignsApi(ports: Ports) {
  const app = newApi();
  app.openAPIRegistry.registerComponent('schemas', 'Condition', conditionSchema());
  app.openAPIRegistry.registerComponent('schemas', 'Audience', audienceSchema());
  const current = async (id: string) => viewOf(ports, await readCampaign(ports, id));
  const after = async (act: typeof pauseCampaign, id: string) => {
    await act(ports, id);
    return current(id);
  };
  return app
    .openapi(route.make, async (c) => {
      const held = await createCampaign(ports, c.req.valid('json'), {
        by: handOf(c.get('caller')),
        unready: c.req.valid('query').unready,
      });
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 201);
    })
    .openapi(route.list, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const page = { limit, after: placeIn({ cursor }) };
      return c.json(await pageOfCampaigns(ports, filter, page), 200);
    })
    .openapi(route.show, async (c) => {
      const held = await readCampaign(ports, c.req.valid('param').id);
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(route.change, async (c) => {
      const { id } = c.req.valid('param');
      const { version } = await readCampaign(ports, id);
      mustMatch(c, version);
      const wish = c.req.valid('json');
      const held = await changeCampaign(ports, id, version, (input) => changed(input, wish), {
        by: handOf(c.get('caller')),
        unready: c.req.valid('query').unready,
      });
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(route.duplicate, async (c) => {
      const held = await duplicateCampaign(ports, c.req.valid('param').id, handOf(c.get('caller')));
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 201);
    })
    .openapi(route.schedule, async (c) => {
      const { id } = c.req.valid('param');
      const { held, facts } = await scheduleWithCare(
        ports,
        id,
        c.req.valid('json'),
        c.get('caller'),
      );
      c.set('facts', facts);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(route.approve, async (c) => {
      const { id } = c.req.valid('param');
      const { held, facts } = await approveCampaign(ports, id, c.get('caller'));
      c.set('facts', facts);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(route.unschedule, async (c) => {
      const held = await unscheduleCampaign(ports, c.req.valid('param').id);
      return c.json(await viewOf(ports, held), 200);
    })
    .openapi(route.pause, async (c) =>
      c.json(await after(pauseCampaign, c.req.valid('param').id), 200),
    )
    .openapi(route.resume, async (c) =>
      c.json(await after(resumeCampaign, c.req.valid('param').id), 200),
    )
    .openapi(route.stop, async (c) =>
      c.json(await after(stopCampaign, c.req.valid('param').id), 200),
    )
    .openapi(route.withdraw, async (c) =>
      c.json(await after(withdrawCampaign, c.req.valid('param').id), 200),
    )
    .openapi(route.resend, async (c) =>
      c.json(await after(resendDoubtful, c.req.valid('param').id), 200),
    )
    .openapi(route.correct, async (c) => {
      const wish = c.req.valid('json');
      const held = await correctCampaign(ports, c.req.valid('param').id, wish);
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 201);
    })
    .openapi(route.answers, async (c) => {
      const { campaign } = await readCampaign(ports, c.req.valid('param').id);
      const items = await answersOf(ports, campaign);
      return c.json({ items: items.map((one) => ({ ...one, answers: [...one.answers] })) }, 200);
    })
    .openapi(route.links, async (c) => {
      const { campaign } = await readCampaign(ports, c.req.valid('param').id);
      return c.json({ items: await clicksOf(ports, campaign) }, 200);
    })
    .openapi(route.trial, async (c) => {
      const { to, language } = c.req.valid('json');
      const wish = { to, ...(language === undefined ? {} : { language }) };
      await testCampaign(ports, c.req.valid('param').id, wish);
      return c.json({ sent: 1 as const }, 202);
    })
    .openapi(route.deliveries, async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const { id } = c.req.valid('param');
      await readCampaign(ports, id);
      return c.json(await pageOfDeliveries(ports, id, filter, { limit, cursor }), 200);
    });
}

async function pageOfDeliveries(
  ports: Pick<Ports, 'table'>,
  campaignId: string,
  filter: DeliveryFilter,
  page: Page,
) {
  const items: DeliveryView[] = [];
  let last: LogPlace | undefined;
  let rows = 0;
  for await (const { line, place } of deliveriesOfCampaign(
    ports,
    campaignId,
    filter,
    logPlaceIn(page),
  )) {
    if (last && (items.length === page.limit || rows === ROWS_A_CALL))
      return { items, next: cursorOf(textOf(last)) };
    if (line) items.push(line);
    else rows += 1;
    last = place;
  }
  return { items, next: null };
}

const textOf = ({ segment, row, line }: LogPlace) => `${segment}.${line}.${row}`;

function logPlaceIn(page: Page): LogPlace | undefined {
  const text = placeIn(page);
  if (text === undefined) return undefined;
  const match = /^(\d{1,4})\.(\d{1,5})\.(.+)$/.exec(text);
  if (!match)
    throw new Problem('input-invalid', {
      errors: [{ path: 'cursor', detail: 'must be the "next" of an earlier page' }],
    });
  return { segment: Number(match[1]), line: Number(match[2]), row: match[3]! };
}
