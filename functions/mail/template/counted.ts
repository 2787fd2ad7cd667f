import { Parser } from 'htmlparser2';
import type { DoorOf } from './letter.ts';
import type { Marks } from './marks.ts';
import type { Piece } from './pieces.ts';
import { scanHtml } from './spots.ts';

/** What follows a door in the mail of a reader who said yes to it; nothing in everybody else's. */
const READER: Piece = { kind: 'output', liquid: 'links.reader', begin: 0 };

/**
 * The page with each fixed link led through its door: the same for all readers. Addresses that are
 * put together for a reader stay as they are.
 */
export function withDoors(
  page: string,
  { marks, pieces }: { readonly marks: Marks; readonly pieces: readonly Piece[] },
  doorOf: DoorOf,
): { readonly page: string; readonly pieces: readonly Piece[] } {
  const mark = marks.of(pieces.length);
  let led = '';
  let at = 0;
  for (const { element, name, value, begin } of scanHtml(page, marks).urls) {
    if (element !== 'a' || name !== 'href') continue;
    if (marks.split(value).some((part) => 'kind' in part)) continue;
    const url = addressIn(value);
    const door = /^https?:\/\//i.test(url) && URL.canParse(url) ? doorOf(url) : undefined;
    if (door === undefined) continue;
    led += page.slice(at, begin) + door + mark;
    at = begin + value.length;
  }
  return at === 0 ? { page, pieces } : { page: led + page.slice(at), pieces: [...pieces, READER] };
}

/** An attribute's value as a browser reads it. */
function addressIn(value: string): string {
  let address = '';
  const parser = new Parser(
    { onattribute: (_, read) => (address = read) },
    { decodeEntities: true },
  );
  parser.end(`<a href="${value.replaceAll('"', '&quot;')}">`);
  return address.trim();
}
