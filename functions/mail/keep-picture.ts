import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { fileOfPicture, Picture, readPicture, typeOfPicture } from './picture.ts';

/** Keeps a picture for letters: the file first, so that what the table names is there. */
export async function keepPicture(
  ports: Pick<Ports, 'table' | 'files' | 'now'>,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Picture> {
  const read = readPicture(bytes);
  if ('refused' in read)
    throw new Problem('input-invalid', { errors: [{ path: 'data', detail: read.refused }] });
  const known = await ports.table.get(keys.picture(read.id));
  if (known) return Picture.parse(known.data);
  await ports.files.put(fileOfPicture(read.id), bytes, typeOfPicture(read.id));
  const picture: Picture = { format: 1, ...read, name, createdAt: ports.now() };
  await ports.table.writeAll([{ kind: 'put', key: keys.picture(read.id), data: picture }]);
  return picture;
}
