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
import { readTopic, readTopics, topicWrite, type Versioned } from './store.ts';
import { Topic } from './topic.ts';

const { id, visibility, atMost, adultsOnly } = Topic.shape;
/** What readers see: no control signs and no halves of signs, so that a name stays on its line. */
const isPlain = (allowed: RegExp) => (texts: Readonly<Record<string, string>>) =>
  Object.values(texts).every(
    (text) => text.isWellFormed() && !/\p{Cc}/u.test(text.replace(allowed, '')),
  );
const name = Topic.shape.name.refine(isPlain(/(?!)/g), 'must be one line of plain text');
const descriptions = Topic.shape.description.unwrap().refine(isPlain(/\n/g), 'must be plain text');
const description = descriptions.default({});
const TopicInput = z.strictObject({ id, name, description, visibility, atMost, adultsOnly });
const TopicChange = z
  .strictObject({
    name,
    description: descriptions,
    visibility: visibility.unwrap(),
    atMost: atMost.unwrap(),
    adultsOnly: adultsOnly.unwrap(),
  })
  .partial();
const TopicView = z
  .object({
    id,
    name: z.record(z.string(), z.string()),
    description: z.record(z.string(), z.string()),
    visibility: visibility.unwrap(),
    atMost: z.int().nullable(),
    adultsOnly: z.boolean(),
    createdAt: MomentText,
    retiredAt: MomentText.nullable(),
  })
  .meta({ id: 'Topic' });

const tags = ['topics'];
const make = apiRoute({
  method: 'post',
  path: '/topics',
  scope: 'topics:write',
  tags,
  summary: 'Make a topic',
  request: jsonBody(TopicInput),
  responses: { 201: json(TopicView, 'The topic.') },
});
const list = apiRoute({
  method: 'get',
  path: '/topics',
  scope: 'topics:read',
  tags,
  summary: 'All topics, in the order they were made',
  request: { query: Page },
  responses: { 200: json(pageOf(TopicView), 'A page of topics, retired ones included.') },
});
const show = apiRoute({
  method: 'get',
  path: '/topics/{id}',
  scope: 'topics:read',
  tags,
  summary: 'One topic',
  request: { params: Id },
  responses: { 200: json(TopicView, 'The topic; its ETag is what a change needs.') },
});
const change = apiRoute({
  method: 'patch',
  path: '/topics/{id}',
  scope: 'topics:write',
  tags,
  summary: 'Change a topic',
  description: 'Send If-Match with the ETag that was read. What is left out stays.',
  request: { params: Id, ...jsonBody(TopicChange) },
  responses: { 200: json(TopicView, 'The topic as it is now.') },
});
const retire = apiRoute({
  method: 'post',
  path: '/topics/{id}/retire',
  scope: 'topics:write',
  tags,
  summary: 'Retire a topic',
  description: 'Nobody can join it any more. Retiring twice changes nothing.',
  request: { params: Id },
  responses: { 200: json(TopicView, 'The topic, retired.') },
});

/** The subjects one may subscribe to. */
export function topicsApi(ports: Pick<Ports, 'table' | 'now'>) {
  const found = async (topicId: string): Promise<Versioned<Topic>> => {
    const topic = id.safeParse(topicId).success ? await readTopic(ports, topicId) : undefined;
    if (!topic) throw new Problem('not-found');
    return topic;
  };
  const keep = async (topic: Topic, version: number): Promise<number> => {
    if ((await ports.table.writeAll([topicWrite(topic, version)])) === 'conflict')
      throw new Problem(version === 0 ? 'already-there' : 'changed-meanwhile');
    return version + 1;
  };
  return newApi()
    .openapi(make, async (c) => {
      const topic: Topic = { ...c.req.valid('json'), retiredAt: null, createdAt: ports.now() };
      setVersion(c, await keep(topic, 0));
      return c.json(viewOf(topic), 201);
    })
    .openapi(list, async (c) => {
      const { items, next } = pageIn(await readTopics(ports), c.req.valid('query'), (it) => it.id);
      return c.json({ items: items.map(viewOf), next }, 200);
    })
    .openapi(show, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      setVersion(c, version);
      return c.json(viewOf(it), 200);
    })
    .openapi(change, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      mustMatch(c, version);
      const topic = Topic.parse({ ...it, ...c.req.valid('json') });
      setVersion(c, await keep(topic, version));
      return c.json(viewOf(topic), 200);
    })
    .openapi(retire, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      const topic = { ...it, retiredAt: it.retiredAt ?? ports.now() };
      setVersion(c, it.retiredAt === null ? await keep(topic, version) : version);
      return c.json(viewOf(topic), 200);
    });
}

function viewOf(topic: Topic): z.infer<typeof TopicView> {
  return {
    ...topic,
    createdAt: momentText(topic.createdAt),
    retiredAt: momentText(topic.retiredAt),
  };
}
