import { Button, Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery, dryRunQuery } from '../api/queries.ts';
import type { Campaign } from '../api/shapes.ts';
import { AsItIs, useGrave } from '../choose-when/as-it-is.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { FIRST, filledFrom, rhythmIn, type Filled } from './rhythm-form.ts';
import { RhythmFields } from './rhythm-fields.tsx';
import { datesQuery, type RepeatWish, type Series } from './series-query.ts';
import './series.css';

const REST_MS = 400;
const DATES_SHOWN = 3;

/** A letter that leaves again and again: a sentence one fills in, its next dates, and then the yes. */
export function Regularly(props: { readonly campaign: Campaign; readonly series?: Series }) {
  const { campaign, series } = props;
  const { t } = useWords();
  const { brand } = useHouse();
  const [filled, setFilled] = useState<Filled>(() => firstOf(series));
  const [typed, setTyped] = useState('');
  const grave = useGrave(campaign);
  const set = (change: Partial<Filled>) => setFilled((now) => ({ ...now, ...change }));
  const rhythm = useMemo(() => rhythmIn(filled, brand.timeZone), [filled, brand.timeZone]);
  const [rested] = useDebouncedValue(rhythm, REST_MS);
  const dates = useQuery({
    ...datesQuery(campaign.id, rested ?? rhythmIn(FIRST, brand.timeZone)!),
    enabled: rested !== undefined,
    placeholderData: keepPreviousData,
  });
  const first = dates.data?.next[0]?.date;
  const look = useLook(
    campaign.id,
    first && rhythm ? { at: `${first}T${rhythm.at}`, timeZone: rhythm.timeZone } : undefined,
  );
  const begin = useBegin(campaign.id);
  const isTyped = typed !== '' && Number(typed.replace(/\D/g, '')) === look.readers;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!rhythm) return;
    begin.mutate({
      ...{ rhythm, onlyNewest: filled.onlyNewest },
      unchanged: filled.wait ? 'wait' : 'send',
      ...(isTyped && { expect: look.readers }),
    });
  };
  return (
    <form className="stack" onSubmit={send} aria-label={t('series.title')}>
      <RhythmFields filled={filled} set={set} />
      <Rules filled={filled} set={set} />
      <div aria-live="polite" className="stack">
        {rhythm && dates.error && <Said error={dates.error} />}
        {rhythm && dates.data && !dates.error && <NextDates dates={dates.data.next} />}
      </div>
      {look.isLarge && (
        <p className="soft">{t(look.mayType ? 'series.yesToAll' : 'plan.second')}</p>
      )}
      {look.mayType && <TypeNumber {...{ typed, setTyped }} readers={look.readers} />}
      {!series && <AsItIs grave={grave} />}
      {begin.error && (
        <div role="alert">
          <Said error={begin.error} />
        </div>
      )}
      <div>
        <Button
          type="submit"
          loading={begin.isPending}
          disabled={!rhythm || Boolean(dates.error) || grave === undefined}
        >
          {t(look.isLarge && !isTyped ? 'plan.ask' : series ? 'series.change' : 'series.begin')}
        </Button>
      </div>
    </form>
  );
}

const firstOf = (series: Series | undefined): Filled =>
  series
    ? filledFrom(series.rhythm, {
        onlyNewest: series.onlyNewest,
        wait: series.unchanged === 'wait',
      })
    : FIRST;

type RulesProps = {
  readonly filled: Filled;
  readonly set: (change: Partial<Filled>) => void;
};

/** The same text sent again and again is rarely right. */
function Rules({ filled, set }: RulesProps) {
  const { t } = useWords();
  return (
    <>
      <Checkbox
        label={t('series.onlyNewest')}
        description={t('series.onlyNewest.means')}
        checked={filled.onlyNewest}
        onChange={({ currentTarget }) => set({ onlyNewest: currentTarget.checked })}
      />
      <Checkbox
        label={t('series.wait')}
        description={t('series.wait.means')}
        checked={filled.wait}
        onChange={({ currentTarget }) => set({ wait: currentTarget.checked })}
      />
    </>
  );
}

function NextDates({ dates }: { readonly dates: readonly { readonly date: string }[] }) {
  const { t } = useWords();
  const { date } = useHouse();
  return (
    <section className="stack" aria-labelledby="next-dates">
      <h3 id="next-dates">{t('series.next')}</h3>
      <ol className="plain next-dates">
        {dates.slice(0, DATES_SHOWN).map((one) => (
          <li key={one.date}>
            <time dateTime={one.date}>{date(one.date, 'weekday')}</time>
          </li>
        ))}
      </ol>
      {dates.length > DATES_SHOWN && <p className="soft">{t('series.andOn')}</p>}
    </section>
  );
}

function TypeNumber(props: {
  readonly readers: number;
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
}) {
  const { t } = useWords();
  const { number } = useHouse();
  return (
    <TextInput
      label={t('plan.type', { count: number(props.readers) })}
      description={t('plan.typeMeans')}
      inputMode="numeric"
      autoComplete="off"
      value={props.typed}
      onChange={({ currentTarget }) => props.setTyped(currentTarget.value)}
    />
  );
}

/** Whether the first of them goes to so many that the house wants a second look. */
function useLook(id: string, at: { at: string; timeZone: string } | undefined) {
  const { data: settings } = useQuery(brandQuery);
  const run = useQuery({
    ...dryRunQuery(id, at),
    enabled: at !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const readers = run.data?.candidates ?? 0;
  const large = settings?.body.largeSend;
  const isLarge = large !== undefined && readers > large.readers;
  return { readers, isLarge, mayType: isLarge && large.needs === 'number' };
}

function useBegin(id: string) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wish: RepeatWish) =>
      bodyOf(api.campaigns[':id'].repeat.$post({ param: { id }, json: wish })),
    onSuccess: async (now) => {
      tell(t(now.asked ? 'series.askedDone' : 'series.done'));
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      return navigate({ to: '/campaigns/$id', params: { id }, search: {} });
    },
  });
}
