import { createHash } from 'node:crypto';
import { fault } from './faults.ts';
import { annotateHtml } from './annotate.ts';
import { withDoors } from './counted.ts';
import { cut, Holes } from './cut.ts';
import { documentOf } from './document.ts';
import { onOneLine } from './escapes.ts';
import { leadsOut, lostLiquid, pixels } from './guards.ts';
import {
  type Compiled,
  LETTER_BYTES_MOST,
  type LetterSource,
  type TemplateProblem,
} from './letter.ts';
import { marked } from './marks.ts';
import { liquidOf, type Node } from './nodes.ts';
import { type Parts, readLetter } from './parts.ts';
import { LetterRefused, refuse } from './pieces.ts';
import { plainNodes } from './plain.ts';
import { textOf } from './text-part.ts';

export { assemble, fillerOf } from './fill.ts';
export { Compiled, type Hole, type LetterSource, type TemplateProblem } from './letter.ts';
export { RenderFailed } from './render-failed.ts';

/** A letter in Liquid with the escape of its place after every output: what the holes are cut from. */
export type Annotation = {
  readonly subject: readonly Node[];
  readonly html: readonly Node[];
  readonly text: readonly Node[];
  readonly uses: readonly string[];
};

/** Compiles a letter once for all its readers, or tells what its author must mend. */
export async function compile(
  letter: LetterSource,
): Promise<{ ok: true; compiled: Compiled } | { ok: false; problems: TemplateProblem[] }> {
  try {
    return { ok: true, compiled: cutLetter(letter, await annotate(letter)) };
  } catch (error) {
    if (error instanceof LetterRefused) return { ok: false, problems: [...error.problems] };
    throw error;
  }
}

/** The whole letter in Liquid. Rendered by Liquid it is the oracle for what holes give. */
export async function annotate(letter: LetterSource): Promise<Annotation> {
  const parts = readLetter(letter);
  const { marks, pieces, tell, uses } = parts;
  if (letter.subject.trim() === '') refuse(parts.subject.text, 0, fault('subject-empty'));
  const document = await documentOf(letter, parts);
  const lost = lostLiquid(document.page, parts.source, marks, tell);
  if (lost.length > 0) throw new LetterRefused(lost);

  // A letter of blocks has no footer of its own that could replace ours.
  const hasFoot = letter.format !== 'blocks' && leadsOut(document.page, marks, pieces);
  const of = (part: Parts['source']) => marked(part.pieces, part.first, marks);
  const whole = document.withFoot(hasFoot ? undefined : of(parts.footHtml));
  const led = letter.doorOf && withDoors(whole, parts, letter.doorOf);
  const counted = led && annotateHtml(led.page, marks, led.pieces, tell);
  // Doors make a letter longer: one that would become too long keeps its links as they are.
  const isCounted = counted && bytesOf(counted.nodes) <= LETTER_BYTES_MOST;
  const html = isCounted ? counted : annotateHtml(whole, marks, pieces, tell);
  const problems = [...html.problems, ...pixels(whole, tell)];
  if (problems.length > 0) throw new LetterRefused(distinct(problems).slice(0, 20));
  refuseTooLarge(parts, html.nodes);

  const text = textOf(document.body, { marks, pieces, urlEscapes: html.urlEscapes });
  const foot = hasFoot ? '' : `\n${of(parts.footText).trim()}\n`;
  return {
    subject: plainNodes(onOneLine(of(parts.subject)), parts, 'in_subject'),
    html: html.nodes,
    text: plainNodes(text + foot, parts, 'in_plain'),
    uses: hasFoot ? uses.without : uses.withFoot,
  };
}

/** Fixed text and holes. The id names the content, so the same letter has the same one wherever it is made. */
export function cutLetter(
  { language, conditions = {} }: Pick<LetterSource, 'language' | 'conditions'>,
  annotation: Annotation,
): Compiled {
  const holes = new Holes();
  const content = {
    subject: cut(annotation.subject, holes, 'subject'),
    html: cut(annotation.html, holes, 'text'),
    text: cut(annotation.text, holes, 'plain'),
  };
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
  return {
    language,
    wire: { id, ...content },
    holes: holes.all,
    uses: annotation.uses.filter((name) => !name.startsWith('shown.')),
    conditions,
  };
}

function refuseTooLarge({ source }: Parts, nodes: readonly Node[]): void {
  const bytes = bytesOf(nodes);
  if (bytes > LETTER_BYTES_MOST)
    refuse(
      source.text,
      0,
      fault('letter-too-large', {
        size: Math.ceil(bytes / 1024),
        most: LETTER_BYTES_MOST / 1024,
      }),
    );
}

const bytesOf = (nodes: readonly Node[]) => Buffer.byteLength(nodes.map(liquidOf).join(''));

function distinct(problems: readonly TemplateProblem[]): TemplateProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
