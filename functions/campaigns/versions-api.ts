import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import {
  apiRoute,
  Id,
  json,
  MomentText,
  momentText,
  mustMatch,
  newApi,
  setVersion,
} from '../team/api.ts';
import { CampaignView, HandView, NewCampaign, viewOf } from './api-views.ts';
import { CampaignInput, handOf } from './campaign.ts';
import { readCampaign, type Held } from './store.ts';
import { changedBetween, readVersion, readVersions, type Version } from './versions.ts';
import { changeCampaign } from './write.ts';

const VersionLine = z
  .object({ number: z.int(), at: MomentText, by: HandView.nullable(), name: z.string() })
  .meta({ id: 'CampaignVersion' });
const Changed = CampaignInput.keyof()
  .array()
  .nullable()
  .describe('what is not as in the version before it; null for the oldest that is kept');
const Standing = VersionLine.omit({ number: true }).extend({ changed: Changed });
const Versions = z.object({
  now: Standing.describe('the letter as it stands'),
  items: z.array(VersionLine.extend({ changed: Changed })),
});
const IdAndNumber = Id.extend({ number: z.coerce.number().int().min(1).max(1_000_000) });

const tags = ['campaigns'];
const list = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/versions',
  scope: 'campaigns:read',
  tags,
  summary: 'How a draft stood before, newest first',
  description:
    'One for each piece of work: what somebody saves while writing is one until they pause for five minutes or somebody else goes on. The last fifty are kept.',
  request: { params: Id },
  responses: { 200: json(Versions, 'Its versions.') },
});
const show = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/versions/{number}',
  scope: 'campaigns:read',
  tags,
  summary: 'The letter as it stood then',
  request: { params: IdAndNumber },
  responses: { 200: json(VersionLine.extend({ letter: NewCampaign }), 'The version.') },
});
const restore = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/versions/{number}/restore',
  scope: 'campaigns:write',
  tags,
  summary: 'Go back to a version',
  description:
    'Send If-Match with the ETag of the campaign. What it is now becomes a version, so that one can come back.',
  request: { params: IdAndNumber },
  responses: { 200: json(CampaignView, 'The campaign as it is now.') },
});

/** What a draft was before. */
export function versionsApi(ports: Ports) {
  return newApi()
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param');
      const held = await readCampaign(ports, id);
      return c.json(listOf(held, await readVersions(ports, id)), 200);
    })
    .openapi(show, async (c) => {
      const { id, number } = c.req.valid('param');
      const version = await readVersion(ports, id, number);
      return c.json({ ...lineOfVersion(version), letter: version.input }, 200);
    })
    .openapi(restore, async (c) => {
      const { id, number } = c.req.valid('param');
      const { version } = await readCampaign(ports, id);
      mustMatch(c, version);
      const { input } = await readVersion(ports, id, number);
      const by = handOf(c.get('caller'));
      const held = await changeCampaign(ports, id, version, () => input, {
        by,
        // What was kept then is given back now, finished or not.
        unready: 'keep',
        isPiece: true,
      });
      setVersion(c, held.version);
      return c.json(await viewOf(ports, held), 200);
    });
}

function listOf({ campaign, input }: Held, versions: readonly Version[]): z.infer<typeof Versions> {
  const since = (before: Version | undefined, letter: CampaignInput) =>
    before ? changedBetween(before.input, letter) : null;
  const { changedAt, changedBy: hand, name } = campaign;
  const by = hand ? { id: hand.id, name: hand.name } : null;
  return {
    now: { at: momentText(changedAt), by, name, changed: since(versions[0], input) },
    items: versions.map((version, place) => ({
      ...lineOfVersion(version),
      changed: since(versions[place + 1], version.input),
    })),
  };
}

function lineOfVersion({ number, at, by, input }: Version): z.infer<typeof VersionLine> {
  const hand = by && { id: by.id, name: by.name };
  return { number, at: momentText(at), by: hand, name: input.name };
}
