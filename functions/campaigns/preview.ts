import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { blockRemarks } from '../mail/blocks/block-remarks.ts';
import { campaignAsked } from '../mail/asked.ts';
import { exampleContext, exampleLinks } from '../mail/example.ts';
import { contextOf, type LettersFor } from '../mail/personal.ts';
import { languageFor } from '../mail/publication.ts';
import { assemble, fillerOf, type Compiled } from '../mail/template/compile.ts';
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
  const shown = { language, viewUrl: `${ports.publicUrl}/letters` };
  const context = person
    ? {
        ...readBy(ports, person, { brand, topic: topic?.it, compiled, ...shown }),
        links: exampleLinks(ports, shown),
      }
    : exampleContext(ports, brand, shown);
  const fill = fillerOf(compiled);
  const made = assemble(compiled, fill(context));
  const preheader = preheaderOf(input, language, brand);
  return {
    language,
    languages,
    from: input.from ?? brand.sender,
    ...made,
    preheader,
    bytes: Buffer.byteLength(made.html),
    uses: compiled.uses,
    remarks: [
      ...lint(
        { ...assemble(compiled, fill(exampleContext(ports, brand, shown))), preheader },
        compiled,
        ports.publicUrl,
      ),
      ...(input.content.format === 'blocks'
        ? [
            ...blockRemarks(input.content.source, languages, language),
            ...untouchedRemarks(input.content.source, { ...made, preheader }, language),
          ]
        : []),
    ],
    decision:
      person &&
      decisionFor(ports, await spelled(ports, input), brand, person, topic?.it.atMost ?? null),
  };
}

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
