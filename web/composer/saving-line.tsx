import { Refused, Unreached } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';
import type { Letter } from './letter.ts';
import { usePlaceSaid } from './place-said.ts';
import type { Saving } from './saving.ts';

type SavingLineProps = { readonly saving: Saving; readonly letter: Letter };

/** Where the text stands: with the house, or still only here. */
export function SavingLine({ saving, letter }: SavingLineProps) {
  const { t, named } = useWords();
  const why = useWhy(letter);
  const tone = saving.kind === 'refused' || saving.kind === 'missing' ? 'wait' : 'quiet';
  return (
    <span className="saving" role="status" data-tone={tone}>
      {saving.kind === 'missing'
        ? t('saving.missing', { what: saving.what.map((one) => named('place-of', one)).join(', ') })
        : saving.kind === 'refused'
          ? t('saving.refused', { why: why(saving.error) })
          : t(`saving.${saving.kind}`)}
    </span>
  );
}

function useWhy(letter: Letter): (error: unknown) => string {
  const { t } = useWords();
  const placeSaid = usePlaceSaid(letter);
  return (error) => {
    if (error instanceof Unreached) return t('trouble.unreached');
    if (!(error instanceof Refused)) return t('saving.fault');
    if (error.code === 'body-too-large') return t('saving.tooMuch');
    const [first] = error.errors;
    if (!first) return error.detail || error.message;
    const place = placeSaid(first.path);
    const [, most] = /<=(\d+)/.exec(first.detail) ?? [];
    return most === undefined
      ? `${place} ${first.detail}`
      : t('saving.tooLong', { place, most: Number(most) });
  };
}
