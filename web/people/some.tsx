import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Found } from './found.tsx';

const FEW = '50';

/** Before anybody is looked for: everybody, newest first, where they are few; else some of them. */
export function SomePeople() {
  const { t } = useWords();
  const { data, error } = useQuery({
    queryKey: ['people', 'some'],
    queryFn: () => bodyOf(api.people.$get({ query: { limit: FEW } })),
  });
  if (!data)
    return error ? (
      <div role="alert" className="wrong">
        <Said error={error} />
      </div>
    ) : null;
  const isAll = data.next === null;
  if (data.items.length === 0) return isAll ? <p className="soft">{t('people.none')}</p> : null;
  const newest = data.items.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return (
    <section className="stack" aria-labelledby="some">
      <h2 id="some">{t(isAll ? 'people.newest' : 'people.some')}</h2>
      <Found people={newest} />
    </section>
  );
}
