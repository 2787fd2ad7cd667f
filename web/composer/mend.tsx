import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import type { Letter } from './letter.ts';
import { usePlaceSaid } from './place-said.ts';

type MendProps = {
  readonly places: Readonly<Campaign['remarks']>;
  readonly letter: Letter;
};

/** What keeps a letter from being sent, where it stands; the letter itself is kept as it is. */
export function Mend({ places, letter }: MendProps) {
  const { t } = useWords();
  if (places.length === 0) return null;
  return (
    <section className="mend" role="status" aria-labelledby="mend">
      <h2 id="mend">{t('mend.title')}</h2>
      <Places places={places} letter={letter} />
    </section>
  );
}

/** Each place to mend, as one would say it. */
export function Places({ places, letter }: MendProps) {
  const { language } = useWords();
  const said = usePlaceSaid(letter);
  return (
    <ul className="plain">
      {places.map(({ path, detail, words }) => (
        <li key={path + detail}>
          <strong>{said(path)}</strong> {words?.[language] ?? <span lang="en">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
