import { Editor } from '@tiptap/core';
import type { EditorView } from '@tiptap/pm/view';
import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import { useWords } from '../../words/speak.tsx';
import { lineExtensions, richExtensions } from './extensions.ts';
import { withChips } from './liquid.ts';
import { onOneLine, pastedHtml, pictureIn, withoutBreaks } from './pasted.ts';
import { htmlOf, lineDocument, lineOf } from './rich-text.ts';
import { useDesk } from './desk-context.ts';
import { useSayTag } from './say-tag.ts';

type FieldProps = {
  /** The place in the letter that it writes. */
  readonly place: string;
  readonly value: string;
  /** Text with marks; one line; one that its author may break. */
  readonly kind: 'rich' | 'line' | 'lines';
  /** Whether Enter at its end goes on below, where else it breaks the line. */
  readonly isTitle?: boolean | undefined;
  readonly label: string;
  readonly language: string;
  /** What stands there while nothing does. */
  readonly placeholder: string;
};

/** Where one wrote when the text was taken off the page: somebody may have moved its block elsewhere. */
let left: { readonly place: string; readonly from: number; readonly to: number } | undefined;

/** A text edited where it stands, in the letter's own type. */
export const Field = memo(function Field(props: FieldProps) {
  const { place, value, kind, isTitle, label, language, placeholder } = props;
  const { language: spoken } = useWords();
  const { write, setEditor, showTag, goOn, takePicture } = useDesk();
  const sayTag = useSayTag();
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly editor: Editor; said: string }>(null);
  // What is said of the text may change while one writes in it; the editor must not.
  const latest = useRef({ value, sayTag, label, placeholder });
  useEffect(() => {
    latest.current = { value, sayTag, label, placeholder };
  });
  useEffect(() => {
    held.current?.editor.setOptions({});
  }, [sayTag, label, placeholder]);

  useEffect(() => {
    const { value: now, sayTag: say } = latest.current;
    const editor = new Editor({
      element: frame.current,
      injectCSS: false,
      extensions: kind === 'rich' ? richExtensions(say) : lineExtensions(say, kind === 'lines'),
      content: contentOf(kind, now),
      editorProps: {
        attributes: () => ({
          role: 'textbox',
          'aria-multiline': String(kind !== 'line'),
          'aria-label': latest.current.label,
          'aria-placeholder': latest.current.placeholder,
          lang: language,
          spellcheck: 'true',
        }),
        transformPastedHTML:
          kind === 'line' ? (html) => pastedHtml(withoutBreaks(html)) : pastedHtml,
        transformPasted: kind === 'rich' ? (slice) => slice : onOneLine,
        handlePaste: (_view, { clipboardData }) => {
          const file = pictureIn(clipboardData);
          if (file) takePicture(file);
          return file !== undefined;
        },
        handleClickOn: (_view, _at, node) => {
          if (node.type.name !== 'mergeTag') return false;
          showTag(editor);
          return false;
        },
        handleKeyDown: (view, event) => {
          if (event.key !== 'Enter' || event.shiftKey) return false;
          // Keys may come faster than the browser tells where the last one led.
          const caret = caretIn(view);
          if (caret !== undefined && !('node' in view.state.selection))
            editor.commands.setTextSelection(caret);
          const { selection, doc } = view.state;
          if ('node' in selection) showTag(editor);
          else if (kind === 'rich' || view.composing) return false;
          else if (kind === 'line' || (isTitle && selection.from === doc.content.size - 1))
            goOn(view.dom);
          else editor.commands.setHardBreak();
          return true;
        },
      },
      onFocus: () => setEditor(editor),
      onUpdate: () => {
        const json = editor.getJSON();
        const said = kind === 'rich' ? htmlOf(json) : lineOf(json);
        if (!held.current || held.current.said === said) return;
        held.current.said = said;
        write(place, said);
      },
    });
    held.current = { editor, said: now };
    if (left?.place === place && document.activeElement === document.body)
      editor.chain().focus(null, { scrollIntoView: false }).setTextSelection(left).run();
    // Its first attributes are an object to it; from now on it asks.
    editor.setOptions({});
    return () => {
      held.current = null;
      setEditor(undefined, editor);
      editor.destroy();
    };
  }, [kind, isTitle, place, language, spoken, write, setEditor, showTag, goOn, takePicture]);

  useLayoutEffect(
    () => () => {
      const editor = held.current?.editor;
      if (!editor?.isFocused) return;
      const { from, to } = editor.state.selection;
      left = { place, from, to };
      window.setTimeout(() => (left = undefined));
    },
    [place],
  );

  // What came from elsewhere: an undo, or somebody else's hand.
  useEffect(() => {
    const current = held.current;
    if (!current || current.said === value) return;
    current.said = value;
    const { from } = current.editor.state.selection;
    const content = contentOf(kind, value);
    current.editor.commands.setContent(content, { emitUpdate: false });
    current.editor.commands.setTextSelection(Math.min(from, current.editor.state.doc.content.size));
  }, [value, kind]);

  return (
    <div
      ref={frame}
      className="field"
      data-kind={kind}
      data-placeholder={value === '' ? placeholder : undefined}
    />
  );
});

/** A break where none may be, as a program wrote it, is a space. */
function contentOf(kind: FieldProps['kind'], text: string) {
  if (kind === 'rich') return withChips(text);
  return lineDocument(kind === 'lines' ? text : text.replace(/\s*\n\s*/g, ' '));
}

/** Where the caret stands in what is shown; undefined where more is chosen than a place. */
function caretIn(view: EditorView): number | undefined {
  const selection = view.dom.ownerDocument.getSelection();
  const { focusNode, focusOffset, isCollapsed } = selection ?? {};
  if (!focusNode || !isCollapsed || !view.dom.contains(focusNode)) return undefined;
  return view.posAtDOM(focusNode, focusOffset ?? 0);
}
