import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apiResources } from '../../functions/entry/api.ts';
import { routeTable } from '../../functions/team/door.ts';
import { openDesk } from './desk.ts';

type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly $ref?: string;
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly responses: Record<string, { readonly description: string }>;
};
type Document = {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, object>>;
};

const desk = await openDesk();
const document = (await (await desk.app.request('/api/v1/openapi.json')).json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

describe('the description of the API', () => {
  it('is OpenAPI 3.1, for anybody to read without a key', () => {
    expect(document.openapi).toBe('3.1.0');
  });

  it('describes exactly the routes that answer', () => {
    const described = operations.map(({ path, method }) => `${method} ${path}`);
    const answering = routeTable(apiResources(desk.ports)).map(
      ({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.sort()).toEqual(answering.sort());
  });

  it('names each operation once, says what it does, and declares each part of its path', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      expect(operation.summary, path).toBeTruthy();
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect(declared, path).toEqual(inPath);
      expect(operation.responses.default?.description, path).toBeTruthy();
    }
  });

  it('refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
    expect(refs.length).toBeGreaterThan(20);
    for (const [, kind = '', name = ''] of refs)
      expect(document.components[kind]?.[name], name).toBeDefined();
    expect(JSON.stringify(document).match(/"\$ref":"(?!#\/components\/)/)).toBeNull();
  });

  it('says that objects sent hold nothing else', () => {
    for (const { path, operation } of operations) {
      let schema = operation.requestBody?.content['application/json']?.schema as
        { $ref?: string; additionalProperties?: unknown } | undefined;
      if (!schema) continue;
      if (schema.$ref) schema = document.components.schemas![schema.$ref.split('/').at(-1)!];
      expect(schema, path).toMatchObject({ additionalProperties: false });
    }
  });

  it('tells programs every choice: no literal stands for several, and null goes where it is answered', () => {
    const text = JSON.stringify(document);
    expect(text).toContain(
      '"which":{"anyOf":[{"type":"number","enum":[1]},{"type":"number","enum":[2]}',
    );
    const day = document.components.schemas!['CalendarDay'];
    expect(JSON.stringify(day)).toMatch(
      /"figures":\{"anyOf":\[\{"\$ref":"#\/components\/schemas\/Figures"\},\{"type":"null"\}\]\}/,
    );
    // Both at once would be asked of null: that it is an object, and that it is none.
    expect(text).not.toMatch(/"allOf":\[\{"\$ref":"[^"]+"\},\{"type":\["object","null"\]/);
  });

  it('has a page for people, in one piece: no script, nothing from elsewhere', async () => {
    const page = await desk.app.request('/api/v1/docs');
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).not.toMatch(/<script|<link rel="stylesheet"|src=|url\(/);
    for (const { path, operation } of operations) {
      expect(text).toContain(path);
      expect(text).toContain(operation.operationId);
    }
    expect(text).not.toMatch(/undefined|\[object Object\]/);
    const style = /<style>([^]*?)<\/style>/.exec(text)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  });
});
