import { type Fault, faultIn } from './faults.ts';
import type { TemplateProblem } from './letter.ts';

export type Where = TemplateProblem['where'] | 'footer';

/** One text of the letter as its author wrote it. */
export type AuthorText = { readonly where: Where; readonly source: string };

/** Fixed text, an output or a tag, and where it begins in its author's text. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly begin: number }
  | { readonly kind: 'output'; readonly liquid: string; readonly begin: number }
  | {
      readonly kind: 'tag';
      readonly name: string;
      readonly liquid: string;
      readonly begin: number;
    };

/** A problem the author can mend. Later code throws several at once. */
export class LetterRefused extends Error {
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map(({ fault }) => faultIn('en', fault).detail).join(' '));
    this.name = 'LetterRefused';
    this.problems = problems;
  }
}

/** What is wrong at an offset of a text. A footer is our own words: a problem there is a fault. */
export function problemAt(
  { where, source }: AuthorText,
  offset: number,
  fault: Fault,
): TemplateProblem {
  const before = source.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  if (where === 'footer')
    throw new Error(`the footer, line ${line}, column ${column}: ${fault.code}`);
  return { fault, where, line, column };
}

export function refuse(text: AuthorText, offset: number, fault: Fault): never {
  throw new LetterRefused([problemAt(text, offset, fault)]);
}
