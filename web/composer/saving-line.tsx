import { Refused, Unreached } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';
import type { Saving } from './saving.ts';

/** Where the text stands: with the house, or still only here. */
export function SavingLine({ saving }: { readonly saving: Saving }) {
  const { t, named } = useWords();
  const tone = saving.kind === 'refused' || saving.kind === 'missing' ? 'wait' : 'quiet';
  return (
    <span className="saving" role="status" data-tone={tone}>
      {saving.kind === 'missing'
        ? t('saving.missing', { what: saving.what.map((one) => named('place-of', one)).join(', ') })
        : saving.kind === 'refused'
          ? t('saving.refused', {
              why: whyOf(saving.error, t('saving.fault'), t('trouble.unreached')),
            })
          : t(`saving.${saving.kind}`)}
    </span>
  );
}

function whyOf(error: unknown, fault: string, unreached: string): string {
  if (error instanceof Unreached) return unreached;
  if (!(error instanceof Refused)) return fault;
  const [first] = error.errors;
  return first ? `${first.path} ${first.detail}` : error.detail;
}
