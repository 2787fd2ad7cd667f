import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useHouse } from '../api/house.ts';
import { campaignsQuery } from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { ButtonLink } from '../shell/button-link.tsx';
import { Page } from '../shell/page.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { CampaignTable } from './table.tsx';
import { STATE_FILTERS, type ListSearch } from './search.ts';
import './campaigns.css';

/** "Halted" is three states to the house. */
const HALTED: readonly string[] = ['paused', 'blocked', 'stopped'];
const REST_MS = 250;

/** Everything the house has written, by the day it leaves or left. */
export function Campaigns() {
  const { t } = useWords();
  const { may } = useHouse();
  const search = useSearch({ from: '/inside/campaigns' });
  const { state, topic, words } = search;
  const isHalted = state === 'halted';
  const list = useInfiniteQuery({
    ...campaignsQuery({
      ...(state && !isHalted && { state }),
      ...(topic && { topic }),
      ...(words && { text: words }),
    }),
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = all.filter((one) => !isHalted || HALTED.includes(one.state)).toSorted(latestFirst);
  const isFiltered = Object.keys(search).length > 0;
  useEffect(() => {
    // What is halted is looked for to the end, not only among what happens to be here.
    if (isHalted && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isHalted, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <Page
      title={t('campaigns.title')}
      lead={t('campaigns.lead')}
      acts={
        may('campaigns:write') && <ButtonLink to="/campaigns/new">{t('campaigns.new')}</ButtonLink>
      }
    >
      <Filters search={search} />
      {list.error && <Said error={list.error} />}
      {list.isPending && <Waiting />}
      {shown.length > 0 && <CampaignTable campaigns={shown} />}
      {list.isSuccess && shown.length === 0 && (
        <p className="empty">{t(isFiltered ? 'campaigns.noneFound' : 'campaigns.none')}</p>
      )}
      {hasNextPage && !isHalted && (
        <div>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('campaigns.more')}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** By the day it leaves or left; what has no day yet by the day somebody last wrote on it. */
const latestFirst = (one: CampaignLine, other: CampaignLine) =>
  momentOf(one) < momentOf(other) ? 1 : -1;
const momentOf = ({ schedule, changedAt }: CampaignLine) => schedule?.startsAt ?? changedAt;

function Filters({ search }: { readonly search: ListSearch }) {
  const { t } = useWords();
  const navigate = useNavigate({ from: '/campaigns' });
  const [words, setWords] = useState(search.words ?? '');
  const [rested] = useDebouncedValue(words.trim(), REST_MS);
  useEffect(() => {
    void navigate({
      search: ({ words: _, ...rest }) => (rested === '' ? rest : { ...rest, words: rested }),
      replace: true,
    });
  }, [navigate, rested]);
  return (
    <search className="row filters">
      <Choices
        label={t('campaigns.byState')}
        value={search.state ?? 'all'}
        onChoose={(state) =>
          void navigate({
            search: ({ state: _, ...rest }) => (state === 'all' ? rest : { ...rest, state }),
            replace: true,
          })
        }
        choices={(['all', ...STATE_FILTERS] as const).map((value) => ({
          value,
          label: t(`campaigns.filter.${value}`),
        }))}
      />
      <TextInput
        type="search"
        aria-label={t('campaigns.search')}
        placeholder={t('campaigns.search')}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
    </search>
  );
}
