import type { TemplateProblem } from './letter.ts';
import { spokenIn } from './layout.ts';
import type { Marks } from './marks.ts';
import { LetterRefused, type Piece } from './pieces.ts';
import type { Tell } from './tell.ts';

type MjmlSetting = {
  readonly language: string;
  readonly marks: Marks;
  readonly pieces: readonly Piece[];
  readonly tell: Tell;
};

/** Components whose inside is the author's own HTML. */
const HOLDS_HTML = new Set(
  'mj-text mj-button mj-raw mj-table mj-preview mj-title mj-style mj-navbar-link mj-social-element mj-accordion-title mj-accordion-text mj-html-attribute'.split(
    ' ',
  ),
);
/** Components that take `mj-raw` among their children. */
const TAKES_RAW = new Set(
  'mj-body mj-wrapper mj-section mj-group mj-column mj-hero mj-navbar mj-social mj-accordion'.split(
    ' ',
  ),
);

/**
 * MJML as HTML. Between components MJML drops whatever it does not know, without a word: a
 * conditional paragraph would go to everyone. So each tag there is wrapped where MJML keeps it.
 */
export async function renderMjml(source: string, setting: MjmlSetting): Promise<string> {
  const prepared = withRawAround(source, setting);
  const { default: mjml } = await import('mjml');
  try {
    const { html } = await mjml(prepared, {
      validationLevel: 'strict',
      fonts: {}, // Asking somebody else's server for a font would tell it who reads.
      keepComments: false,
      ignoreIncludes: true,
    });
    return html;
  } catch (error) {
    throw new LetterRefused(problemsOf(error, setting.tell));
  }
}

function problemsOf(error: unknown, tell: Tell): TemplateProblem[] {
  const errors =
    error instanceof Error && 'errors' in error && Array.isArray(error.errors)
      ? (error.errors as { line?: number; message?: string }[])
      : [];
  if (errors.length === 0)
    return [
      tell.atLine(1, 'MJML cannot read this letter.', 'Check that every component is closed.'),
    ];
  return errors
    .slice(0, 20)
    .map(({ line = 1, message = '' }) =>
      tell.atLine(
        line,
        `MJML says: ${message}.`.replace(/\.\.$/, '.'),
        'See the component in the MJML documentation.',
      ),
    );
}

function withRawAround(source: string, setting: MjmlSetting): string {
  const { tell, marks, pieces } = setting;
  const problems: TemplateProblem[] = [];
  const open: string[] = [];
  let prepared = '';
  for (const part of partsOf(source)) {
    if (part.kind === 'html') prepared += part.text;
    else if (part.kind === 'tag') {
      problems.push(...tagProblems(part, setting));
      prepared +=
        part.name === 'mjml' && !part.isClosing ? spoken(part.text, setting.language) : part.text;
      if (part.isClosing) open.splice(Math.max(0, open.lastIndexOf(part.name)));
      else if (!part.text.endsWith('/>')) open.push(part.name);
    } else {
      const within = open.at(-1) ?? 'mjml';
      for (const piece of marks.split(part.text)) {
        if ('text' in piece) {
          if (piece.text.trim() !== '')
            problems.push(
              tell.atWords(
                piece.text.trim(),
                `MJML drops text that stands directly in <${within}>.`,
                'Put it in <mj-text>.',
              ),
            );
          else prepared += piece.text;
        } else if (pieces[piece.index]?.kind === 'tag' && TAKES_RAW.has(within))
          prepared += `<mj-raw>${marks.of(piece.index)}</mj-raw>`;
        else
          problems.push(
            tell.atPiece(
              piece.index,
              `MJML drops Liquid that stands directly in <${within}>.`,
              pieces[piece.index]?.kind === 'tag'
                ? 'Put the tag around a whole section, column or component.'
                : 'Put it in <mj-text>.',
            ),
          );
      }
    }
  }
  if (problems.length > 0) throw new LetterRefused(problems.slice(0, 20));
  return prepared;
}

type MjmlPart =
  | {
      readonly kind: 'tag';
      readonly text: string;
      readonly name: string;
      readonly isClosing: boolean;
    }
  | { readonly kind: 'between'; readonly text: string }
  | { readonly kind: 'html'; readonly text: string };

/** Takes MJML apart into its components' tags, what stands between them, and HTML that is left alone. */
function* partsOf(source: string): Generator<MjmlPart> {
  let at = 0;
  while (at < source.length) {
    const next = indexFrom(source, '<', at);
    if (next > at) yield { kind: 'between', text: source.slice(at, next) };
    if (next === source.length) return;
    if (source.startsWith('<!--', next)) {
      at = indexFrom(source, '-->', next) + 3;
      continue;
    }
    at = tagEnd(source, next);
    const text = source.slice(next, at);
    const [, slash, name = ''] = /^<(\/?)([^\s/>]*)/.exec(text)!;
    yield { kind: 'tag', text, name: name.toLowerCase(), isClosing: slash === '/' };
    if (slash === '/' || text.endsWith('/>') || !HOLDS_HTML.has(name.toLowerCase())) continue;
    const end = indexFrom(source, `</${name}`, at);
    yield { kind: 'html', text: source.slice(at, end) };
    at = end;
  }
}

function indexFrom(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from);
  return found === -1 ? source.length : found;
}

/** After the `>` that ends a tag; one in quotes does not. */
function tagEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== '>') {
    const sign = source[at]!;
    at = sign === '"' || sign === "'" ? indexFrom(source, sign, at + 1) + 1 : at + 1;
  }
  return Math.min(at + 1, source.length);
}

function tagProblems(
  { text, name }: MjmlPart & { kind: 'tag' },
  { tell, marks, pieces }: MjmlSetting,
): TemplateProblem[] {
  const beside = marks
    .split(text.replace(/"[^"]*"|'[^']*'/g, ''))
    .flatMap((part) => ('kind' in part ? [part.index] : []));
  const problems = beside.map((index) =>
    tell.atPiece(
      index,
      'Liquid may stand in the value of an attribute, not beside it.',
      'Put the tag around the whole component.',
    ),
  );
  if (name === 'mj-include')
    problems.push(
      tell.atWords(text, 'A letter includes no other file.', 'Copy what it holds into the letter.'),
    );
  const hasTags = pieces.some(({ kind }) => kind === 'tag');
  const isRewriting =
    name === 'mj-html-attributes' || (name === 'mj-style' && /\binline\s*=/.test(text));
  if (hasTags && isRewriting && !text.startsWith('</'))
    problems.push(
      tell.atWords(
        text,
        `MJML may move Liquid tags when it applies <${name}>.`,
        'Leave it out, or write the letter without tags.',
      ),
    );
  return problems;
}

/** Says on the root which language the letter is in, where its author did not. */
function spoken(tag: string, language: string): string {
  const missing = spokenIn(language)
    .split(' ')
    .filter((attribute) => !new RegExp(`\\s${attribute.split('=')[0]}\\s*=`).test(tag));
  return tag.replace(/^<mjml/i, `<mjml ${missing.join(' ')}`);
}
