import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { say } from '../base/words.ts';
import { Frequency } from '../people/person.ts';
import { readTopics, type Versioned } from '../people/store.ts';
import { TopicId } from '../people/topic.ts';
import {
  apiRoute,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  mustMatch,
  newApi,
  setVersion,
} from '../team/api.ts';
import { Form, FormId, HOME_FORM } from './form.ts';
import { formWrite, readForms, readFormVersion } from './store.ts';

const { topics, frequency } = Form.shape;
const FormInput = z.strictObject({ id: FormId, topics, frequency });
const FormChange = z
  .strictObject({ topics: topics.unwrap(), frequency: frequency.unwrap(), closed: z.boolean() })
  .partial();
const FormView = z
  .object({
    id: z.string(),
    /** Null: every public topic. */
    topics: z.array(TopicId).nullable(),
    /** The pace it announces to who chooses none. */
    frequency: Frequency,
    /** Where it stands by itself. */
    url: z.string(),
    /** To stand in a page of the house's own site: without a script, and without the address in a URL. */
    embed: z.object({ fr: z.string(), en: z.string() }),
    createdAt: MomentText,
    closedAt: MomentText.nullable(),
  })
  .meta({ id: 'Form' });

const tags = ['forms'];
const answered = { 200: json(FormView, 'The form; its ETag is what a change needs.') };
const list = apiRoute({
  method: 'get',
  path: '/forms',
  scope: 'settings:read',
  tags,
  summary: 'Sign-up forms',
  description: 'The one at /subscribe is always there, as "home".',
  responses: { 200: json(z.object({ items: z.array(FormView) }), 'All forms.') },
});
const make = apiRoute({
  method: 'post',
  path: '/forms',
  scope: 'settings:write',
  tags,
  summary: 'Make a form',
  request: jsonBody(FormInput),
  responses: { 201: json(FormView, 'The form.') },
});
const show = apiRoute({
  method: 'get',
  path: '/forms/{id}',
  scope: 'settings:read',
  tags,
  summary: 'One form',
  request: { params: Id },
  responses: answered,
});
const change = apiRoute({
  method: 'patch',
  path: '/forms/{id}',
  scope: 'settings:write',
  tags,
  summary: 'Change a form',
  description:
    'Send If-Match with the ETag that was read. What is left out stays. What it says changes with it: each record keeps the words that were shown. "closed" ends it, or opens it again; who signed up there stays. The one at /subscribe is never closed.',
  request: { params: Id, ...jsonBody(FormChange) },
  responses: answered,
});

/** Where readers sign up. */
export function formsApi(ports: Pick<Ports, 'table' | 'now' | 'publicUrl'>) {
  const found = async (id: string): Promise<Versioned<Form>> => {
    const form = await readFormVersion(ports, id);
    if (!form) throw new Problem('not-found');
    return form;
  };
  const keep = async (form: Form, version: number): Promise<number> => {
    await mustBeTopics(ports, form);
    if ((await ports.table.writeAll([formWrite(form, version)])) === 'conflict')
      throw new Problem(version === 0 ? 'already-there' : 'changed-meanwhile');
    return version + 1;
  };
  return newApi()
    .openapi(list, async (c) => {
      const forms = await readForms(ports);
      return c.json({ items: forms.map((form) => viewOf(ports, form)) }, 200);
    })
    .openapi(make, async (c) => {
      const form = Form.parse({ ...c.req.valid('json'), createdAt: ports.now() });
      setVersion(c, await keep(form, 0));
      return c.json(viewOf(ports, form), 201);
    })
    .openapi(show, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      setVersion(c, version);
      return c.json(viewOf(ports, it), 200);
    })
    .openapi(change, async (c) => {
      const { it, version } = await found(c.req.valid('param').id);
      mustMatch(c, version);
      const { closed, ...wish } = c.req.valid('json');
      if (closed === true && it.id === HOME_FORM.id)
        throw new Problem('state-does-not-allow', {
          detail: 'The form at /subscribe is always there.',
        });
      const closedAt = closed === undefined ? it.closedAt : closed ? ports.now() : null;
      const form = Form.parse({ ...it, ...wish, closedAt });
      setVersion(c, await keep(form, version));
      return c.json(viewOf(ports, form), 200);
    });
}

async function mustBeTopics(ports: Pick<Ports, 'table'>, form: Form): Promise<void> {
  const known = new Set((await readTopics(ports)).map(({ id }) => id));
  const unknown = (form.topics ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new Problem('topic-unknown', {
      errors: unknown.map((id) => ({ path: 'topics', detail: `there is no topic "${id}"` })),
    });
}

function viewOf({ publicUrl }: Pick<Ports, 'publicUrl'>, form: Form): z.infer<typeof FormView> {
  const { id, createdAt, closedAt } = form;
  const url = `${publicUrl}/subscribe${id === HOME_FORM.id ? '' : `/${id}`}`;
  return {
    id,
    topics: form.topics,
    frequency: form.frequency,
    url,
    embed: { fr: embedOf(url, 'fr'), en: embedOf(url, 'en') },
    createdAt: momentText(createdAt),
    closedAt: momentText(closedAt),
  };
}

/**
 * The address is sent as a form is; the page it leads to asks for the rest and for the consent. All
 * that stands in it is ours: a catalogue's words and an id of a few plain letters.
 */
function embedOf(url: string, language: string): string {
  const address = say(language, 'subscribe.address');
  return [
    `<form action="${url}" method="post" lang="${language}">`,
    `  <label>${address} <input type="email" name="email" autocomplete="email" required></label>`,
    `  <button>${say(language, 'subscribe.send')}</button>`,
    '</form>',
  ].join('\n');
}
