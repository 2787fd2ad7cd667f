import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { factsOf, log } from '../base/log.ts';
import { answerPage, languageAccepted, languageAsked, type Markup } from '../base/page.ts';
import type { Ports } from '../base/ports.ts';
import { Problem, type ProblemCode } from '../base/problem.ts';
import { say, speaks, type Args, type WordKey } from '../base/words.ts';
import type { Brand } from '../people/brand.ts';
import { readBrand } from '../people/store.ts';

/** Somebody looks at a public page: whose house it is, and in which language they read it. */
export type Visit = {
  readonly c: Context;
  readonly brand: Brand;
  readonly language: string;
  /** Whether the address itself names the language; it then stands above what a reader chose. */
  readonly asked: boolean;
  readonly home: string;
};

export const LARGEST_FORM_BYTES = 64 * 1024;

/** A door of the public site. What goes wrong behind it becomes a page, and the log says where. */
export function visited(ports: Ports, show: (visit: Visit) => Promise<Response>) {
  return async (c: Context): Promise<Response> => {
    const brand = await readBrand(ports);
    const asked = languageAsked(c, brand);
    const language = asked ?? languageAccepted(c, brand) ?? brand.language;
    const visit = { c, brand, language, asked: asked !== undefined, home: ports.publicUrl };
    try {
      return await show(visit);
    } catch (error) {
      return troublePage(visit, error);
    }
  };
}

/** Forms are small; what is larger was not made by one of our pages. */
export function smallForms(ports: Ports) {
  return bodyLimit({
    maxSize: LARGEST_FORM_BYTES,
    onError: (c) =>
      visited(ports, async () => {
        throw new Problem('body-too-large');
      })(c),
  });
}

/** The same visit in the language its reader chose, unless the address asks for another. */
export function inTheirLanguage(visit: Visit, language: string): Visit {
  const theirs = speaks(language) ? language : visit.brand.language;
  return visit.asked ? visit : { ...visit, language: theirs };
}

/** Another page of ours, in the language this one was asked for. */
export function leadingTo({ asked, language }: Visit, path: string): string {
  return asked ? `${path}?lang=${language}` : path;
}

export function answer(
  { c, brand, language, home }: Visit,
  {
    status = 200,
    title,
    body,
  }: {
    readonly status?: ContentfulStatusCode;
    readonly title: string;
    readonly body: Markup;
  },
): Promise<Response> {
  return answerPage(c, status, { brand, home, language, title, body });
}

/** What was filled in, from either kind of form; files are not taken. Empty when it is no form at all. */
export async function readFields(c: Context): Promise<URLSearchParams> {
  const fields = new URLSearchParams();
  const body = await c.req.parseBody({ all: true }).catch((error: unknown) => {
    throw error instanceof TypeError ? new Problem('body-not-a-form', { cause: error }) : error;
  });
  for (const [name, value] of Object.entries(body))
    for (const one of [value].flat()) if (typeof one === 'string') fields.append(name, one);
  return fields;
}

/** Says a word of the catalogue in the visit's language. */
export const teller = (visit: Pick<Visit, 'language'>) => (key: WordKey, args?: Args) =>
  say(visit.language, key, args);

function troublePage(visit: Visit, error: unknown): Promise<Response> {
  const t = teller(visit);
  const { c } = visit;
  if (!(error instanceof Problem) || error.status >= 500)
    log('error', 'fault', { route: c.req.routePath, method: c.req.method, ...factsOf(error) });
  const [status, lead] = troubleOf(error);
  const title = t(status < 500 ? 'fault.theirs' : 'fault.title');
  return answer(visit, {
    status,
    title,
    body: html`<h1>${title}</h1>
      <p>${t(lead)}</p>`,
  });
}

const TROUBLES: Partial<Record<ProblemCode, readonly [ContentfulStatusCode, WordKey]>> = {
  'too-many-hands': [503, 'fault.busy'],
  'body-too-large': [413, 'fault.large'],
  'body-not-a-form': [400, 'fault.form'],
};

function troubleOf(error: unknown): readonly [ContentfulStatusCode, WordKey] {
  const known = error instanceof Problem ? TROUBLES[error.code] : undefined;
  return known ?? [500, 'fault.lead'];
}
