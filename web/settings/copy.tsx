import { Button } from '@mantine/core';
import { useTell } from '../shell/told.tsx';
import { useWords } from '../words/speak.tsx';

/** Into the clipboard, and a word that it is there. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useWords();
  const tell = useTell();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => tell(t('settings.copied')),
      () => tell(t('settings.notCopied')),
    );
  return (
    <Button variant="default" onClick={copy}>
      {t('settings.copy')}
    </Button>
  );
}
