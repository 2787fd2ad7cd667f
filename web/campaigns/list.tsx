import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useHouse, useTopicName } from '../api/house.ts';
import { campaignsQuery } from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { ButtonLink } from '../shell/button-link.tsx';
import { Page } from '../shell/page.tsx';
import { useWords } from '../words/speak.tsx';
import { CampaignTable } from './table.tsx';
import { STATE_FILTERS, type ListSearch } from './search.ts';
import './campaigns.css';

const HALTED: readonly string[] = ['paused', 'blocked', 'stopped'];

/** Everything the house has written, newest first. */
export function Campaigns() {
  const { t } = useWords();
  const { may } = useHouse();
  const search = useSearch({ from: '/inside/campaigns' });
  const { data } = useSuspenseInfiniteQuery(campaignsQuery);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(campaignsQuery);
  const all = data.pages.flatMap(({ items }) => items).toSorted(latestFirst);
  const matches = useMatch(search);
  const shown = all.filter(matches);
  const isFiltered = Object.keys(search).length > 0;
  useEffect(() => {
    // A filter is asked of everything there is, not only of what happens to be here.
    if (isFiltered && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isFiltered, hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <Page
      title={t('campaigns.title')}
      lead={t('campaigns.lead')}
      acts={
        may('campaigns:write') && <ButtonLink to="/campaigns/new">{t('campaigns.new')}</ButtonLink>
      }
    >
      <Filters search={search} />
      {shown.length > 0 ? (
        <CampaignTable campaigns={shown} />
      ) : (
        <p className="empty">{t(isFiltered ? 'campaigns.noneFound' : 'campaigns.none')}</p>
      )}
      {hasNextPage && !isFiltered && (
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
  const set = (change: ListSearch) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
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
        value={search.words ?? ''}
        onChange={({ currentTarget }) => set({ words: currentTarget.value })}
      />
    </search>
  );
}

function useMatch({ state, topic, words }: ListSearch): (one: CampaignLine) => boolean {
  const nameOf = useTopicName();
  return (one) => {
    if (state && !(state === 'halted' ? HALTED.includes(one.state) : one.state === state))
      return false;
    if (topic && one.topic !== topic) return false;
    const text = `${one.name} ${nameOf(one.topic)}`.toLocaleLowerCase();
    return !words || text.includes(words.toLocaleLowerCase());
  };
}
