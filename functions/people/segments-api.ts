import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import {
  apiRoute,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  mustMatch,
  newApi,
  Page,
  pageIn,
  pageOf,
  setVersion,
} from '../team/api.ts';
import { AudienceField, ConditionField, conditionSchema } from './condition-schema.ts';
import { countPeople } from './count.ts';
import { lineOfPerson, PersonLine } from './person-line.ts';
import type { Segment } from './segment.ts';
import {
  audienceNow,
  changeSegment,
  makeSegment,
  recount,
  speaker,
  type Speak,
} from './segments.ts';
import { readSegment, readSegments, segmentWrite } from './store.ts';

const Name = z.string().trim().min(1).max(80);
/** A condition as one would say it, in each language of the console. */
export const Sentence = z.object({ fr: z.string(), en: z.string() });
const SegmentView = z
  .object({
    id: z.string(),
    name: Name,
    condition: ConditionField,
    sentence: Sentence,
    count: z.object({ people: z.int(), at: MomentText }).nullable(),
    createdAt: MomentText,
    changedAt: MomentText,
    retiredAt: MomentText.nullable(),
  })
  .meta({ id: 'Segment' });

const tags = ['segments'];
const answered = { 200: json(SegmentView, 'The segment; its ETag is what a change needs.') };
const list = apiRoute({
  method: 'get',
  path: '/segments',
  scope: 'segments:read',
  tags,
  summary: 'Saved segments, in the order they were made',
  description: 'Each with its last count and the moment of that: nothing is counted for a list.',
  request: { query: Page },
  responses: { 200: json(pageOf(SegmentView), 'A page of segments, retired ones included.') },
});
const make = apiRoute({
  method: 'post',
  path: '/segments',
  scope: 'segments:write',
  tags,
  summary: 'Save a segment',
  request: jsonBody(z.strictObject({ name: Name, condition: ConditionField })),
  responses: { 201: json(SegmentView, 'The segment.') },
});
const show = apiRoute({
  method: 'get',
  path: '/segments/{id}',
  scope: 'segments:read',
  tags,
  summary: 'One segment',
  request: { params: Id },
  responses: answered,
});
const change = apiRoute({
  method: 'patch',
  path: '/segments/{id}',
  scope: 'segments:write',
  tags,
  summary: 'Change a segment',
  description:
    'Send If-Match with the ETag that was read. Campaigns that have started keep what it said then.',
  request: {
    params: Id,
    ...jsonBody(z.strictObject({ name: Name.optional(), condition: ConditionField.optional() })),
  },
  responses: answered,
});
const retire = apiRoute({
  method: 'post',
  path: '/segments/{id}/retire',
  scope: 'segments:write',
  tags,
  summary: 'Offer a segment no more',
  description: 'Campaigns that name it keep it. Retiring twice changes nothing.',
  request: { params: Id },
  responses: answered,
});
const count = apiRoute({
  method: 'post',
  path: '/segments/{id}/count',
  scope: 'segments:read',
  audited: 'nobody',
  tags,
  summary: 'Count a segment anew',
  description: 'Reads everybody once and keeps the number with its moment.',
  request: { params: Id },
  responses: answered,
});
const sentence = apiRoute({
  method: 'post',
  path: '/segments/sentence',
  scope: 'segments:read',
  audited: 'nobody',
  tags,
  summary: 'A condition as one says it',
  description:
    'In each language of the console, with the names that things have now. Nobody is counted.',
  request: jsonBody(z.strictObject({ condition: AudienceField })),
  responses: { 200: json(z.object({ sentence: Sentence }), 'The sentence.') },
});
const preview = apiRoute({
  method: 'post',
  path: '/segments/preview',
  scope: 'segments:read',
  audited: 'nobody',
  tags,
  summary: 'How many people a condition holds for, and five of them',
  description:
    'In one reading of everybody; nothing is kept. The people are left out for whoever may not see people.',
  request: jsonBody(z.strictObject({ condition: AudienceField })),
  responses: {
    200: json(
      z
        .object({
          people: z.int(),
          at: MomentText,
          sentence: Sentence,
          sample: z.array(PersonLine),
        })
        .meta({ id: 'SegmentPreview' }),
      'The count, the sentence, and some of the people.',
    ),
  },
});

/** Conditions that were given a name. */
export function segmentsApi(ports: Pick<Ports, 'table' | 'now' | 'random'>) {
  const app = newApi();
  app.openAPIRegistry.registerComponent('schemas', 'Condition', conditionSchema());
  const found = async (id: string) => {
    const segment = await readSegment(ports, id);
    if (!segment) throw new Problem('not-found');
    return segment;
  };
  const view = async (segment: Segment) => viewOf(segment, await speaker(ports));
  return app
    .openapi(list, async (c) => {
      const segments = (await readSegments(ports)).map(({ it }) => it);
      const page = pageIn(segments, c.req.valid('query'), ({ segmentId }) => segmentId);
      const say = await speaker(ports);
      const items = page.items.map((segment) => viewOf(segment, say));
      return c.json({ items, next: page.next }, 200);
    })
    .openapi(make, async (c) => {
      const segment = await makeSegment(ports, c.req.valid('json'));
      setVersion(c, 1);
      return c.json(await view(segment), 201);
    })
    .openapi(show, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      setVersion(c, version);
      return c.json(await view(it), 200);
    })
    .openapi(change, async (c) => {
      const segment = await found(c.req.valid('param').id);
      mustMatch(c, segment.version);
      const { name, condition } = c.req.valid('json');
      const wish = { ...(name && { name }), ...(condition && { condition }) };
      setVersion(c, segment.version + 1);
      return c.json(await view(await changeSegment(ports, segment, wish)), 200);
    })
    .openapi(retire, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      const retired = { ...it, retiredAt: it.retiredAt ?? ports.now() };
      if ((await ports.table.writeAll([segmentWrite(retired, version)])) === 'conflict')
        throw new Problem('changed-meanwhile');
      setVersion(c, version + 1);
      return c.json(await view(retired), 200);
    })
    .openapi(count, async (c) => {
      const { it, version } = await recount(ports, c.req.valid('param').id);
      setVersion(c, version);
      return c.json(await view(it), 200);
    })
    .openapi(sentence, async (c) => {
      const say = await speaker(ports);
      return c.json({ sentence: say(c.req.valid('json').condition) }, 200);
    })
    .openapi(preview, async (c) => {
      const { condition } = c.req.valid('json');
      const at = ports.now();
      const plain = await audienceNow(ports, condition, 'condition');
      const [{ people, sample }, say] = await Promise.all([
        countPeople(ports, plain, at),
        speaker(ports),
      ]);
      const shown = c.get('caller').scopes.includes('people:read') ? sample : [];
      return c.json(
        {
          people,
          at: momentText(at),
          sentence: say(condition),
          sample: shown.map(lineOfPerson),
        },
        200,
      );
    });
}

function viewOf(segment: Segment, say: Speak): z.infer<typeof SegmentView> {
  const { segmentId, name, condition, count: counted } = segment;
  return {
    id: segmentId,
    name,
    condition,
    sentence: say(condition),
    count: counted && { people: counted.people, at: momentText(counted.at) },
    createdAt: momentText(segment.createdAt),
    changedAt: momentText(segment.changedAt),
    retiredAt: momentText(segment.retiredAt),
  };
}
