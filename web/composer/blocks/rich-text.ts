import type { JSONContent } from '@tiptap/core';
import { partsOf } from './liquid.ts';

const NAMES: Readonly<Record<string, string>> = {
  link: 'a',
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
};
/** From outside to inside: a link holds what is marked in it. */
const MARKS = Object.keys(NAMES);

/** What the editor holds, as a text of a block: no attribute but the address of a link. */
export function htmlOf(document: JSONContent): string {
  const html = (document.content ?? []).map(nodeHtml).join('');
  return /[^\s]/.test(html.replace(/<[^>]*>/g, '')) ? html : '';
}

function nodeHtml(node: JSONContent): string {
  const inside = () => (node.content ?? []).map(nodeHtml).join('');
  switch (node.type) {
    case 'paragraph':
      return `<p>${inlineHtml(node.content ?? [])}</p>`;
    case 'bulletList':
      return `<ul>${inside()}</ul>`;
    case 'orderedList':
      return `<ol>${inside()}</ol>`;
    case 'listItem': {
      const [only, ...more] = node.content ?? [];
      return more.length === 0 || more.every(({ type }) => type !== 'paragraph')
        ? `<li>${inlineHtml(only?.content ?? [])}${more.map(nodeHtml).join('')}</li>`
        : `<li>${inside()}</li>`;
    }
    case undefined:
    default:
      return '';
  }
}

function inlineHtml(nodes: readonly JSONContent[]): string {
  let html = '';
  let open: string[] = [];
  const turnTo = (wanted: readonly string[]) => {
    let same = 0;
    while (same < open.length && open[same] === wanted[same]) same += 1;
    for (const tag of open.slice(same).reverse()) html += `</${tag.split(' ', 1)[0]}>`;
    for (const tag of wanted.slice(same)) html += `<${tag}>`;
    open = [...wanted];
  };
  for (const node of nodes) {
    turnTo(tagsOf(node));
    if (node.type === 'text') html += escaped(node.text ?? '');
    else if (node.type === 'hardBreak') html += '<br>';
    else if (node.type === 'mergeTag') html += String(node.attrs?.['liquid'] ?? '');
  }
  turnTo([]);
  return html;
}

function tagsOf({ marks = [] }: JSONContent): string[] {
  return MARKS.flatMap((name) => {
    const mark = marks.find(({ type }) => type === name);
    if (!mark) return [];
    return [
      name === 'link' ? `a href="${quoted(String(mark.attrs?.['href'] ?? ''))}"` : NAMES[name]!,
    ];
  });
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Liquid in an address keeps its own quotes out of ours. */
const quoted = (text: string) => escaped(text).replaceAll('"', '&quot;');

/** A line of plain words with Liquid in it, for the editor; broken only where its author broke it. */
export function lineDocument(text: string): JSONContent {
  const content = partsOf(text).flatMap((part): JSONContent[] =>
    part.kind === 'text'
      ? part.text
          .split('\n')
          .flatMap((line, at) => [
            ...(at > 0 ? [{ type: 'hardBreak' }] : []),
            ...(line === '' ? [] : [{ type: 'text', text: line.replace(/\s+/g, ' ') }]),
          ])
      : [{ type: 'mergeTag', attrs: { liquid: part.text } }],
  );
  return { type: 'doc', content: [{ type: 'paragraph', content }] };
}

export function lineOf(document: JSONContent): string {
  const text = (document.content ?? [])
    .flatMap((paragraph) => paragraph.content ?? [])
    .map((node) => {
      if (node.type === 'hardBreak') return '\n';
      return node.type === 'text' ? (node.text ?? '') : String(node.attrs?.['liquid'] ?? '');
    })
    .join('');
  return text.trim() === '' ? '' : text;
}
