import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { REMARKS } from '../mail/template/lint.ts';
import { Language } from '../people/brand.ts';
import { momentOf } from '../policy/decision.ts';
import { apiRoute, Id, json, jsonBody, MomentText, momentText, newApi } from '../team/api.ts';
import { mustHave } from '../team/guard.ts';
import { NewCampaign } from './api-views.ts';
import { previewCampaign, publishedLetter, type Preview } from './preview.ts';
import { readCampaign } from './store.ts';

const Remark = z
  .object({
    code: z.enum(REMARKS),
    level: z.enum(['error', 'advice']),
    what: z.string(),
    language: z.string().optional(),
  })
  .meta({ id: 'Remark' });

const PreviewView = z
  .object({
    language: z.string(),
    languages: z.array(z.string()),
    from: z.object({ name: z.string(), address: z.string() }),
    subject: z.string(),
    preheader: z.string(),
    html: z.string(),
    text: z.string(),
    bytes: z.int(),
    uses: z.array(z.string()),
    remarks: z.array(Remark),
    decision: z
      .object({ kind: z.string(), because: z.string(), until: MomentText.nullable() })
      .nullable(),
  })
  .meta({ id: 'Preview' });

const preview = apiRoute({
  method: 'post',
  path: '/campaigns/preview',
  scope: 'campaigns:write',
  audited: 'nobody',
  tags: ['campaigns'],
  summary: 'Look at a letter that is still being written',
  description:
    'As nobody in particular would read it, with every fallback, or with "as" one person, whose present decision is told too (this wants people:read). Links in it act for nobody. "remarks" is what a careful colleague would say. Nothing is kept and nothing is sent.',
  request: jsonBody(
    NewCampaign.extend({
      name: NewCampaign.shape.name.optional(),
      language: Language.optional(),
      as: z.string().min(1).max(64).optional(),
    }).meta({ id: 'PreviewWish' }),
  ),
  responses: {
    200: json(
      PreviewView,
      'The letter. "decision" is null when it is read as nobody, or the audience leaves the person out.',
    ),
  },
});
const letter = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/letter',
  scope: 'campaigns:read',
  tags: ['campaigns'],
  summary: 'Read the letter of a campaign',
  description:
    'As it was written, in one of its languages (the house’s main one when left out), as nobody in particular would read it, with every fallback: before it leaves as it would leave now, and ever after as it left, whatever the house has changed of itself since. Links in it act for nobody, and count nobody. "remarks" is what a careful colleague would say.',
  request: { params: Id, query: z.strictObject({ language: Language.optional() }) },
  responses: { 200: json(PreviewView, 'The letter; "decision" is null, since nobody reads it.') },
});

/** The letter on the desk, before it is anybody's, and as it is kept. */
export function previewApi(ports: Ports) {
  return newApi()
    .openapi(preview, async (c) => {
      const { language, as, name, ...rest } = c.req.valid('json');
      if (as !== undefined) mustHave(c.get('caller'), 'people:read');
      const input = { ...rest, name: name ?? 'preview' };
      const wish = {
        ...(language === undefined ? {} : { language }),
        ...(as === undefined ? {} : { as }),
      };
      return c.json(viewOf(await previewCampaign(ports, input, wish)), 200);
    })
    .openapi(letter, async (c) => {
      const { language } = c.req.valid('query');
      const held = await readCampaign(ports, c.req.valid('param').id);
      const left = await publishedLetter(ports, held, language);
      const wish = language === undefined ? {} : { language };
      return c.json(viewOf(left ?? (await previewCampaign(ports, held.input, wish))), 200);
    });
}

function viewOf(letter: Preview): z.infer<typeof PreviewView> {
  const { decision, languages, uses, remarks } = letter;
  return {
    ...letter,
    ...{ languages: [...languages], uses: [...uses], remarks: [...remarks] },
    decision: decision
      ? {
          kind: decision.kind,
          because: decision.because,
          until: momentText(momentOf(decision)),
        }
      : null,
  };
}
