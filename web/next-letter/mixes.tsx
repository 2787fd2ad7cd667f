import { useHouse } from '../api/house.ts';
import type { LetterDay } from '../api/shapes.ts';
import { languageAlone } from '../composer/language-name.ts';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';

const SHOWN_MOST = 12;

/** Who follows what decides what stands in their letter: each mix, most readers first. */
export function Mixes({ day }: { readonly day: LetterDay }) {
  const { t, ...words } = useWords();
  const { number } = useHouse();
  const titleIn = (language: string) => (item: number) => {
    const found = day.items.find((one) => one.number === item);
    return found?.titles[language] ?? found?.title ?? '';
  };
  if (day.mixes.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="mixes">
      <h2 id="mixes">{t('mixes.title')}</h2>
      <table className="reasons">
        <thead className="hidden">
          <tr>
            <th scope="col">{t('mixes.items')}</th>
            <th scope="col">{t('books.readers')}</th>
          </tr>
        </thead>
        <tbody>
          {day.mixes.slice(0, SHOWN_MOST).map(({ language, items, readers }) => (
            <tr key={`${language} ${items.join()}`}>
              <th scope="row">
                {listIn(words, items.map(titleIn(language)))}{' '}
                <span className="soft small">{languageAlone(words.locale, language)}</span>
              </th>
              <td className="number">{number(readers)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {day.mixes.length > SHOWN_MOST && (
        <p className="soft">{t('mixes.more', { count: day.mixes.length - SHOWN_MOST })}</p>
      )}
    </section>
  );
}
