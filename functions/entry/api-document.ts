import type { Api } from '../team/api.ts';

type Schema = Parameters<Api['openAPIRegistry']['registerComponent']>[2];

const PROBLEM: Schema = {
  type: 'object',
  description: 'RFC 9457. The code is a contract; words may improve.',
  required: ['type', 'code', 'title', 'status', 'detail', 'remedy'],
  properties: {
    type: { type: 'string' },
    code: { type: 'string', examples: ['input-invalid'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    remedy: { type: 'string', description: 'What to do about it.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'detail'],
        properties: {
          path: { type: 'string', examples: ['subscriptions.0.topic'] },
          detail: { type: 'string' },
          words: {
            type: 'object',
            additionalProperties: { type: 'string' },
            description: 'The same by language, where people read it too.',
          },
        },
      },
    },
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Any word of yours. The same call with the same key within 30 days gets the first answer again, with Idempotency-Replayed: true.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of what the change is made to.',
  schema: { type: 'string' },
} as const;

export type ApiDocument = ReturnType<typeof apiDocument>;

/** The description of the API, made of the same declarations that its door goes by. */
export function apiDocument(resources: Api, publicUrl: string) {
  const { openAPIRegistry: registry } = resources;
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key, or the id token of somebody of the house. Each call names the scope it needs as x-scope; null is anybody who is let in.',
  });
  registry.registerComponent('schemas', 'Problem', PROBLEM);
  registry.registerComponent('parameters', 'IdempotencyKey', IDEMPOTENCY_KEY);
  registry.registerComponent('parameters', 'IfMatch', IF_MATCH);
  const document = resources.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Moderato',
      version: '1',
      description:
        'Newsletters at each reader’s pace. JSON in and out; errors are application/problem+json with a code, what happened and what to do. Bodies hold at most 1 MB and no field that is not described here.',
    },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }],
  });
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of ['get', 'post', 'patch', 'put', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      operation.operationId = operationId(method, path);
      operation.responses = {
        ...operation.responses,
        default: {
          description: 'A problem.',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      };
      const header = { post: 'IdempotencyKey', patch: 'IfMatch' }[method as string];
      if (header)
        operation.parameters = [
          ...(operation.parameters ?? []),
          { $ref: `#/components/parameters/${header}` },
        ];
    }
  return portable(document) as typeof document;
}

/** Patterns on Unicode properties are left to our own check: many readers of a description know none. */
function portable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(portable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'pattern' && String(inner).includes('\\p{')))
      .map(([key, inner]) => [key, portable(inner)]),
  );
}

/** `postPeopleLookup`, `getCampaignsById`. */
function operationId(method: string, path: string): string {
  const words = path
    .split('/')
    .slice(3)
    .map((part) => part.replace(/^\{(\w+)\}$/, 'by-$1'))
    .join('-')
    .split('-');
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}
