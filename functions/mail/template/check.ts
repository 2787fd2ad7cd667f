import {
  analyzeSync,
  LiquidError,
  type TagToken,
  type Template,
  type Token,
  Tokenizer,
  TypeGuards,
} from 'liquidjs';
import { engine } from './engine.ts';
import { type AuthorFilter, filters } from './filters.ts';
import type { TemplateProblem } from './letter.ts';
import { type AuthorText, LetterRefused, problemAt, refuse } from './pieces.ts';

type Say = (detail: string, remedy: string) => TemplateProblem;

/** The names a letter may ask for, all of them given with each reader. */
const ROOTS = ['person', 'links', 'frequency', 'brand', 'campaign', 'why', 'items'];
const NEVER = new Set(['__proto__', 'constructor', 'prototype']);
const RANGE_MOST = 100;

/** What follows a value: each filter on our list, with arguments it can use. */
export function checkOutput(token: { readonly content: string }, say: Say): TemplateProblem[] {
  if (token.content.trim() === '')
    return [
      say('There is nothing between "{{" and "}}".', 'Name a value, as {{ person.greeting }}.'),
    ];
  if (withoutQuotes(token.content).includes('..'))
    return [say('A range stands only in "for".', 'Write {% for n in (1..3) %}.')];
  let read;
  try {
    read = new Tokenizer(token.content).readFilteredValue();
  } catch {
    return []; // Liquid's own parser says it better, below.
  }
  if (!isWhole(read.initial.postfix))
    return [say('This value is not complete, or holds two.', 'Write one value, then its filters.')];
  return read.filters.flatMap(({ name, args }) => {
    if (!Object.hasOwn(filters, name))
      return [
        say(`There is no filter "${name}".`, `Use one of ${Object.keys(filters).join(', ')}.`),
      ];
    return checkArguments(
      name,
      filters[name]!,
      args.map((arg) => (Array.isArray(arg) ? undefined : arg.getText())),
      say,
    );
  });
}

function checkArguments(
  name: string,
  { takes: [least, most], oneOf }: AuthorFilter,
  args: readonly (string | undefined)[],
  say: Say,
): TemplateProblem[] {
  if (args.includes(undefined))
    return [
      say(
        `The filter "${name}" takes no named arguments.`,
        'Write only the values, with commas between them.',
      ),
    ];
  if (args.length < least || args.length > most)
    return [
      say(
        `The filter "${name}" takes ${least === most ? least : `${least} to ${most}`} arguments, not ${args.length}.`,
        'See docs/templates.md for an example.',
      ),
    ];
  const [first] = args;
  if (
    oneOf &&
    first !== undefined &&
    !oneOf.some((word) => first === `"${word}"` || first === `'${word}'`)
  )
    return [
      say(
        `The filter "${name}" does not know ${first}.`,
        `Use one of ${oneOf.map((word) => `"${word}"`).join(', ')}.`,
      ),
    ];
  return [];
}

/** What a tag's own words may not hold: filters, ranges without an end in sight, memory of other loops. */
export function checkTagWords(token: TagToken, say: Say): TemplateProblem[] {
  const words = withoutQuotes(token.args);
  const problems = [];
  if (words.includes('|'))
    problems.push(
      say(`"${token.name}" takes no filters.`, 'Use the filter where the value is shown.'),
    );
  else if (CONDITIONS.has(token.name) && !isCondition(token.args))
    problems.push(
      say('This condition is not complete.', 'Write it as {% if person.fields.city == "Lyon" %}.'),
    );
  if (token.name === 'for' && /\bcontinue\b/.test(words))
    problems.push(say('A loop cannot go on where another one stopped.', 'Give "offset" a number.'));
  if (words.includes('..')) {
    const range = /\bin\s*\(\s*(\d{1,15})\s*\.\.\s*(\d{1,15})\s*\)/.exec(words);
    if (token.name !== 'for' || !range || words.split('..').length > 2)
      problems.push(
        say('A range needs two whole numbers, in "for".', 'Write it as {% for n in (1..3) %}.'),
      );
    else if (Number(range[2]) - Number(range[1]) >= RANGE_MOST)
      problems.push(say(`This loop turns more than ${RANGE_MOST} times.`, 'Use a shorter range.'));
  }
  return problems;
}

const CONDITIONS = new Set(['if', 'unless', 'elsif', 'case', 'when']);

/** Liquid itself lets `person.age >` pass and compares with nothing. */
function isCondition(words: string): boolean {
  try {
    return words.trim() !== '' && isWhole(new Tokenizer(words).readFilteredValue().initial.postfix);
  } catch {
    return words.trim() !== ''; // Liquid's own parser says it better, below.
  }
}

/** Whether operators and values leave exactly one value. */
function isWhole(postfix: readonly Token[]): boolean {
  let values = 0;
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) values += 1;
    else if (token.operator === 'not' ? values < 1 : (values -= 1) < 1) return false;
  }
  return values === 1;
}

function withoutQuotes(words: string): string {
  return words.replace(/"[^"]*"|'[^']*'/g, '""');
}

/** What the text asks for, when every name begins at a known root and none is computed. */
export function checkNames(text: AuthorText, more: readonly string[] = []): string[] {
  const { globals } = analyzeSync(parsed(text));
  const uses = new Set<string>();
  const problems: TemplateProblem[] = [];
  for (const { segments, location } of Object.values(globals).flat()) {
    const say = (detail: string, remedy: string) =>
      problemAt(text, offsetOf(text.source, location), detail, remedy);
    const [root] = segments;
    const name = segments.map(String).join('.');
    if (typeof root !== 'string' || !(ROOTS.includes(root) || more.includes(root)))
      problems.push(
        say(`There is no "${String(root)}" in a letter.`, `Begin with one of ${ROOTS.join(', ')}.`),
      );
    else if (segments.some((segment) => typeof segment === 'object'))
      problems.push(
        say('A field is named by another value here.', 'Write its name, as person.fields["city"].'),
      );
    else if (segments.some((segment) => NEVER.has(String(segment))))
      problems.push(say(`"${name}" is not data of a reader.`, 'Name a field of the reader.'));
    else uses.add(name);
  }
  if (problems.length > 0) throw new LetterRefused(problems.slice(0, 20));
  return [...uses];
}

/** Whether Liquid itself can read the text: what we did not think of is caught here. */
function parsed(text: AuthorText): Template[] {
  try {
    return engine.parse(text.source);
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const sentence = (error.originalError?.message ?? error.message).replace(
      /, (?:file|line):.*$/s,
      '',
    );
    return refuse(
      text,
      error.token.begin,
      `Liquid cannot read this: ${sentence}.`,
      'See docs/templates.md for how it is written.',
    );
  }
}

function offsetOf(
  source: string,
  { row, col }: { readonly row: number; readonly col: number },
): number {
  let start = 0;
  for (let line = 1; line < row; line += 1) start = source.indexOf('\n', start) + 1;
  return start + col - 1;
}
