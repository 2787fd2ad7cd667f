import type { Escape } from './escapes.ts';
import type { Place } from './letter.ts';

/**
 * A letter's text ready for Liquid: fixed text, outputs with the escape of their place, tags.
 * `literal` is fixed text that Liquid or the provider would take for a hole.
 */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'output'; readonly liquid: string; readonly escape: Escape }
  | { readonly kind: 'tag'; readonly name: string; readonly liquid: string; readonly place: Place };

const PLACES: Readonly<Record<Escape, Place>> = {
  in_text: 'text',
  in_attribute: 'attribute',
  in_url: 'url',
  in_url_part: 'url',
  in_plain: 'plain',
  in_plain_url: 'plain',
  in_plain_url_part: 'plain',
  in_subject: 'subject',
};

export const placeOf = (escape: Escape): Place => PLACES[escape];

export function liquidOf(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'literal':
      return `{{ "${node.text.replaceAll('\\', '\\\\')}" }}`;
    case 'output':
      return `{{ ${node.liquid} | ${node.escape} }}`;
    case 'tag':
      return node.liquid;
  }
}

/**
 * Sets aside the braces in fixed text that would be read as the start of something: by Liquid, or
 * by the provider, who also knows `{{{` and a backslash before a hole.
 */
export function guarded(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node, index) =>
    node.kind === 'text' ? guardedText(node.text, index > 0, index < nodes.length - 1) : [node],
  );
}

function guardedText(text: string, isAfterHole: boolean, isBeforeHole: boolean): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const { 0: run, index } of text.matchAll(/[{}\\]+/g)) {
    const end = index + run.length;
    const isRead =
      run.includes('{{') ||
      (run.endsWith('{') && text[end] === '%') ||
      (isBeforeHole && end === text.length && /[{\\]$/.test(run)) ||
      (isAfterHole && index === 0 && run.startsWith('}'));
    if (!isRead) continue;
    if (index > at) nodes.push({ kind: 'text', text: text.slice(at, index) });
    nodes.push({ kind: 'literal', text: run });
    at = end;
  }
  if (at < text.length) nodes.push({ kind: 'text', text: text.slice(at) });
  return nodes;
}
