import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { readPerson } from '../people/store.ts';
import {
  apiRoute,
  cursorOf,
  Id,
  json,
  MomentText,
  momentText,
  newApi,
  Page,
  pageOf,
  placeIn,
} from '../team/api.ts';
import { storyOf } from './story.ts';

const story = apiRoute({
  method: 'get',
  path: '/people/{id}/timeline',
  scope: 'people:read',
  tags: ['people'],
  summary: 'Everything between one person and the house, newest first, in plain words',
  description:
    'What they said yes and no to with its proof, the last mails and why they came, what they did at any touchpoint, and the links they followed if they want those counted.',
  request: { params: Id, query: Page },
  responses: {
    200: json(
      pageOf(
        z
          .object({
            id: z.string(),
            at: MomentText,
            kind: z.enum(['consent', 'mail', 'event', 'click', 'came']),
            words: z.object({ fr: z.string(), en: z.string() }),
            recordId: z.string().nullable(),
          })
          .meta({ id: 'StoryMoment' }),
      ),
      'A page of the story.',
    ),
  },
});

/** One story over all touchpoints. */
export function storyApi(ports: Ports) {
  return newApi().openapi(story, async (c) => {
    const person = await readPerson(ports, c.req.valid('param').id);
    if (!person) throw new Problem('not-found');
    const { limit, cursor } = c.req.valid('query');
    const found = await storyOf(ports, person, { before: placeIn({ cursor }), limit });
    const shown = found.slice(0, limit);
    const items = shown.map(({ place, at, kind, words, recordId }) => ({
      id: cursorOf(place),
      at: momentText(at),
      kind,
      words,
      recordId,
    }));
    const next = found.length > limit ? cursorOf(shown.at(-1)!.place) : null;
    return c.json({ items, next }, 200);
  });
}
