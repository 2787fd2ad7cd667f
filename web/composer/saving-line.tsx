import { Refused, Unreached } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import { usePlaceSaid } from './place-said.ts';
import type { Saving } from './saving.ts';
import { useWholeLetter } from './use-letter.ts';

type SavingLineProps = { readonly saving: Saving; readonly desk: DeskLetter };

/** Where the text stands: with the house, or still only here. */
export function SavingLine({ saving, desk }: SavingLineProps) {
  const { t, named } = useWords();
  const tone = saving.kind === 'refused' || saving.kind === 'missing' ? 'wait' : 'quiet';
  return (
    <span className="saving" role="status" data-tone={tone}>
      {saving.kind === 'missing' ? (
        t('saving.missing', { what: saving.what.map((one) => named('place-of', one)).join(', ') })
      ) : saving.kind === 'refused' ? (
        <WhyRefused error={saving.error} desk={desk} />
      ) : (
        t(`saving.${saving.kind}`)
      )}
    </span>
  );
}

function WhyRefused({ error, desk }: { readonly error: unknown; readonly desk: DeskLetter }) {
  const { t, language } = useWords();
  const placeSaid = usePlaceSaid(useWholeLetter(desk));
  const why = () => {
    if (error instanceof Unreached) return t('trouble.unreached');
    if (!(error instanceof Refused)) return t('saving.fault');
    if (error.code === 'body-too-large') return t('saving.tooMuch');
    const [first] = error.errors;
    if (!first) return error.detail || error.message;
    const place = placeSaid(first.path);
    const [, most] = /<=(\d+)/.exec(first.detail) ?? [];
    return most === undefined
      ? `${place} ${first.words?.[language] ?? first.detail}`
      : t('saving.tooLong', { place, most: Number(most) });
  };
  return t('saving.refused', { why: why() });
}
