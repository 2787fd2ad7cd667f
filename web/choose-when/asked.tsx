import { useHouse } from '../api/house.ts';
import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { readersClock } from '../campaigns/table.tsx';

/** A send to many that waits for a second pair of eyes. */
export function Asked({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { asked } = campaign;
  if (!asked) return null;
  const { at } = asked.leaves;
  const when = at === 'now' ? t('asked.now') : readersClock(at, date);
  return (
    <p className="verdict" data-decision="hold">
      {t('asked.by', { name: asked.by.name, when })}
    </p>
  );
}
