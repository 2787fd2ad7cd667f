import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { blockRemarks } from '../mail/blocks/block-remarks.ts';
import { campaignAsked } from '../mail/asked.ts';
import { readLinks, withoutDoors, type CountedLinks } from '../mail/counted-links.ts';
import { exampleContext, exampleLinks } from '../mail/example.ts';
import { contextOf, type LettersFor } from '../mail/personal.ts';
import { languageFor } from '../mail/publication.ts';
import { readPublications } from '../mail/store.ts';
import { assemble, Compiled, fillerOf } from '../mail/template/compile.ts';
import { lint, type Remark } from '../mail/template/lint.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { readBrand, readPerson, readTopic, type Person } from '../people/store.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import type { CampaignInput, Spelled } from './campaign.ts';
import { spelled } from './conditions.ts';
import { audienceOf } from './candidate.ts';
import { compileCampaign } from './compile.ts';
import { publicationOf } from './start.ts';
import type { Held } from './store.ts';
import { untouchedRemarks } from './untouched.ts';

export type Preview = {
  readonly language: string;
  readonly languages: readonly string[];
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
  readonly bytes: number;
  readonly uses: readonly string[];
  /** On the letter with every fallback, which is what its author can least see. */
  readonly remarks: readonly Remark[];
  /** What the heart would say now of the person it is read as; undefined when the audience leaves them out. */
  readonly decision: Decision | undefined;
};
export type PreviewWish = { readonly language?: string; readonly as?: string };

/** A letter that is still being written, as one person or nobody in particular would read it. Nothing is written. */
export async function previewCampaign(
  ports: Ports,
  input: CampaignInput,
  wish: PreviewWish,
): Promise<Preview> {
  const [brand, person, topic] = await Promise.all([
    readBrand(ports),
    wish.as === undefined ? undefined : readPerson(ports, wish.as),
    readTopic(ports, input.topic),
  ]);
  if (wish.as !== undefined && !person) throw new Problem('not-found');
  const letters = await compileCampaign(input, brand);
  const languages = [...letters.keys()];
  const language = languageFor(
    { languages },
    person?.reader.it.language ?? wish.language ?? brand.language,
    brand.language,
  );
  const compiled = letters.get(language)!;
  const shown = { language, viewUrl: lettersAt(ports) };
  const context = person
    ? {
        ...readBy(ports, person, { brand, topic: topic?.it, compiled, ...shown }),
        links: exampleLinks(ports, shown),
      }
    : exampleContext(ports, brand, shown);
  const seen = { from: input.from ?? brand.sender, language, languages };
  return {
    ...looked(ports, input, brand, { ...seen, compiled, context }),
    decision:
      person &&
      decisionFor(ports, await spelled(ports, input), brand, person, topic?.it.atMost ?? null),
  };
}

type Seen = Pick<Preview, 'from' | 'language' | 'languages'> & {
  readonly compiled: Compiled;
  readonly context: Record<string, unknown>;
  /** Of what has left: where its links lead. */
  readonly links?: CountedLinks;
};

/** A letter as it is read with a context, and what would be said of it where that says nothing. */
function looked(
  ports: Ports,
  input: CampaignInput,
  brand: Brand,
  { compiled, context, links, ...seen }: Seen,
): Omit<Preview, 'decision'> {
  const { language, languages } = seen;
  const fill = fillerOf(compiled);
  const readWith = (filled: Record<string, unknown>) => {
    const made = assemble(compiled, fill(filled));
    return links ? { ...made, html: withoutDoors(ports, made.html, links) } : made;
  };
  const made = readWith(context);
  const preheader = preheaderOf(input, language, brand);
  const anybody = readWith(exampleContext(ports, brand, { language, viewUrl: lettersAt(ports) }));
  const { content } = input;
  return {
    ...seen,
    ...made,
    preheader,
    bytes: Buffer.byteLength(made.html),
    uses: compiled.uses,
    remarks: [
      ...lint({ ...anybody, preheader }, compiled, ports.publicUrl),
      ...(content.format === 'blocks'
        ? [
            ...blockRemarks(content.source, languages, language),
            ...untouchedRemarks(content.source, input, languages),
          ]
        : []),
    ],
  };
}

/**
 * What has left, as it left: what the house has changed of itself since is not in it. Undefined of
 * what has not left yet, and of what was put right since, whose first text is kept unmade.
 */
export async function publishedLetter(
  ports: Ports,
  { campaign, input }: Held,
  wished?: string,
): Promise<Preview | undefined> {
  if (campaign.number === null) return undefined;
  const { number } = campaign;
  const publication = (await readPublications(ports, [number])).get(number);
  if (!publication || publication.correctedAt !== null) return undefined;
  const brand = await readBrand(ports);
  const { languages, from } = publication;
  const language = languageFor(publication, wished ?? brand.language, brand.language);
  const [row, links] = await Promise.all([
    ports.table.get(keys.publicationContent(number, language)),
    readLinks(ports, number),
  ]);
  if (!row) return undefined;
  const context = exampleContext(ports, brand, { language, viewUrl: lettersAt(ports) });
  const compiled = Compiled.parse(row.data);
  const seen = { from, language, languages, compiled, context, links };
  return { ...looked(ports, input, brand, seen), decision: undefined };
}

const lettersAt = ({ publicUrl }: Pick<Ports, 'publicUrl'>) => `${publicUrl}/letters`;

function readBy(
  ports: Ports,
  person: Person,
  {
    compiled,
    ...letter
  }: Pick<LettersFor, 'brand' | 'language' | 'topic' | 'viewUrl'> & { readonly compiled: Compiled },
): Record<string, unknown> {
  const asked = { reader: person.reader.it, profile: person.profile.it };
  return contextOf(ports, asked, {
    ...letter,
    mailingId: 'c-preview',
    reason: 'subscribed',
    returned: false,
    now: ports.now(),
    conditions: compiled.conditions,
  });
}

const preheaderOf = (input: CampaignInput, language: string, brand: Brand) =>
  input.preheader === undefined ? '' : inLanguage(input.preheader, language, brand);

function decisionFor(
  ports: Ports,
  input: Spelled,
  brand: Brand,
  person: Person,
  topicAtMost: number | null,
): Decision | undefined {
  const now = ports.now();
  if (!audienceOf(input)(person, now)) return undefined;
  const born = { number: Number.MAX_SAFE_INTEGER, mailingId: 'c-preview', topicAtMost, now };
  const mail = campaignAsked(
    { kind: 'campaign', wallTime: null },
    publicationOf(input, brand, born),
  );
  return decide({ mail, reader: person.reader.it, brand, now });
}
