import { parse } from 'parse5';
import {
  assemble,
  compile,
  type Compiled,
  fillerOf,
  type LetterSource,
  type TemplateProblem,
} from '../../../functions/mail/template/compile.ts';
import { annotate } from '../../../functions/mail/template/compile.ts';
import { engine, globalsOf } from '../../../functions/mail/template/engine.ts';
import { liquidOf } from '../../../functions/mail/template/nodes.ts';
import { faultIn } from '../../../functions/mail/template/faults.ts';

export type Context = Readonly<Record<string, unknown>>;

/** A letter of the house, with what a test wants to be different. */
export function letter(more: Partial<LetterSource> & { source: string }): LetterSource {
  return {
    language: 'fr',
    subject: 'Bonjour',
    format: 'html',
    footer: {
      html: '<p>{{ why }}</p><p><a href="{{ links.unsubscribe }}">Me désinscrire</a></p>',
      text: '{{ why }}\nMe désinscrire : {{ links.unsubscribe }}',
    },
    brand: { name: 'Maison Delorme', colour: '#7a1f3d' },
    ...more,
  };
}

export const someone: Context = {
  person: {
    greeting: 'Bonjour Madame Bonnet',
    givenName: 'Ada',
    familyName: 'Bonnet',
    fields: { city: 'Lyon' },
    facts: {
      lastPurchaseAt: Date.UTC(2026, 2, 1, 11),
      lastPurchaseAmount: 1234.5,
      currency: 'EUR',
      purchases: 3,
    },
  },
  links: {
    preferences: 'https://letters.example/p',
    unsubscribe: 'https://letters.example/u',
    view: 'https://letters.example/v',
  },
  frequency: 'une fois par mois',
  why: 'Vous suivez « Arrivages ».',
  items: [
    { title: 'Le miel est là', url: 'https://shop.example/miel' },
    { title: 'Atelier', url: 'https://shop.example/atelier' },
  ],
  timeZone: 'Europe/Paris',
};

export async function compiled(source: LetterSource): Promise<Compiled> {
  const result = await compile(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

export async function problemsOf(source: LetterSource) {
  const result = await compile(source);
  return result.ok ? [] : result.problems.map(told);
}

const told = (problem: TemplateProblem) => ({ ...problem, ...faultIn('en', problem.fault) });

export async function sent(source: LetterSource, context: Context = someone) {
  const one = await compiled(source);
  return assemble(one, fillerOf(one)(context));
}

/** The whole letter rendered by Liquid, which knows nothing of holes. */
export async function renderedWhole(source: LetterSource, context: Context) {
  const { subject, html, text } = await annotate(source);
  const render = (nodes: typeof subject) =>
    engine.parseAndRenderSync(nodes.map(liquidOf).join(''), context, {
      globals: globalsOf(source.language),
    }) as string;
  return { subject: render(subject), html: render(html), text: render(text) };
}

type Parsed = {
  readonly nodeName: string;
  readonly value?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Parsed[];
};
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
};

/** Every element of a page as a browser reads it, in order, with the text inside it. */
export function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Parsed): string => {
    if (node.nodeName === '#text') return node.value ?? '';
    const place = found.length;
    const isElement = !node.nodeName.startsWith('#');
    if (isElement) found.push({ name: node.nodeName, attributes: {}, text: '' });
    const text = (node.childNodes ?? []).map(visit).join('');
    if (isElement)
      found[place] = {
        name: node.nodeName,
        attributes: Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value])),
        text,
      };
    return text;
  };
  visit(parse(html));
  return found;
}

/** What people and machines type into fields when they mean harm, or are simply from elsewhere. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '--><script>alert(1)</script>',
  '--!><b>',
  '</title></style></td></table><h1>',
  '<!--[if mso]><b><![endif]-->',
  '{{ h0 }} {{h0}} {{{h1}}} }} {{',
  '{% if x %}',
  '\\{{h0}}',
  "$& $1 $$ $` $'",
  '__proto__',
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '&lt;b&gt; &amp;amp; &#x3c;',
  'a\r\nBcc: everybody@example.org\r\n\r\nHello',
  'a\u2028b\u2029c\u0085d',
  'nul\u0000 bell\u0007 delete\u007f',
  'אבג \u202egnp.exe \u2066x\u2069',
  'مرحبا بكم',
  '👩‍👩‍👧‍👦 🇫🇷 é',
  '\ud800 lone',
  '`backticks` ${x}',
  "O'Brien & Müller <Söhne>",
  '   ',
  '',
] as const;
