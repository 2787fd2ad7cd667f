import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { fileOfPicture, PICTURE_ID, typeOfPicture } from './picture.ts';

/** The pictures of letters. An address names its content, so whoever has it may keep it for ever. */
export function pictureRoutes(ports: Pick<Ports, 'files'>) {
  return newApp().get('/pictures/:id', async (c) => {
    const id = c.req.param('id');
    const file = PICTURE_ID.test(id) ? await ports.files.get(fileOfPicture(id)) : undefined;
    if (!file) throw new Problem('not-found');
    return c.body(new Uint8Array(file.bytes).buffer, 200, {
      'content-type': typeOfPicture(id),
      'cache-control': 'public, max-age=31536000, immutable',
      // Mail programs show it from wherever they are.
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex',
    });
  });
}
