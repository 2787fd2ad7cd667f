import { Problem } from './problem.ts';

/** One JSON value, or where it stops being one: line and column, never a piece of what was sent. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const before = text.slice(0, faultIn(text)).split('\n');
    const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
    throw new Problem('body-not-json', {
      detail: `The JSON is broken at ${place}.`,
      errors: [{ path: '', detail: `not JSON from ${place} on` }],
    });
  }
}

/** V8 tells the place of some faults and not of others, so the text is walked once more. */
function faultIn(text: string): number {
  const token =
    /[\t\n\r ]*(?:([{}[\],:])|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
  const open: ('{' | '[')[] = [];
  let wanted: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' = 'value';
  let place = 0;
  for (;;) {
    token.lastIndex = place;
    const match = token.exec(text);
    if (!match) return afterSpace(text, place);
    const sign = match[1];
    const startsAt = token.lastIndex - match[0].trimStart().length;
    const isText = text[startsAt] === '"';
    if (wanted === 'comma-or-end' && open.length === 0) return startsAt;
    if (sign === '}' || sign === ']') {
      const mayEnd = wanted === 'comma-or-end' || wanted.endsWith('-or-end');
      if (!mayEnd || open.pop() !== (sign === '}' ? '{' : '[')) return startsAt;
      wanted = 'comma-or-end';
    } else if (sign === ',') {
      if (wanted !== 'comma-or-end') return startsAt;
      wanted = open.at(-1) === '{' ? 'key' : 'value';
    } else if (sign === ':') {
      if (wanted !== 'colon') return startsAt;
      wanted = 'value';
    } else if (wanted === 'key' || wanted === 'key-or-end') {
      if (!isText) return startsAt;
      wanted = 'colon';
    } else if (wanted !== 'value' && wanted !== 'value-or-end') {
      return startsAt;
    } else if (sign === '{' || sign === '[') {
      open.push(sign);
      wanted = sign === '{' ? 'key-or-end' : 'value-or-end';
    } else wanted = 'comma-or-end';
    place = token.lastIndex;
  }
}

function afterSpace(text: string, from: number): number {
  const space = /[\t\n\r ]*/y;
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}
