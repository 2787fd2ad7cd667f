import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { StoryMoment } from '../api/shapes.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { StoryMail } from './story-mail.tsx';

/** Everything between one reader and the house, newest first. Clicks are folded away: nobody spies. */
export function Story({ id }: { readonly id: string }) {
  const { t } = useWords();
  const story = useInfiniteQuery({
    queryKey: ['people', id, 'story'],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.people[':id'].timeline.$get({
          param: { id },
          query: { limit: '40', ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const moments = story.data?.pages.flatMap(({ items }) => items) ?? [];
  const clicks = moments.filter(({ kind }) => kind === 'click');
  return (
    <section className="stack" aria-labelledby="story">
      <h2 id="story">{t('person.story')}</h2>
      {story.error && <Said error={story.error} />}
      <ol className="plain story">
        {moments
          .filter(({ kind }) => kind !== 'click')
          .map((moment) => (
            <Moment key={moment.id} person={id} moment={moment} />
          ))}
      </ol>
      {story.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={story.isFetchingNextPage}
            onClick={() => void story.fetchNextPage()}
          >
            {t('campaigns.more')}
          </Button>
        </div>
      )}
      {clicks.length > 0 && (
        <details>
          <summary>{t('person.clicks', { count: clicks.length })}</summary>
          <ol className="plain story">
            {clicks.map((moment) => (
              <Moment key={moment.id} person={id} moment={moment} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Moment({ person, moment }: { readonly person: string; readonly moment: StoryMoment }) {
  const { language } = useWords();
  const { date } = useHouse();
  return (
    <li data-kind={moment.kind} data-became={moment.mail?.became}>
      <time dateTime={moment.at} className="soft small">
        {date(moment.at, 'moment')}
      </time>
      <p>{moment.words[language]}</p>
      {moment.mail && <StoryMail person={person} mail={moment.mail} />}
    </li>
  );
}
