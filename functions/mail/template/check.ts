import {
  analyzeSync,
  LiquidError,
  type TagToken,
  type Template,
  type Token,
  Tokenizer,
  TypeGuards,
} from 'liquidjs';
import { fault, type Fault } from './faults.ts';
import { engine } from './engine.ts';
import { type AuthorFilter, filters } from './filters.ts';
import type { TemplateProblem } from './letter.ts';
import { type AuthorText, LetterRefused, problemAt, refuse } from './pieces.ts';

type Say = (fault: Fault) => TemplateProblem;

/** The names a letter may ask for, all of them given with each reader. */
const ROOTS = ['person', 'links', 'frequency', 'brand', 'campaign', 'why', 'items'];
const NEVER = new Set(['__proto__', 'constructor', 'prototype']);
const RANGE_MOST = 100;

/** What follows a value: each filter on our list, with arguments it can use. */
export function checkOutput(token: { readonly content: string }, say: Say): TemplateProblem[] {
  if (token.content.trim() === '') return [say(fault('output-empty'))];
  if (withoutQuotes(token.content).includes('..')) return [say(fault('range-outside-for'))];
  let read;
  try {
    read = new Tokenizer(token.content).readFilteredValue();
  } catch {
    return []; // Liquid's own parser says it better, below.
  }
  if (!isWhole(read.initial.postfix)) return [say(fault('value-not-whole'))];
  return read.filters.flatMap(({ name, args }) => {
    if (!Object.hasOwn(filters, name))
      return [say(fault('filter-unknown', { name, known: Object.keys(filters).join(', ') }))];
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
  if (args.includes(undefined)) return [say(fault('filter-takes-no-names', { name }))];
  if (args.length < least || args.length > most)
    return [
      say(
        least === most
          ? fault('filter-arguments', { name, least, given: args.length })
          : fault('filter-arguments-between', { name, least, most, given: args.length }),
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
        fault('filter-word-unknown', {
          name,
          word: first,
          known: oneOf.map((word) => `"${word}"`).join(', '),
        }),
      ),
    ];
  return [];
}

/** What a tag's own words may not hold: filters, ranges without an end in sight, memory of other loops. */
export function checkTagWords(token: TagToken, say: Say): TemplateProblem[] {
  const words = withoutQuotes(token.args);
  const problems = [];
  if (words.includes('|')) problems.push(say(fault('tag-takes-no-filters', { name: token.name })));
  else if (CONDITIONS.has(token.name) && !isCondition(token.args))
    problems.push(say(fault('condition-not-whole')));
  if (token.name === 'for' && /\bcontinue\b/.test(words)) problems.push(say(fault('loop-goes-on')));
  if (words.includes('..')) {
    const range = /\bin\s*\(\s*(\d{1,15})\s*\.\.\s*(\d{1,15})\s*\)/.exec(words);
    if (token.name !== 'for' || !range || words.split('..').length > 2)
      problems.push(say(fault('range-without-numbers')));
    else if (Number(range[2]) - Number(range[1]) >= RANGE_MOST)
      problems.push(say(fault('loop-too-long', { most: RANGE_MOST })));
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
    const say: Say = (it) => problemAt(text, offsetOf(text.source, location), it);
    const [root] = segments;
    const name = segments.map(String).join('.');
    if (typeof root !== 'string' || !(ROOTS.includes(root) || more.includes(root)))
      problems.push(say(fault('name-unknown', { name: String(root), known: ROOTS.join(', ') })));
    else if (segments.some((segment) => typeof segment === 'object'))
      problems.push(say(fault('name-computed')));
    else if (segments.some((segment) => NEVER.has(String(segment))))
      problems.push(say(fault('name-not-of-a-reader', { name })));
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
    return refuse(text, error.token.begin, fault('liquid-unreadable', { sentence }));
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
