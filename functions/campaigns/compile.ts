import { Problem, type InputError } from '../base/problem.ts';
import { conditionsOf } from '../mail/blocks/block.ts';
import { mjmlOfBlocks } from '../mail/blocks/block-mjml.ts';
import { footerOf } from '../mail/footer.ts';
import { brandOf } from '../mail/service-letter.ts';
import { compile, type Compiled, type TemplateProblem } from '../mail/template/compile.ts';
import { faultSaid } from '../mail/template/faults.ts';
import { inlineProblems } from '../mail/template/inline.ts';
import type { DoorOf, LetterSource } from '../mail/template/letter.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { languagesOf, type CampaignInput } from './campaign.ts';

/** The letter of each language, or a problem that names every line and column, or block, to mend. */
export async function compileCampaign(
  input: CampaignInput,
  brand: Brand,
  doorOf?: DoorOf,
): Promise<Map<string, Compiled>> {
  const letters = new Map<string, Compiled>();
  const errors: InputError[] = [];
  for (const language of languagesOf(input, brand.language)) {
    const t = (texts: string | Readonly<Record<string, string>>) =>
      inLanguage(texts, language, brand);
    const body = bodyOf(input, brand, language);
    const result = await compile({
      language,
      subject: t(input.subject),
      ...(input.preheader === undefined ? {} : { preheader: t(input.preheader) }),
      ...body.source,
      footer: footerOf(brand, language),
      brand: brandOf(brand),
      ...(doorOf && { doorOf }),
    });
    const problems = [
      ...(result.ok ? [] : result.problems),
      ...inlineProblems('title', input.title === undefined ? '' : t(input.title)),
      ...inlineProblems('summary', input.summary === undefined ? '' : t(input.summary)),
    ];
    if (result.ok && problems.length === 0) letters.set(language, result.compiled);
    else
      for (const problem of problems)
        errors.push({
          path:
            problem.where === 'source' ? body.placeOf(problem) : lineOf(input, problem, language),
          ...faultSaid(problem.fault),
        });
  }
  if (errors.length > 0) throw new Problem('template-invalid', { errors });
  return letters;
}

type Body = {
  readonly source: Pick<LetterSource, 'format' | 'source' | 'conditions'>;
  /** Where in what its author sent a problem stands. */
  readonly placeOf: (problem: TemplateProblem) => string;
};

function bodyOf({ content }: CampaignInput, brand: Brand, language: string): Body {
  if (content.format !== 'blocks')
    return {
      source: { format: content.format, source: inLanguage(content.source, language, brand) },
      placeOf: ({ line, column }) =>
        `content.source${typeof content.source === 'string' ? '' : `.${language}`}:${line}:${column}`,
    };
  const { source, pathOfLine } = mjmlOfBlocks(content.source, brand, language);
  return {
    source: { format: 'blocks', source, conditions: conditionsOf(content.source) },
    placeOf: ({ line }) => `content.source.${pathOfLine[line - 1] ?? 'blocks'}`,
  };
}

function lineOf(
  input: CampaignInput,
  { where, line, column }: TemplateProblem,
  language: string,
): string {
  const texts = where === 'source' ? undefined : input[where];
  return `${where}${typeof texts === 'string' ? '' : `.${language}`}:${line}:${column}`;
}
