import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ApiDocument } from './api-document.ts';

/** As much of a JSON Schema as the page reads. */
type Shape = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
};
type Operation = {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly operationId?: string;
  readonly 'x-scope'?: string;
  readonly parameters?: readonly {
    readonly name?: string;
    readonly in?: string;
    readonly required?: boolean;
    readonly schema?: Shape;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { schema?: Shape }>> };
  readonly responses?: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { schema?: Shape }>>;
      }
    >
  >;
};
type Line = { readonly method: string; readonly path: string; readonly operation: Operation };

const STYLE = `:root{color-scheme:light dark;--line:#8886;--soft:#68635d}
@media(prefers-color-scheme:dark){:root{--soft:#b8b0a8}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
h1{margin:.5rem 0}h2{margin-top:2.5rem}h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
section section{border-top:1px solid var(--line);padding:1rem 0}
p{margin:.4rem 0}code,pre{font:.875rem/1.45 ui-monospace,monospace}
pre{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;padding:.75rem;margin:.5rem 0}
.soft{color:var(--soft)}nav ul{columns:16rem;padding-left:1.1rem}summary{cursor:pointer;padding:.3rem 0}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The description of the API for eyes: made here, with nothing from anywhere else and no script. */
export async function apiDocsPage(c: Context, document: ApiDocument): Promise<Response> {
  const lines = linesOf(document);
  const tags = [...new Set(lines.map(({ operation }) => operation.tags?.[0] ?? 'other'))];
  const of = (tag: string) =>
    lines.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag);
  const schemas = (document.components?.schemas ?? {}) as Readonly<Record<string, Shape>>;
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>API · Moderato</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>The API</h1>
          <p>${document.info.description}</p>
          <p>
            Send <code>Authorization: Bearer</code> and a key that has the scope of the call. The
            same description for programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).
          </p>
        </header>
        <nav aria-label="Resources">
          <ul>
            ${tags.map((tag) => html`<li><a href="#${tag}">${tag}</a></li>`)}
          </ul>
        </nav>
        <main>
          ${tags.map(
            (tag) =>
              html`<section>
                <h2 id="${tag}">${tag}</h2>
                ${of(tag).map(operationOf)}
              </section>`,
          )}
          <section>
            <h2 id="shapes">Shapes</h2>
            ${Object.entries(schemas).map(
              ([name, shape]) =>
                html`<section>
                  <h3 id="shape-${name}">${name}</h3>
                  <pre tabindex="0">${textOf(shape)}</pre>
                </section>`,
            )}
          </section>
        </main>
      </body>
    </html>`;
  return c.html(
    page.toString().replace(/<style>\s*([^]*?)\s*<\/style>/, '<style>$1</style>'),
    200,
    {
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  );
}

function linesOf(document: ApiDocument): Line[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

function operationOf({ method, path, operation }: Line) {
  const body = schemaIn(operation.requestBody?.content);
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return html`<section>
    <h3 id="${operation.operationId}"><code>${method} ${path}</code></h3>
    <p>
      ${operation.summary}. <span class="soft">Scope: <code>${operation['x-scope']}</code></span>
    </p>
    ${operation.description ? html`<p>${operation.description}</p>` : ''}
    ${
      query.length > 0
        ? html`<p class="soft">Query</p>
            <pre tabindex="0">
${query.map(({ name, required, schema }) => `${name}${required ? '' : '?'}: ${textOf(schema ?? {})}`).join('\n')}</pre>`
        : ''
    }
    ${
      body
        ? html`<p class="soft">Body</p>
            <pre tabindex="0">${textOf(body)}</pre>`
        : ''
    }
    ${Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => {
      const schema = schemaIn(content);
      if (status === 'default' || !schema) return '';
      return html`<details>
        <summary><span class="soft">Answer</span> ${status}: ${description}</summary>
        <pre tabindex="0">${textOf(schema)}</pre>
      </details>`;
    })}
  </section>`;
}

function schemaIn(content: Readonly<Record<string, { schema?: Shape }>> | undefined) {
  return content && Object.values(content)[0]?.schema;
}

/** A shape as one would write it on a board: `{ name: text, at?: date-time  — when }`. */
function textOf(shape: Shape, indent = ''): string {
  if (shape.$ref) return shape.$ref.split('/').at(-1)!;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
  const several = shape.anyOf ?? shape.oneOf;
  if (several) return several.map((one) => textOf(one, indent)).join(' | ');
  if (shape.allOf) return shape.allOf.map((one) => textOf(one, indent)).join(' & ');
  if (shape.items) return `[ ${textOf(shape.items, indent)} … ]`;
  if (shape.properties) return fieldsOf(shape, indent);
  if (typeof shape.additionalProperties === 'object')
    return `{ …: ${textOf(shape.additionalProperties, indent)} }`;
  const types = [shape.type ?? 'any'].flat().join(' | ');
  return shape.format ?? types;
}

function fieldsOf({ properties = {}, required = [] }: Shape, indent: string): string {
  const deeper = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const must = required.includes(name) ? '' : '?';
    const fallback = field.default === undefined ? '' : ` (else ${JSON.stringify(field.default)})`;
    const means = field.description === undefined ? '' : `  — ${field.description}`;
    return `${deeper}${name}${must}: ${textOf(field, deeper)}${fallback}${means}`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join('\n')}\n${indent}}`;
}
