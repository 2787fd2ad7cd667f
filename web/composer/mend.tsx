import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import type { Letter } from './letter.ts';
import { usePlaceSaid } from './place-said.ts';

type Place = Campaign['remarks'][number];

/** What keeps a letter from being sent, where it stands; the letter itself is kept as it is. */
export function Mend({
  places,
  letter,
}: {
  readonly places: readonly Place[];
  readonly letter: Letter;
}) {
  const { t } = useWords();
  const said = usePlaceSaid(letter);
  if (places.length === 0) return null;
  return (
    <section className="mend" role="status" aria-labelledby="mend">
      <h2 id="mend">{t('mend.title')}</h2>
      <ul className="plain">
        {places.map(({ path, detail }) => (
          <li key={path + detail}>
            <strong>{said(path)}</strong> <span lang="en">{detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
