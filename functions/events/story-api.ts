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
import { mailRead } from './mail-read.ts';
import { Became, type MailTold } from './mail-story.ts';
import { storyOf } from './story.ts';

const StoryMail = z
  .object({
    id: z.string().describe('what the mail is read with, when "canBeRead"'),
    became: Became,
    because: z.string().nullable().describe('the reason of the decision, as in the delivery log'),
    until: MomentText.nullable(),
    canBeRead: z.boolean(),
    carries: z.array(z.object({ campaign: z.string().nullable(), title: z.string() })),
  })
  .meta({ id: 'StoryMail' });

const story = apiRoute({
  method: 'get',
  path: '/people/{id}/timeline',
  scope: 'people:read',
  tags: ['people'],
  summary: 'Everything between one person and the house, newest first, in plain words',
  description:
    'What they said yes and no to with its proof, the last mails and why they came, what became of the last campaigns that did not come and why, what they did at any touchpoint, and the links they followed if they want those counted.',
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
            mail: StoryMail.nullable(),
          })
          .meta({ id: 'StoryMoment' }),
      ),
      'A page of the story.',
    ),
  },
});

const mail = apiRoute({
  method: 'get',
  path: '/people/{id}/letters/{letter}',
  scope: 'people:read',
  tags: ['people'],
  summary: 'Read one of the last mails as this person had it',
  description:
    'Made again from what the mail carried, in their language and with their name. Their name and fields are as the house knows them now; "isCorrected" says that something in it was put right since and is shown as it is now. Links in it act for nobody, and count nobody.',
  request: { params: Id.extend({ letter: z.string().regex(/^[a-z0-9-]{1,60}$/) }) },
  responses: {
    200: json(
      z
        .object({
          language: z.string(),
          from: z.object({ name: z.string(), address: z.string() }),
          subject: z.string(),
          html: z.string(),
          text: z.string(),
          isCorrected: z.boolean(),
        })
        .meta({ id: 'MailRead' }),
      'The mail.',
    ),
  },
});

/** One story over all touchpoints. */
export function storyApi(ports: Ports) {
  return newApi()
    .openapi(story, async (c) => {
      const person = await readPerson(ports, c.req.valid('param').id);
      if (!person) throw new Problem('not-found');
      const { limit, cursor } = c.req.valid('query');
      const found = await storyOf(ports, person, { before: placeIn({ cursor }), limit });
      const shown = found.slice(0, limit);
      const items = shown.map(({ place, at, kind, words, recordId, mail: told }) => ({
        id: cursorOf(place),
        at: momentText(at),
        kind,
        words,
        recordId,
        mail: told && mailView(told),
      }));
      const next = found.length > limit ? cursorOf(shown.at(-1)!.place) : null;
      return c.json({ items, next }, 200);
    })
    .openapi(mail, async (c) => {
      const { id, letter: mailingId } = c.req.valid('param');
      return c.json(await mailRead(ports, id, mailingId), 200);
    });
}

const mailView = ({ mailingId, became, reason, until, canBeRead, carries }: MailTold) => ({
  id: mailingId,
  became,
  because: reason,
  until: momentText(until),
  canBeRead,
  carries: [...carries],
});
