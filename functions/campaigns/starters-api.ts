import * as z from 'zod';
import { translated } from '../mail/template/foreign.ts';
import { apiRoute, json, jsonBody, newApi } from '../team/api.ts';
import { STARTERS } from './starters.ts';

const Said = z.object({ fr: z.string(), en: z.string() });
const tags = ['campaigns'];

const list = apiRoute({
  method: 'get',
  path: '/letters-to-start-from',
  scope: 'campaigns:read',
  tags,
  summary: 'Letters to start from',
  description:
    'Good letters without a house: their "content" is what a campaign takes. Pictures and addresses are empty; what is empty is left out of what is sent.',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            name: Said,
            purpose: Said,
            subject: Said,
            preheader: Said,
            content: z.object({
              format: z.literal('blocks'),
              source: z.record(z.string(), z.unknown()),
            }),
          }),
        ),
      }),
      'All of them.',
    ),
  },
});
const translate = apiRoute({
  method: 'post',
  path: '/letters-from-elsewhere',
  scope: 'campaigns:write',
  audited: 'nobody',
  tags,
  summary: 'Put the merge tags of another tool into ours',
  description:
    'Of Mailchimp, Brevo and their like. "tags" names each that was found and what it became; null is one that only its author can put into words of ours. Nothing is kept.',
  request: jsonBody(z.strictObject({ source: z.string().max(500_000) })),
  responses: {
    200: json(
      z.object({
        source: z.string(),
        tags: z.array(z.object({ tag: z.string(), here: z.string().nullable() })),
      }),
      'The letter.',
    ),
  },
});

/** What helps to begin a letter. */
export function startersApi() {
  return newApi()
    .openapi(list, (c) => c.json({ items: STARTERS.map((starter) => ({ ...starter })) }, 200))
    .openapi(translate, (c) => {
      const { source, tags: found } = translated(c.req.valid('json').source);
      const told = found.map(({ tag, here }) => ({ tag, here: here ?? null }));
      return c.json({ source, tags: told }, 200);
    });
}
