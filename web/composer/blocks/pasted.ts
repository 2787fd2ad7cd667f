import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { withoutRules } from './liquid.ts';

/** What other tools say with rules where we say it with marks. */
const SAID_BY: readonly (readonly [name: string, rule: RegExp])[] = [
  ['strong', /(?<![-\w])font-weight\s*:\s*(?:bold|[6-9]00)/i],
  ['em', /(?<![-\w])font-style\s*:\s*italic/i],
  ['s', /text-decoration[^;]*:[^;]*line-through/i],
];
/** Google Docs puts all it copies into a `<b>` that is none. */
const UNSAID_BY: Readonly<Record<string, RegExp>> = {
  B: /(?<![-\w])font-weight\s*:\s*(?:normal|[1-4]00)/i,
  STRONG: /(?<![-\w])font-weight\s*:\s*(?:normal|[1-4]00)/i,
  I: /(?<![-\w])font-style\s*:\s*normal/i,
  EM: /(?<![-\w])font-style\s*:\s*normal/i,
};

/** What is pasted, with the marks that its rules meant, and without its rules. */
export function pastedHtml(html: string): string {
  // Under a name of no meaning, so that the policy of the console has nothing to refuse.
  const named = html.replace(/(<[a-z][^>]*?)\sstyle\s*=/gi, '$1 data-rule=');
  const { body } = new DOMParser().parseFromString(withoutRules(named), 'text/html');
  for (const element of body.querySelectorAll('[data-rule]')) {
    const rule = element.getAttribute('data-rule') ?? '';
    if (UNSAID_BY[element.tagName]?.test(rule)) element.replaceWith(...element.childNodes);
    else if (element.tagName === 'SPAN')
      for (const [name, means] of SAID_BY) if (means.test(rule)) wrapInside(element, name);
  }
  return body.innerHTML;
}

function wrapInside(element: Element, name: string): void {
  const mark = element.ownerDocument.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** For a text that has no line ends: what stood on two lines stays two words. */
export const withoutBreaks = (html: string) => html.replace(/<br\b[^>]*>/gi, ' ');

/** Several paragraphs as one: broken where they ended if that may be, else with a space between. */
export function onOneLine(slice: Slice): Slice {
  const lines: Fragment[] = [];
  slice.content.descendants((node) => {
    if (node.isTextblock) lines.push(node.content);
    return !node.isTextblock;
  });
  if (lines.length < 2) return slice;
  const { schema } = slice.content.firstChild!.type;
  const between = schema.nodes['hardBreak']?.create() ?? schema.text(' ');
  const nodes = lines
    .filter(({ size }) => size > 0)
    .flatMap((line, at): readonly Node[] => [...(at > 0 ? [between] : []), ...line.content]);
  return new Slice(Fragment.fromArray([...nodes]), 0, 0);
}

/** A picture that was copied by itself; beside words it is how another tool shows them. */
export function pictureIn(data: DataTransfer | null): File | undefined {
  const html = data?.getData('text/html') ?? '';
  const words = (data?.getData('text/plain') ?? '') + html.replace(/<[^>]*>/g, '');
  if (words.trim() !== '') return undefined;
  return [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}
