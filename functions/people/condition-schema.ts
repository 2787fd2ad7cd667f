import * as z from 'zod';
import type { Api } from '../team/api.ts';
import { AudienceCondition, Condition, SegmentLeaf } from './condition.ts';
import { Leaf } from './condition-leaf.ts';

type Schema = Parameters<Api['openAPIRegistry']['registerComponent']>[2];

/** A language as JSON Schema: it names itself, where the check unrolls five levels. */
function treeSchema(name: string, leaves: z.ZodType, description: string): Schema {
  const self = { $ref: `#/components/schemas/${name}` };
  const several = { type: 'array', items: self, minItems: 1, maxItems: 20 } as const;
  const joined = (word: string, schema: object) => ({
    type: 'object' as const,
    properties: { [word]: schema },
    required: [word],
    additionalProperties: false,
  });
  const { $schema: _, ...leaf } = z.toJSONSchema(leaves, { io: 'input' });
  return {
    description,
    anyOf: [
      ...((leaf.anyOf ?? []) as Schema[]),
      joined('all', several),
      joined('any', several),
      joined('not', self),
    ],
  };
}

/** The condition language, of segments and of blocks that only some readers see. */
export function conditionSchema(): Schema {
  return treeSchema(
    'Condition',
    Leaf,
    'True or false of one person; what is not known is false. At most five levels deep. Conditions on facts and purchases hold for nobody who objects to mail chosen by their purchases.',
  );
}

/** The same, in which a saved segment may stand for what it says. */
export function audienceSchema(): Schema {
  return treeSchema(
    'Audience',
    z.union([...Leaf.options, SegmentLeaf]),
    'A condition in which a saved segment may stand for what it says at the moment that the campaign starts.',
  );
}

/** The same checks, described by the schemas above instead of by all their levels. */
export const ConditionField = Condition.meta({
  type: 'object',
  allOf: [{ $ref: '#/components/schemas/Condition' }],
});
export const AudienceField = AudienceCondition.meta({
  type: 'object',
  allOf: [{ $ref: '#/components/schemas/Audience' }],
});
