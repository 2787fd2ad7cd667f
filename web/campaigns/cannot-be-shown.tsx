import { Refused } from '../api/client.ts';
import type { Campaign } from '../api/shapes.ts';
import { letterOf } from '../composer/letter.ts';
import { Places } from '../composer/mend.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

/** A draft that is no letter yet: each place to mend, instead of the letter. */
export function CannotBeShown({
  error,
  campaign,
}: {
  readonly error: Error;
  readonly campaign: Campaign;
}) {
  const { t } = useWords();
  if (!(error instanceof Refused && error.code === 'template-invalid'))
    return <Said error={error} />;
  return (
    <div className="preview-trouble">
      <p>{t('preview.cannot')}</p>
      <Places places={error.errors} letter={letterOf(campaign)} />
    </div>
  );
}
