import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf, Refused } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { personQuery } from '../api/queries.ts';
import { LetterFrame } from '../composer/letter-frame.tsx';
import { FindPerson } from '../people/find-person.tsx';
import { Said } from '../shell/trouble.tsx';
import { localDayOf } from '../words/format.ts';
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
          {error instanceof Refused && error.code === 'not-found' ? (
            <OtherDay personId={as} />
          ) : (
            <Said error={error} />
          )}
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

/** Whose letter is not of that day: when theirs leaves, and the way there. */
function OtherDay({ personId }: { readonly personId: string }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { data: person } = useQuery(personQuery(personId));
  const day = person?.nextDigestAt && localDayOf(person.timeZone, person.nextDigestAt);
  return (
    <p>
      {t('dayAs.none')}{' '}
      {day && (
        <Link to="/letters" search={{ day }}>
          {t('dayAs.otherDay', { when: date(day, 'day') })}
        </Link>
      )}
    </p>
  );
}
