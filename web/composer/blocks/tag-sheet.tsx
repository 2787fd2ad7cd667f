import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useState, type SyntheticEvent } from 'react';
import { useKnownFields } from '../../api/known-fields.ts';
import { Sheet } from '../../shell/sheet.tsx';
import { useWords } from '../../words/speak.tsx';
import { fieldOf, liquidOf, pathOfField, tagIn, TAGS } from './liquid.ts';

const OWN = 'own';

/** What stands for the reader, and what stands there for who has none. */
export function TagSheet({
  editor,
  onClose,
}: {
  readonly editor: Editor;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const fields = useKnownFields() ?? [];
  const [before] = useState(() => chosenIn(editor));
  const [path, setPath] = useState(() => startOf(before).path);
  const [field, setField] = useState(() => startOf(before).field);
  const [fallback, setFallback] = useState(() => tagIn(before ?? '')?.fallback ?? '');
  const known = TAGS.find((tag) => tag.path === path);
  const hasFallback = known?.hasFallback ?? true;
  const isReady = path !== OWN || /^[a-zA-Z][\w-]{0,39}$/.test(field);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const liquid = liquidOf({
      path: path === OWN ? pathOfField(field) : path,
      fallback: hasFallback ? fallback : undefined,
    });
    onClose();
    window.requestAnimationFrame(() =>
      editor.chain().focus().insertContent({ type: 'mergeTag', attrs: { liquid } }).run(),
    );
  };
  return (
    <Sheet title={t(before === undefined ? 'tag.title' : 'tag.change')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label={t('tag.which')}
          value={path}
          onChange={({ currentTarget }) => setPath(currentTarget.value)}
          data={[
            ...TAGS.map((tag) => ({ value: tag.path, label: t(`tag.${tag.name}`) })),
            ...fields.map((name) => ({ value: pathOfField(name), label: name })),
            { value: OWN, label: t('tag.own') },
          ]}
        />
        {path === OWN && (
          <TextInput
            label={t('tag.field')}
            description={t('tag.fieldMeans')}
            maxLength={40}
            value={field}
            onChange={({ currentTarget }) => setField(currentTarget.value)}
          />
        )}
        {hasFallback && (
          <TextInput
            label={t('tag.fallback')}
            description={t('tag.fallbackMeans')}
            maxLength={80}
            value={fallback}
            onChange={({ currentTarget }) => setFallback(currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit" disabled={!isReady}>
            {t(before === undefined ? 'tag.insert' : 'tag.keep')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** The Liquid of the chip that is chosen, if one is. */
function chosenIn({ state }: Editor): string | undefined {
  const { selection } = state;
  const node = state.doc.nodeAt(selection.from);
  return 'node' in selection && node?.type.name === 'mergeTag'
    ? String(node.attrs['liquid'])
    : undefined;
}

function startOf(liquid: string | undefined) {
  const path = tagIn(liquid ?? '')?.path ?? 'person.givenName';
  const field = fieldOf(path) ?? '';
  return TAGS.some((tag) => tag.path === path) ? { path, field: '' } : { path: OWN, field };
}
