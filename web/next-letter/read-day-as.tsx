import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { LetterFrame } from '../composer/letter-frame.tsx';
import { FindPerson } from '../people/find-person.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import '../composer/composer.css';

/** The letter of one reader as it would leave that day. */
export function ReadDayAs({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { may } = useHouse();
  const [as, setAs] = useState('');
  const { data, error } = useQuery({
    queryKey: ['digests', id, 'as', as],
    queryFn: () => bodyOf(api.digests[':id'].$get({ param: { id }, query: { as } })),
    enabled: as !== '',
    retry: false,
  });
  if (!may('people:read')) return null;
  return (
    <section className="stack" aria-labelledby="as">
      <h2 id="as">{t('dayAs.title')}</h2>
      <FindPerson label={t('dayAs.find')} onChoose={setAs} />
      {error && (
        <div role="alert">
          <Said error={error} />
        </div>
      )}
      {data?.preview && (
        <>
          <p className="sentence">{data.preview.subject}</p>
          <div className="letter-window" data-look="phone">
            <LetterFrame
              title={data.preview.subject}
              html={data.preview.html}
              dark={false}
              pictures
            />
          </div>
        </>
      )}
    </section>
  );
}
