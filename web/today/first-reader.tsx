import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { myselfQuery, topicsQuery } from '../api/queries.ts';
import type { Person } from '../api/shapes.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { InMailbox } from './in-mailbox.tsx';

type FirstReaderProps = { readonly person: Pick<Person, 'state'> | null };

/** Oneself, in the way every reader comes: asked by mail, and then one's own yes. */
export function FirstReader({ person }: FirstReaderProps) {
  const { t, language } = useWords();
  const { me, brand } = useHouse();
  const queries = useQueryClient();
  const { data: topics } = useQuery(topicsQuery);
  const { email } = me;
  const topic = topics?.items[0]?.id;
  const add = useMutation({
    mutationFn: (to: { email: string; topic: string }) =>
      bodyOf(
        api.people.$post({
          json: {
            email: to.email,
            givenName: me.name.split(' ')[0] ?? me.name,
            frequency: 'immediate',
            language: brand.languages.includes(language) ? language : brand.language,
            subscriptions: [
              { topic: to.topic, consent: { state: 'asked', legalBasis: 'consent' } },
            ],
          },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: myselfQuery(email).queryKey }),
  });
  if (email === null || topic === undefined)
    return <p className="soft">{t('first.reader.none')}</p>;
  if (person?.state === 'asked')
    return (
      <div className="stack">
        <p>{t('first.reader.asked', { email })}</p>
        <InMailbox />
        <div>
          <Button
            variant="default"
            onClick={() =>
              void queries.invalidateQueries({ queryKey: myselfQuery(email).queryKey })
            }
          >
            {t('first.reader.look')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="stack">
      <p className="soft">{t('first.reader.means', { email })}</p>
      {add.error && <Said error={add.error} />}
      <div>
        <Button loading={add.isPending} onClick={() => add.mutate({ email, topic })}>
          {t('first.reader.go')}
        </Button>
      </div>
    </div>
  );
}
