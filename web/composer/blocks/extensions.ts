import { InputRule, Mark, mergeAttributes, Node, PasteRule, type Extensions } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';

import { isAddress } from './address.ts';

export type SayTag = (liquid: string) => { readonly label: string; readonly spoken: string };

/** A merge tag in a text: one thing, which is read out as what it stands for. */
const mergeTag = (say: SayTag) => {
  const replaced = (liquid: string) => ({ type: 'mergeTag', attrs: { liquid } });
  return Node.create({
    name: 'mergeTag',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({ liquid: { default: '' } }),
    parseHTML: () => [
      {
        tag: 'span[data-liquid]',
        getAttrs: (element) => ({ liquid: element.dataset['liquid'] ?? '' }),
      },
    ],
    renderHTML: ({ node, HTMLAttributes }) => {
      const liquid = String(node.attrs['liquid']);
      const { label, spoken } = say(liquid);
      const own = {
        class: 'chip',
        role: 'img',
        'aria-label': spoken,
        title: spoken,
        'data-liquid': liquid,
      };
      return ['span', mergeAttributes({ ...HTMLAttributes, liquid: null }, own), label];
    },
    renderText: ({ node }) => String(node.attrs['liquid']),
    // Who types or pastes a tag by hand has made a chip.
    addInputRules: () => [
      new InputRule({
        find: /\{\{[^{}]*\}\}$/,
        handler: ({ range, match, chain }) => {
          chain().insertContentAt(range, replaced(match[0])).run();
        },
      }),
    ],
    addPasteRules: () => [
      new PasteRule({
        find: /\{\{[^{}]*\}\}/g,
        handler: ({ range, match, chain }) => {
          chain().insertContentAt(range, replaced(match[0])).run();
        },
      }),
    ],
  });
};

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => isAddress(element.getAttribute('href') ?? '') && null,
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['a', HTMLAttributes, 0],
});

/** A text of a block: what mail programs show alike, and nothing else, whatever is pasted. */
export const richExtensions = (say: SayTag): Extensions => [
  Document,
  Paragraph,
  Text,
  Bold,
  Italic,
  Underline,
  Strike,
  HardBreak,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Link,
  mergeTag(say),
];

/** One line of plain words; a title may be broken where its author wants it. */
export const lineExtensions = (say: SayTag, mayBreak: boolean): Extensions => [
  Document.extend({ content: 'paragraph' }),
  Paragraph.extend({
    // Where no line may be broken the key is still ours: the browser would break it.
    addKeyboardShortcuts: (): Record<string, () => boolean> =>
      mayBreak ? {} : { 'Shift-Enter': () => true },
  }),
  Text,
  ...(mayBreak ? [HardBreak] : []),
  mergeTag(say),
];
