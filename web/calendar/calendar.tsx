import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { Choices } from '../shell/choices.tsx';
import { Page } from '../shell/page.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { localDayOf } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { calendarQuery, lettersPastQuery, type Calendar as Shown } from './calendar-query.ts';
import { addDays, spanOf, stepOf, type Day, type View } from './days.ts';
import { useArriving } from './arriving.ts';
import { Days } from './grid.tsx';
import { Move, type Moving } from './move.tsx';
import { Table } from './table.tsx';
import '../campaigns/campaigns.css';
import '../campaigns/one.css';
import './calendar.css';

/** What leaves on which day, and how it meets the paces that readers chose. */
export function Calendar() {
  const { t } = useWords();
  const { me, brand, date } = useHouse();
  const search = useSearch({ from: '/inside/calendar' });
  const today = localDayOf(brand.timeZone, me.now);
  const view: View = search.view ?? 'month';
  const day = search.day ?? today;
  const span = spanOf(view, day);
  const { data, error, isPlaceholderData } = useQuery(calendarQuery(span));
  const past = useQuery(lettersPastQuery);
  const [moving, setMoving] = useState<Moving>();
  const arrive = useArriving(data);
  const title =
    view === 'month'
      ? capital(date(`${day.slice(0, 8)}01`, 'month'))
      : t('calendar.week', { from: date(span.from, 'short'), to: date(lastOf(span), 'day') });
  const letters = new Map(
    past.data?.items.map(({ id, figures }) => [id, Number(figures['accepted'])]),
  );
  return (
    <Page title={title} wide lead={t('calendar.lead')} acts={<Steps view={view} day={day} />}>
      {error && !data && <Said error={error} />}
      {!data && !error && <Waiting />}
      {data && (
        <div className="stack" aria-busy={isPlaceholderData}>
          <Days
            calendar={data}
            month={view === 'month' ? day.slice(0, 7) : ''}
            lettersPast={letters}
            onMove={setMoving}
          />
          <Asked asked={data.asked} />
          <Table calendar={data} lettersPast={letters} />
        </div>
      )}
      {moving && (
        <Move moving={moving} today={today} onMoved={arrive} onClose={() => setMoving(undefined)} />
      )}
    </Page>
  );
}

const lastOf = ({ from, days }: { readonly from: Day; readonly days: number }) =>
  addDays(from, days - 1);
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

function Steps({ view, day }: { readonly view: View; readonly day: Day }) {
  const { t } = useWords();
  const navigate = useNavigate({ from: '/calendar' });
  const go = (search: { readonly view?: 'week'; readonly day?: Day }) =>
    void navigate({ search, resetScroll: false });
  const kept = view === 'week' ? { view } : {};
  return (
    <>
      <Choices
        label={t('calendar.view')}
        value={view}
        onChoose={(chosen) => go({ ...(chosen === 'week' && { view: chosen }), day })}
        choices={(['month', 'week'] as const).map((value) => ({
          value,
          label: t(`calendar.view.${value}`),
        }))}
      />
      <div className="row to-and-fro">
        <Button
          variant="default"
          aria-label={t('calendar.earlier')}
          onClick={() => go({ ...kept, day: stepOf(view, day, -1) })}
        >
          ←
        </Button>
        <Button variant="default" onClick={() => go(kept)}>
          {t('calendar.today')}
        </Button>
        <Button
          variant="default"
          aria-label={t('calendar.later')}
          onClick={() => go({ ...kept, day: stepOf(view, day, 1) })}
        >
          →
        </Button>
      </div>
    </>
  );
}

/** Of a large house a sample is asked, and that is said. */
function Asked({ asked }: Pick<Shown, 'asked'>) {
  const { t } = useWords();
  const { number } = useHouse();
  if (asked.each <= 1) return null;
  const all = Math.round((asked.readers * asked.each) / 1_000) * 1_000;
  return (
    <p className="soft small">
      {t('calendar.sample', { asked: number(asked.readers), all: number(all) })}
    </p>
  );
}
