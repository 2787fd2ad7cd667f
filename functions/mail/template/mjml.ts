import { fault } from './faults.ts';
import type { TemplateProblem } from './letter.ts';
import { spokenIn } from './layout.ts';
import type { Marks } from './marks.ts';
import { type MjmlPart, mjmlParts } from './mjml-parts.ts';
import { LetterRefused, type Piece } from './pieces.ts';
import type { Tell } from './tell.ts';

type MjmlSetting = {
  readonly language: string;
  readonly marks: Marks;
  readonly pieces: readonly Piece[];
  readonly tell: Tell;
};

/** Components that take `mj-raw` among their children. */
const TAKES_RAW = new Set(
  'mj-body mj-wrapper mj-section mj-group mj-column mj-hero mj-navbar mj-social mj-accordion'.split(
    ' ',
  ),
);

/** Components that hold others; what else stands in them is dropped. An unknown one is MJML's to tell. */
const CONTAINERS = new Set([
  ...TAKES_RAW,
  ...'mjml mj-head mj-attributes mj-carousel mj-accordion-element mj-html-attributes mj-selector'.split(
    ' ',
  ),
]);

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
    return html.includes('<pre') ? html : html.replace(/\n\s+/g, '\n');
  } catch (error) {
    throw new LetterRefused(problemsOf(error, setting));
  }
}

type MjmlErrors = readonly { readonly line?: number; readonly message?: string }[];

function problemsOf(error: unknown, { tell, marks }: MjmlSetting): TemplateProblem[] {
  const errors =
    error instanceof Error && 'errors' in error && Array.isArray(error.errors)
      ? (error.errors as MjmlErrors)
      : [];
  if (errors.length === 0) return [tell.atLine(1, fault('mjml-unreadable'))];
  return errors.slice(0, 20).map(({ line = 1, message = '' }) => {
    const liquid = marks.split(message).find((part) => 'kind' in part);
    return liquid
      ? tell.atPiece(liquid.index, fault('mjml-attribute'))
      : tell.atLine(line, fault('mjml-says', { sentence: message.trim().replace(/\.$/, '') }));
  });
}

function withRawAround(source: string, setting: MjmlSetting): string {
  const problems: TemplateProblem[] = [];
  const open: string[] = [];
  let prepared = '';
  for (const part of mjmlParts(source)) {
    if (part.kind === 'html') prepared += part.text;
    else if (part.kind === 'between') {
      const kept = keptBetween(part, open.at(-1) ?? 'mjml', setting);
      prepared += kept.text;
      problems.push(...kept.problems);
    } else {
      problems.push(...tagProblems(part, setting));
      const isRoot = part.name === 'mjml' && !part.isClosing;
      prepared += isRoot ? spoken(part.text, setting.language) : part.text;
      const last = open.lastIndexOf(part.name);
      if (!part.isClosing && !part.text.endsWith('/>')) open.push(part.name);
      else if (part.isClosing && last !== -1) open.splice(last);
    }
  }
  if (problems.length > 0) throw new LetterRefused(problems.slice(0, 20));
  return prepared;
}

/** What stands between components: a tag is wrapped, all else would be dropped and is told. */
function keptBetween(
  { text, begin }: MjmlPart & { kind: 'between' },
  within: string,
  { tell, marks, pieces }: MjmlSetting,
): { text: string; problems: TemplateProblem[] } {
  const problems: TemplateProblem[] = [];
  let kept = '';
  let at = begin;
  for (const part of marks.split(text)) {
    if ('text' in part) {
      const blanks = part.text.length - part.text.trimStart().length;
      if (part.text.trim() !== '' && CONTAINERS.has(within))
        problems.push(tell.atOffset(at + blanks, fault('mjml-drops-text', { within })));
      else kept += part.text;
      at += part.text.length;
      continue;
    }
    at += part.end - part.begin;
    const isTag = pieces[part.index]?.kind === 'tag';
    if (isTag && TAKES_RAW.has(within)) kept += `<mj-raw>${marks.of(part.index)}</mj-raw>`;
    else
      problems.push(
        tell.atPiece(part.index, fault(isTag ? 'mjml-drops-tag' : 'mjml-drops-output', { within })),
      );
  }
  return { text: kept, problems };
}

function tagProblems(
  { text, name }: MjmlPart & { kind: 'tag' },
  { tell, marks, pieces }: MjmlSetting,
): TemplateProblem[] {
  const beside = marks
    .split(text.replace(/"[^"]*"|'[^']*'/g, ''))
    .flatMap((part) => ('kind' in part ? [part.index] : []));
  const problems = beside.map((index) => tell.atPiece(index, fault('mjml-beside-attribute')));
  if (name === 'mj-include') problems.push(tell.atWords(text, fault('mjml-includes')));
  const hasTags = pieces.some(({ kind }) => kind === 'tag');
  const isRewriting =
    name === 'mj-html-attributes' || (name === 'mj-style' && /\binline\s*=/.test(text));
  if (hasTags && isRewriting && !text.startsWith('</'))
    problems.push(tell.atWords(text, fault('mjml-moves-tags', { name })));
  return problems;
}

/** Says on the root which language the letter is in, where its author did not. */
function spoken(tag: string, language: string): string {
  const missing = spokenIn(language)
    .split(' ')
    .filter((attribute) => !new RegExp(`\\s${attribute.split('=')[0]}\\s*=`).test(tag));
  return tag.replace(/^<mjml/i, `<mjml ${missing.join(' ')}`);
}
