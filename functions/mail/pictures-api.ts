import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import {
  apiRoute,
  json,
  jsonBody,
  MomentText,
  momentText,
  newApi,
  Page,
  pageIn,
  pageOf,
} from '../team/api.ts';
import { keepPicture } from './keep-picture.ts';
import { Picture, PICTURE_BYTES_MOST } from './picture.ts';

const PicturesMost = 1_000;
const PictureView = z
  .object({
    id: z.string(),
    url: z.string(),
    name: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    createdAt: MomentText,
  })
  .meta({ id: 'Picture' });

const add = apiRoute({
  method: 'post',
  path: '/pictures',
  scope: 'campaigns:write',
  tags: ['campaigns'],
  summary: 'Keep a picture for letters',
  description: `A JPEG, PNG or GIF of at most ${PICTURE_BYTES_MOST / 1_000} KB, in base64. Its address is its content's hash: it never changes, and the same picture is kept once. Anybody who has the address can see it.`,
  request: jsonBody(
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      data: z
        .base64()
        .min(4)
        .max(Math.ceil((PICTURE_BYTES_MOST * 4) / 3) + 100_000),
    }),
  ),
  responses: { 201: json(PictureView, 'The picture and its address.') },
});
const list = apiRoute({
  method: 'get',
  path: '/pictures',
  scope: 'campaigns:read',
  tags: ['campaigns'],
  summary: 'The pictures kept for letters, newest first',
  request: { query: Page },
  responses: { 200: json(pageOf(PictureView), 'A page of pictures.') },
});

export function picturesApi(ports: Ports) {
  const view = ({ format: _, createdAt, ...picture }: Picture) => ({
    ...picture,
    url: `${ports.publicUrl}/pictures/${picture.id}`,
    createdAt: momentText(createdAt),
  });
  return newApi()
    .openapi(add, async (c) => {
      const { name, data } = c.req.valid('json');
      const bytes = new Uint8Array(Buffer.from(data, 'base64'));
      return c.json(view(await keepPicture(ports, { name, bytes })), 201);
    })
    .openapi(list, async (c) => {
      const all: Picture[] = [];
      const rows = ports.table.query('records', keys.picture('').pk, { limit: PicturesMost });
      for await (const row of rows) all.push(Picture.parse(row.data));
      all.sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1));
      const { items, next } = pageIn(all, c.req.valid('query'), ({ id }) => id);
      return c.json({ items: items.map(view), next }, 200);
    });
}
