import type { InferRequestType } from 'hono/client';
import type { api } from '../../api/client.ts';
import type { Me } from '../../api/shapes.ts';
import { ALL } from '../texts.ts';
import { blocksOf, flatOf } from './flat.ts';
import type { Starter } from './queries.ts';
import type { BlockLetter } from './shape.ts';

type Made = InferRequestType<typeof api.campaigns.$post>['json'];
/** What a letter has when it is begun, beside its name and its topic. */
export type Beginning = Pick<Made, 'content'> & Partial<Pick<Made, 'subject' | 'preheader'>>;
type Brand = Pick<Me['brand'], 'language' | 'languages'>;
type Said = { readonly fr: string; readonly en: string };

export const blankBlocks: Beginning = {
  content: { format: 'blocks', source: { blocks: [] } },
};
export const blankMarkdown = ({ language }: Brand): Beginning => ({
  content: { format: 'markdown', source: { [language]: '{{ person.greeting }},\n\n' } },
});
export const fromHtml = ({ language }: Brand, html: string): Beginning => ({
  content: { format: 'html', source: { [language]: html } },
});

/** A letter to start from, in the languages that the house writes, signed by who signs for it. */
export function fromStarter(starter: Starter, brand: Brand, signs: string): Beginning {
  const source = starter.content.source as unknown as BlockLetter;
  const flat = Object.entries(flatOf(signedBy(signs, source))).flatMap(([place, text]) => {
    const dot = place.lastIndexOf('.');
    if (dot < 0) return [[place, text] as const];
    const language = spokenAs(place.slice(dot + 1), brand);
    return language === undefined ? [] : [[`${place.slice(0, dot)}.${language}`, text] as const];
  });
  return {
    subject: inTheirs(starter.subject, brand),
    preheader: inTheirs(starter.preheader, brand),
    content: { format: 'blocks', source: blocksOf(Object.fromEntries(flat)) },
  };
}

const signedBy = (name: string, { blocks, ...letter }: BlockLetter): BlockLetter => ({
  ...letter,
  blocks: blocks.map((block) =>
    block.kind === 'signature' && block.name === '' ? { ...block, name } : block,
  ),
});

/** A house that writes in neither of the starters' languages puts the English into its own. */
function spokenAs(language: string, { languages, language: main }: Brand): string | undefined {
  if (language === ALL) return ALL;
  if (languages.includes(language)) return language;
  const isKnown = languages.some((one) => one === 'fr' || one === 'en');
  return !isKnown && language === 'en' ? main : undefined;
}

const inTheirs = (said: Said, brand: Brand) =>
  Object.fromEntries(
    Object.entries(said).flatMap(([from, text]) => {
      const language = spokenAs(from, brand);
      return language === undefined ? [] : [[language, text] as const];
    }),
  );
