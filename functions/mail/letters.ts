import { createHash } from 'node:crypto';
import * as z from 'zod';
import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports, Table } from '../base/ports.ts';
import type { Brand } from '../people/brand.ts';
import type { ServiceLetter } from './delivery.ts';
import { digestSource } from './digest.ts';
import { withFallbacks } from './example.ts';
import type { Issue } from './issue.ts';
import { languageFor, type Publication } from './publication.ts';
import { serviceSource } from './service-letter.ts';
import {
  compile,
  Compiled,
  fillerOf,
  RenderFailed,
  type LetterSource,
} from './template/compile.ts';
import { gatheredUrlOf, viewUrlOf } from './view-link.ts';

/** A letter ready to be filled for one reader after another, and who signs it. */
export type Letter = {
  /** Same key, same letter: readers of one key can share a call. */
  readonly key: string;
  readonly language: string;
  readonly compiled: Compiled;
  readonly fill: (context: Readonly<Record<string, unknown>>) => Record<string, string>;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  readonly viewUrl: string;
  /** The publication that asks its readers something, if it does. */
  readonly asks?: number;
};

/** Compiled letters are the same wherever they are made, so a worker may keep the last ones. */
const LETTERS_KEPT = 64;
const keptOf = new WeakMap<Table, Map<string, Promise<Letter>>>();

/** A publication as written for one language. */
export function campaignLetter(
  ports: Pick<Ports, 'table' | 'secrets' | 'publicUrl'>,
  publication: Publication,
  reader: { readonly language: string },
  brand: Brand,
): Promise<Letter> {
  const language = languageFor(publication, reader.language, brand.language);
  const version = publication.correctedAt === null ? '' : `-${publication.correctedAt}`;
  const key = `p${publication.number}-${publication.mailingId}-${language}${version}`;
  return keep(ports, key, async () => {
    const row = await ports.table.get(keys.publicationContent(publication.number, language));
    if (!row) throw new RenderFailed('template-fault');
    const compiled = Compiled.parse(row.data);
    return {
      key,
      language,
      compiled,
      fill: fillerOf(compiled),
      from: publication.from,
      replyTo: publication.replyTo ?? brand.replyTo,
      viewUrl: viewUrlOf(ports, publication.number, language),
      ...(compiled.uses.includes('links.answer') ? { asks: publication.number } : {}),
    };
  });
}

/**
 * A reader's own letter: one item is the campaign itself, several are merged under the house's
 * cover. After a pause it says so.
 */
export function digestLetter(
  ports: Pick<Ports, 'table' | 'secrets' | 'publicUrl'>,
  items: readonly Publication[],
  reader: { readonly language: string },
  brand: Brand,
  how: {
    readonly returned: boolean;
    readonly welcome?: boolean;
    readonly issue?: Issue | undefined;
  },
): Promise<Letter> {
  const [lead] = items;
  if (!lead) throw new Error('a letter needs an item');
  const { returned, welcome = false } = how;
  if (items.length === 1 && !returned && !welcome)
    return campaignLetter(ports, lead, reader, brand);
  const language = brand.languages.includes(reader.language) ? reader.language : brand.language;
  const cover = how.issue?.cover[language] ?? how.issue?.cover[brand.language];
  const numbers = items.map(({ number, correctedAt }) => `${number}-${correctedAt ?? 0}`).join('.');
  const key = `d${hash(JSON.stringify([numbers, returned, welcome, cover]))}-${language}`;
  return keep(ports, `${key} ${hash(JSON.stringify(brand))}`, async () => {
    const seen = items.map((item) => ({
      ...item,
      viewUrl: viewUrlOf(ports, item.number, languageFor(item, language, brand.language)),
    }));
    const dress = {
      ...cover,
      returned,
      welcome,
      lead: await wholeText(ports, lead, language),
    };
    const rest = {
      key,
      from: brand.sender,
      replyTo: brand.replyTo,
      viewUrl: gatheredUrlOf(ports, {
        numbers: items.map(({ number }) => number),
        language,
        welcome,
        date: how.issue?.date,
      }),
    };
    const merged = (shown: typeof seen) => made(digestSource(shown, brand, language, dress), rest);
    return merged(seen).catch((error: unknown) => {
      if (!(error instanceof RenderFailed)) throw error;
      // Alone each title was good; together they are too much Liquid: then nobody's names stand in them.
      return merged(seen.map((item) => withFallbacks(ports, brand, item)));
    });
  });
}

/** The lead's own Markdown, when it is to be read whole and was written in this language. */
async function wholeText(
  ports: Pick<Ports, 'table'>,
  { whole, number }: Publication,
  language: string,
): Promise<string | undefined> {
  if (!whole) return undefined;
  const row = await ports.table.get(keys.publicationSource(number, language));
  return row && z.object({ markdown: z.string() }).parse(row.data).markdown;
}

/** A transactional letter, or a trial of one that is still being written. */
export async function serviceLetter(
  letter: ServiceLetter,
  brand: Brand,
  publicUrl: string,
): Promise<Letter> {
  if (letter.trial) return trialLetter(letter, letter.trial);
  return made(serviceSource(letter, brand), {
    key: `s-${letter.language}`,
    from: brand.sender,
    replyTo: brand.replyTo,
    viewUrl: publicUrl,
  });
}

/** Made already, for one person: nothing is left to fill, and nothing in it may look like a hole. */
function trialLetter(letter: ServiceLetter, trial: NonNullable<ServiceLetter['trial']>): Letter {
  const html = trial.html.replaceAll('{{', '&#123;&#123;');
  const fixed = {
    subject: letter.subject.replaceAll('{{', '{ {'),
    html,
    text: trial.text.replaceAll('{{', '{ {'),
  };
  const wire = { id: `t${hash(JSON.stringify(fixed))}`, ...fixed };
  return {
    key: wire.id,
    language: letter.language,
    compiled: { language: letter.language, wire, holes: [], uses: [], conditions: {} },
    fill: () => ({}),
    from: trial.from,
    replyTo: null,
    viewUrl: '',
  };
}

async function made(
  source: LetterSource,
  rest: Pick<Letter, 'key' | 'from' | 'replyTo' | 'viewUrl'>,
): Promise<Letter> {
  const result = await compile(source);
  if (!result.ok) {
    log('error', 'letter-not-made', { code: result.problems[0]?.fault.code });
    throw new RenderFailed('template-fault');
  }
  const { compiled } = result;
  return { ...rest, language: source.language, compiled, fill: fillerOf(compiled) };
}

function keep(
  { table }: Pick<Ports, 'table'>,
  key: string,
  make: () => Promise<Letter>,
): Promise<Letter> {
  const kept = keptOf.get(table) ?? new Map<string, Promise<Letter>>();
  keptOf.set(table, kept);
  const known = kept.get(key);
  if (known) return known;
  const letter = make();
  kept.set(key, letter);
  letter.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > LETTERS_KEPT && oldest !== undefined) kept.delete(oldest);
  return letter;
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);
