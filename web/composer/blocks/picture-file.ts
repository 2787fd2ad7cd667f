import { Refused, Unreached } from '../../api/client.ts';
import type { Picture } from './queries.ts';
import { session } from '../../sign-in/session.ts';

/** Twice the width of the letter's column, for fine screens. */
const WIDTH_MOST_PX = 1_200;
const HEIGHT_MOST_PX = 4_000;
const BYTES_MOST = 700_000;
const QUALITIES = [0.88, 0.78, 0.66, 0.5];

export class NotAPicture extends Error {}
export class TooLarge extends Error {}

/**
 * A picture as a letter carries it: no wider than it is shown, and without what the camera wrote
 * beside it, such as where it was taken. What moves stays as it is.
 */
export async function readyPicture(file: File): Promise<Blob> {
  if (file.type === 'image/gif') {
    if (file.size > BYTES_MOST) throw new TooLarge();
    return file;
  }
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw new NotAPicture('not a picture', { cause });
  });
  const scale = Math.min(1, WIDTH_MOST_PX / bitmap.width, HEIGHT_MOST_PX / bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new NotAPicture('no canvas');
  if (file.type === 'image/png') {
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const png = await blobOf(canvas, 'image/png');
    if (png.size <= BYTES_MOST) return png;
  }
  // What is seen through a picture becomes the paper it would stand on.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  for (const quality of QUALITIES) {
    const jpeg = await blobOf(canvas, 'image/jpeg', quality);
    if (jpeg.size <= BYTES_MOST) return jpeg;
  }
  throw new TooLarge();
}

const blobOf = (canvas: HTMLCanvasElement, type: string, quality?: number) =>
  new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NotAPicture())), type, quality),
  );

/** Only this way of asking tells how much has gone. */
export async function keepPicture(
  name: string,
  blob: Blob,
  onShare: (share: number) => void,
): Promise<Picture> {
  const token = await session.token();
  const data = await base64Of(blob);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/pictures');
    request.setRequestHeader('content-type', 'application/json');
    if (token !== undefined) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(loaded / total);
    request.onerror = () => reject(new Unreached('the house does not answer'));
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Picture);
      else {
        if (request.status === 401) session.end();
        const body = (request.response ?? {}) as ConstructorParameters<typeof Refused>[1];
        reject(new Refused(request.status, body));
      }
    };
    request.send(JSON.stringify({ name: name.slice(0, 120), data }));
  });
}

const base64Of = (blob: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(new NotAPicture());
    reader.readAsDataURL(blob);
  });
