import * as z from 'zod';
import type { Api } from '../team/api.ts';
import { Condition, Leaf } from './condition.ts';

type Schema = Parameters<Api['openAPIRegistry']['registerComponent']>[2];

const SELF = { $ref: '#/components/schemas/Condition' };
const several = { type: 'array', items: SELF, minItems: 1, maxItems: 20 } as const;
const joined = (word: string, schema: object) => ({
  type: 'object' as const,
  properties: { [word]: schema },
  required: [word],
  additionalProperties: false,
});

/** The condition language as JSON Schema: it names itself, where the check unrolls five levels. */
export function conditionSchema(): Schema {
  const { $schema: _, ...leaf } = z.toJSONSchema(Leaf, { io: 'input' });
  return {
    description:
      'True or false of one person; what is not known is false. At most five levels deep. Conditions on facts hold for nobody who objects to mail chosen by their purchases.',
    anyOf: [
      ...((leaf.anyOf ?? []) as Schema[]),
      joined('all', several),
      joined('any', several),
      joined('not', SELF),
    ],
  };
}

/** The same check, described by the schema above instead of by all its levels. */
export const ConditionField = Condition.meta({ type: 'object', allOf: [SELF] });
