import type { Preview } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

const KIB = 1_024;

/** What is worth a second look. An error can hurt readers; the rest is advice. */
export function Remarks({ remarks, bytes }: Pick<Preview, 'remarks' | 'bytes'>) {
  const { t, named } = useWords();
  const size = t('remarks.size', { size: Math.max(1, Math.round(bytes / KIB)) });
  return (
    <section className="remarks" aria-labelledby="remarks">
      <h3 id="remarks">{t('remarks.title', { count: remarks.length })}</h3>
      <ul className="plain">
        {remarks.map(({ code, level, what }) => (
          <li key={code + what} data-level={level}>
            {named('remark', code)}
            {what && <q>{what}</q>}
          </li>
        ))}
      </ul>
      <p className="soft small">{size}</p>
    </section>
  );
}
