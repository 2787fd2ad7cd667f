import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import * as z from 'zod';

/** A picture of a letter, as the table keeps it; its bytes are a file. */
export const Picture = z.object({
  format: z.literal(1),
  /** Its content's hash and its kind: "3fa9….jpg". The same picture is kept once. */
  id: z.string(),
  name: z.string(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  createdAt: z.number(),
});
export type Picture = z.infer<typeof Picture>;

export const PICTURE_BYTES_MOST = 700_000;
const SIDE_MOST = 4_000;
/** What every mail program shows. */
const KINDS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
};
export const PICTURE_ID = /^[0-9a-f]{32}\.(jpg|png|gif)$/;

export const typeOfPicture = (id: string) => KINDS[id.split('.')[1]!]!;
export const fileOfPicture = (id: string) => `pictures/${id}`;

/** What a file is by its own content, whatever its name says; a reason when a letter cannot show it. */
export function readPicture(
  bytes: Uint8Array,
): Pick<Picture, 'id' | 'width' | 'height' | 'bytes'> | { readonly refused: string } {
  if (bytes.byteLength > PICTURE_BYTES_MOST)
    return {
      refused: `takes ${Math.ceil(bytes.byteLength / 1_000)} KB; at most ${PICTURE_BYTES_MOST / 1_000} KB`,
    };
  const size = sizeOf(bytes);
  if (!size?.type || !Object.hasOwn(KINDS, size.type))
    return { refused: 'is not a JPEG, PNG or GIF, which are what every mail program shows' };
  const { width, height, type } = size;
  if (width < 1 || height < 1 || Math.max(width, height) > SIDE_MOST)
    return { refused: `is ${width} by ${height}; at most ${SIDE_MOST} on a side` };
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return { id: `${hash}.${type}`, width, height, bytes: bytes.byteLength };
}

function sizeOf(bytes: Uint8Array) {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

/** Only over TLS; and on a laptop, from the laptop itself. */
export const isPictureUrl = (url: string) =>
  /^https:\/\/[^\s]+$/.test(url) || /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\/\S+$/.test(url);
