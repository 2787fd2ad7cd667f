import { Problem } from './problem.ts';

export const BODY_BYTES_MOST = 1024 * 1024;

/**
 * The body as bytes, read only as far as the limit: a length that is announced may lie, so what
 * counts is what comes.
 */
export async function readBody(
  request: Request,
  bytesMost: number = BODY_BYTES_MOST,
): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMost) throw tooLarge(bytesMost);
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > bytesMost) {
      // Not cancelled: who still sends could not hear the answer. What serves us lets the rest go by.
      reader.releaseLock();
      throw tooLarge(bytesMost);
    }
    parts.push(value);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** Text in UTF-8, or undefined when these bytes are none. */
export function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(bytesMost: number): Problem {
  return new Problem('body-too-large', {
    detail: `The body has more than ${bytesMost} bytes.`,
  });
}
