import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem, type InputError } from '../base/problem.ts';
import type { Instant } from '../base/time.ts';
import { PersonView, viewOf } from '../consent/person-view.ts';
import { Method, type Hand } from '../consent/record.ts';
import { TopicDelivery } from '../people/person.ts';
import { readBrand, readPerson, readTopics } from '../people/store.ts';
import { TopicId } from '../people/topic.ts';
import type { Caller } from '../team/caller.ts';
import { apiRoute, Id, json, jsonBody, Moment, newApi } from '../team/api.ts';
import { Choice } from './choice.ts';
import { choose } from './choose.ts';
import { erasePerson } from './erase.ts';

const Agent = z.strictObject({
  /** Left out, it is whoever calls; of a member it is always themselves. */
  name: z.string().trim().min(1).max(120).optional(),
  method: Method.exclude(['one-click', 'import', 'complaint', 'end-of-term']),
  /** The exact words said or shown, where there were any. */
  words: z.string().trim().min(1).max(2_000).optional(),
});
const ChoiceInput = z.strictObject({
  ...Choice.shape,
  pausedUntil: Moment.nullable().optional(),
  subscriptions: z
    .array(z.strictObject({ topic: TopicId, delivery: z.enum(['off', ...TopicDelivery.options]) }))
    .max(60)
    .optional(),
  agent: Agent,
});
type ChoiceInput = z.infer<typeof ChoiceInput>;

const choosing = apiRoute({
  method: 'post',
  path: '/people/{id}/preferences',
  scope: 'people:write',
  tags: ['people'],
  summary: 'Carry out what a person asked for',
  description:
    'For somebody of the house who acts for a reader, on the phone or over the counter: the agent and the method enter the person’s ledger, and what is chosen here is the reader’s own choice. What is left out stays; "pausedUntil": null ends a pause; "everything": "stop" stops all.',
  request: { params: Id, ...jsonBody(ChoiceInput) },
  responses: { 200: json(PersonView, 'The person as they are now.') },
});

const erasing = apiRoute({
  method: 'post',
  path: '/people/{id}/erase',
  scope: 'people:erase',
  tags: ['people'],
  summary: 'Erase a person who asked for it',
  description:
    'Who they are, what they chose and did, and what waits for them. An unreadable print of the address stays, so that no import brings them back; so does the ledger, without a name. It cannot be undone.',
  request: { params: Id, ...jsonBody(z.strictObject({ agent: Agent })) },
  responses: { 200: json(z.object({ erased: z.literal(true) }), 'They are gone.') },
});

/** A member acts in their own name; a program may say for whom it acts. */
function handOf({ name }: z.infer<typeof Agent>, caller: Caller): Hand {
  return { kind: 'agent', name: caller.is === 'member' ? caller.name : (name ?? caller.name) };
}

/** What readers choose, when somebody of the house does it for them. */
export function preferencesApi(ports: Ports) {
  return newApi()
    .openapi(choosing, async (c) => {
      const { id } = c.req.valid('param');
      const { agent, ...wish } = c.req.valid('json');
      const person = await readPerson(ports, id);
      if (!person) throw new Problem('not-found');
      await mustBeTaken(ports, wish, ports.now());
      const { language } = person.reader.it;
      const brand = await readBrand(ports);
      const chosen = await choose(ports, brand, id, {
        choice: choiceOf(wish),
        act: {
          by: handOf(agent, c.get('caller')),
          method: agent.method,
          surface: { name: 'api', version: '1', url: '/api/v1/people/:id/preferences' },
          words: agent.words === undefined ? null : { language, text: agent.words, options: [] },
          language,
        },
        ...(wish.everything && { departure: { door: 'agent', mailingId: null } }),
      });
      const now = chosen && (await readPerson(ports, id));
      if (!now) throw new Problem('not-found');
      return c.json(viewOf(ports, brand, now, ports.now()), 200);
    })
    .openapi(erasing, async (c) => {
      const { agent } = c.req.valid('json');
      const erased = await erasePerson(ports, await readBrand(ports), {
        personId: c.req.valid('param').id,
        surface: { name: 'api', version: '1', url: '/api/v1/people/:id/erase' },
        by: handOf(agent, c.get('caller')),
        method: agent.method,
      });
      if (!erased) throw new Problem('not-found');
      return c.json({ erased: true as const }, 200);
    });
}

function choiceOf({ subscriptions, ...wish }: Omit<ChoiceInput, 'agent'>): Choice {
  if (!subscriptions) return wish;
  const wishes = subscriptions.map(({ topic, delivery }) => [topic, delivery] as const);
  return { ...wish, subscriptions: Object.fromEntries(wishes) };
}

async function mustBeTaken(
  ports: Pick<Ports, 'table'>,
  { pausedUntil, subscriptions = [] }: Omit<ChoiceInput, 'agent'>,
  now: Instant,
): Promise<void> {
  if (pausedUntil != null && pausedUntil <= now)
    throw new Problem('moment-passed', {
      errors: [{ path: 'pausedUntil', detail: 'must be still ahead; null ends a pause' }],
    });
  const topics = new Map((await readTopics(ports)).map((topic) => [topic.id, topic]));
  const errors: InputError[] = subscriptions.flatMap(({ topic, delivery }, index) => {
    const found = topics.get(topic);
    const open = found && (found.retiredAt === null || delivery === 'off');
    if (open) return [];
    return [{ path: `subscriptions.${index}.topic`, detail: `there is no open topic "${topic}"` }];
  });
  if (errors.length > 0) throw new Problem('topic-unknown', { errors });
}
