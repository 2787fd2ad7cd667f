import { Problem, type InputError } from '../base/problem.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { footerOf } from '../mail/footer.ts';
import { brandOf } from '../mail/service-letter.ts';
import { compile, type Compiled } from '../mail/template/compile.ts';
import type { DoorOf } from '../mail/template/letter.ts';
import { languagesOf, type CampaignInput } from './campaign.ts';

/** The letter of each language, or a problem that names every line and column to mend. */
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
    const result = await compile({
      language,
      subject: t(input.subject),
      ...(input.preheader === undefined ? {} : { preheader: t(input.preheader) }),
      format: input.content.format,
      source: t(input.content.source),
      footer: footerOf(brand, language),
      brand: brandOf(brand),
      ...(doorOf && { doorOf }),
    });
    if (result.ok) letters.set(language, result.compiled);
    else
      for (const { where, line, column, detail, remedy } of result.problems)
        errors.push({
          path: `${pathOf(input, where, language)}:${line}:${column}`,
          detail: `${detail} ${remedy}`,
        });
  }
  if (errors.length > 0) throw new Problem('template-invalid', { errors });
  return letters;
}

function pathOf(
  input: CampaignInput,
  where: 'subject' | 'preheader' | 'source',
  language: string,
): string {
  const texts = where === 'source' ? input.content.source : input[where];
  const path = where === 'source' ? 'content.source' : where;
  return typeof texts === 'string' ? path : `${path}.${language}`;
}
