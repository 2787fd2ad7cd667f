import type { Editor } from '@tiptap/core';
import { useSyncExternalStore } from 'react';
import { useWords } from '../../words/speak.tsx';
import { Icon } from './icons.tsx';

const MARKS = ['bold', 'italic', 'underline', 'strike'] as const;
const LISTS = ['bulletList', 'orderedList'] as const;
const KEYS = { bold: 'B', italic: 'I', underline: 'U', strike: 'Shift+S' } as const;

/** What can be done to the words one writes: the same place for every text of the letter. */
export function Toolbar(props: {
  readonly editor: Editor | undefined;
  readonly onLink: () => void;
  readonly onTag: () => void;
}) {
  const { editor } = props;
  const { t } = useWords();
  const on = useOn(editor);
  const isRich = editor?.schema.marks['bold'] !== undefined;
  const button = (
    name: (typeof MARKS)[number] | (typeof LISTS)[number] | 'link',
    run: () => void,
    key = '',
  ) => (
    <button
      key={name}
      type="button"
      className="tool"
      aria-pressed={on.includes(name)}
      aria-label={t(`write.${name}`)}
      title={key === '' ? t(`write.${name}`) : `${t(`write.${name}`)} (Ctrl+${key})`}
      disabled={!isRich}
      // The text keeps the focus of a hand; a keyboard comes here and goes back by itself.
      onPointerDown={(event) => event.preventDefault()}
      onClick={run}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <div
      className="toolbar"
      role="toolbar"
      aria-label={t('write.title')}
      aria-keyshortcuts="Alt+F10"
      title={`${t('write.title')} (Alt+F10)`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') editor?.commands.focus();
        else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
          event.preventDefault();
          toNext(event.currentTarget, event.key === 'ArrowRight' ? 1 : -1);
        }
      }}
    >
      {MARKS.map((mark) =>
        button(mark, () => editor?.chain().focus().toggleMark(mark).run(), KEYS[mark]),
      )}
      {LISTS.map((list) =>
        button(list, () => editor?.chain().focus().toggleList(list, 'listItem').run()),
      )}
      {button('link', props.onLink, 'K')}
      <button
        type="button"
        className="tool tool-words"
        disabled={!editor}
        onPointerDown={(event) => event.preventDefault()}
        onClick={props.onTag}
      >
        <Icon name="tag" />
        {t('tag.insert')}
      </button>
    </div>
  );
}

/** From one tool to the one beside it, and from the last to the first. */
function toNext(toolbar: HTMLElement, step: 1 | -1): void {
  const tools = [...toolbar.querySelectorAll<HTMLElement>('button:enabled')];
  const here = tools.findIndex((tool) => tool === document.activeElement);
  tools.at((here + step) % tools.length)?.focus();
}

/** What holds where the cursor stands. Only the toolbar is drawn again for it. */
function useOn(editor: Editor | undefined): readonly string[] {
  const on = useSyncExternalStore(
    (changed) => {
      editor?.on('transaction', changed);
      return () => void editor?.off('transaction', changed);
    },
    () =>
      editor && !editor.isDestroyed && editor.schema.marks['bold']
        ? [...MARKS, ...LISTS, 'link'].filter((name) => editor.isActive(name)).join(' ')
        : '',
  );
  return on.split(' ');
}
