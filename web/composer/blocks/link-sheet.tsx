import { Button, TextInput } from '@mantine/core';
import { getMarkRange, type Editor } from '@tiptap/core';
import { useState, type SyntheticEvent } from 'react';
import { Sheet } from '../../shell/sheet.tsx';
import { useWords } from '../../words/speak.tsx';
import { addressOf, isAddress } from './address.ts';

/** Where the chosen words lead. */
export function LinkSheet({
  editor,
  onClose,
}: {
  readonly editor: Editor;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [before] = useState(() => String(editor.getAttributes('link')['href'] ?? ''));
  const [text, setText] = useState(before);
  const address = addressOf(text);
  const set = (href: string | undefined) => {
    const type = editor.schema.marks['link']!;
    const { from, to, empty } = editor.state.selection;
    const range = getMarkRange(editor.state.selection.$from, type) ?? { from, to };
    const over = empty ? range : { from, to };
    const chain = editor.chain();
    if (href === undefined) chain.setTextSelection(range).unsetMark('link').setTextSelection(to);
    else if (over.from === over.to)
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] });
    else chain.setTextSelection(over).setMark('link', { href }).setTextSelection(over.to);
    onClose();
    window.requestAnimationFrame(() => chain.focus().run());
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isAddress(address)) set(address);
  };
  return (
    <Sheet title={t('link.title')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t('link.address')}
          description={t('link.means')}
          inputMode="url"
          maxLength={2_000}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" disabled={!isAddress(address)}>
            {t('link.set')}
          </Button>
          {before !== '' && (
            <Button variant="default" onClick={() => set(undefined)}>
              {t('link.unset')}
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}
