import { createHash } from 'node:crypto';
import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { open, seal } from '../base/seal.ts';
import type { Reader } from '../people/person.ts';
import type { DoorOf } from './template/letter.ts';

/** Where each counted link of one publication leads, by the link's name. */
const CountedLinks = z.record(z.string(), z.string());
export type CountedLinks = z.infer<typeof CountedLinks>;

/** The same address has the same name in every language and after a correction. */
const nameOf = (url: string) => createHash('sha256').update(url).digest('base64url').slice(0, 12);

/**
 * One door for each address of a publication, the same for all its readers. It holds no address:
 * where it leads stands in our own table, so nobody can make it lead elsewhere.
 */
export function doorsOf(
  ports: Pick<Ports, 'secrets' | 'publicUrl'>,
  number: number,
): { readonly doorOf: DoorOf; readonly links: () => CountedLinks } {
  const links: CountedLinks = {};
  return {
    links: () => links,
    doorOf: (url) => {
      if (url.startsWith(`${ports.publicUrl}/`)) return undefined;
      const name = nameOf(url);
      links[name] = url;
      const token = seal(ports, { purpose: 'link', subjectId: String(number), about: name });
      return `${ports.publicUrl}/c/${token}`;
    },
  };
}

/** What follows each door in the mail of a reader who wants their clicks counted; nothing in any other. */
export function readerMark(
  ports: Pick<Ports, 'secrets'>,
  { countClicks, personId }: Pick<Reader, 'countClicks' | 'personId'>,
): string {
  return countClicks ? `~${seal(ports, { purpose: 'reader', subjectId: personId })}` : '';
}

export async function readLinks(
  { table }: Pick<Ports, 'table'>,
  number: number,
): Promise<CountedLinks> {
  const row = await table.get(keys.publicationLinks(number));
  return CountedLinks.parse(row?.data ?? {});
}

export function linksWrite(number: number, links: CountedLinks): Write {
  return { kind: 'put', key: keys.publicationLinks(number), data: links };
}

/** A letter whose links lead where they lead, past their doors: whoever only looks at it is not counted. */
export function withoutDoors(
  ports: Pick<Ports, 'secrets' | 'now'>,
  html: string,
  links: CountedLinks,
): string {
  return html.replace(/https?:\/\/[^"'\s<>]*?\/c\/([\w.~-]+)/g, (door, token: string) => {
    const url = links[open(ports, token.split('~')[0]!, 'link')?.about ?? ''];
    return url === undefined ? door : url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  });
}
