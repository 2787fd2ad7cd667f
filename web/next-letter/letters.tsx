import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import { lettersQuery } from '../api/queries.ts';
import type { Letters } from '../api/shapes.ts';
import { Choices } from '../shell/choices.tsx';
import { Page } from '../shell/page.tsx';
import { useWords } from '../words/speak.tsx';
import { Day } from './day.tsx';
import './letters.css';

/** What readers will find in their own letters on the coming days: nobody lets a machine write to thousands unseen. */
export function NextLetter() {
  const { t } = useWords();
  const { date } = useHouse();
  const { data } = useSuspenseQuery(lettersQuery);
  const { day } = useSearch({ from: '/inside/letters' });
  const navigate = useNavigate({ from: '/letters' });
  const days = [...new Set([...data.coming.map(({ id }) => id), ...(day ? [day] : [])])];
  const shown = day ?? days[0];
  return (
    <Page title={t('letters.title')} lead={t('letters.lead')}>
      <Overdue letters={data} />
      <Choices
        label={t('letters.days')}
        value={shown ?? ''}
        choices={days.map((id) => ({ value: id, label: labelOf(id, data, t, date) }))}
        onChoose={(id) => void navigate({ search: { day: id }, replace: true })}
      />
      {shown && <Day key={shown} id={shown} />}
      <Past letters={data} />
    </Page>
  );
}

type House = ReturnType<typeof useHouse>;
function labelOf(
  id: string,
  { coming }: Letters,
  t: ReturnType<typeof useWords>['t'],
  date: House['date'],
): string {
  const paces = coming.find((one) => one.id === id)?.paces ?? [];
  const rarest = (['quarterly', 'monthly'] as const).find((pace) => paces.includes(pace));
  return rarest ? `${date(id, 'short')} · ${t(`letters.${rarest}`)}` : date(id, 'short');
}

/** Letters that are late wait for somebody; that must not go unseen. */
function Overdue({ letters }: { readonly letters: Letters }) {
  const { t } = useWords();
  const { date } = useHouse();
  const { readers, since } = letters.overdue;
  if (readers === 0 || since === null) return null;
  return (
    <p className="verdict" data-decision="drop" role="alert">
      {t('letters.overdue', { readers, since: date(since, 'moment') })}
    </p>
  );
}

function Past({ letters }: { readonly letters: Letters }) {
  const { t } = useWords();
  const { date, number } = useHouse();
  const navigate = useNavigate({ from: '/letters' });
  if (letters.items.length === 0) return null;
  const count = (figures: Letters['items'][number]['figures'], name: string) =>
    typeof figures[name] === 'number' ? figures[name] : 0;
  return (
    <section className="stack" aria-labelledby="past">
      <h2 id="past">{t('letters.past')}</h2>
      <div className="scroll" role="group" aria-labelledby="past" tabIndex={0}>
        <table className="reasons">
          <thead>
            <tr>
              <th scope="col">{t('letters.day')}</th>
              <th scope="col" className="number">
                {t('letters.sent')}
              </th>
              <th scope="col" className="number">
                {t('campaigns.retained')}
              </th>
              <th scope="col" className="number">
                {t('campaigns.unsubscribed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {letters.items.map(({ id, figures }) => (
              <tr key={id}>
                <th scope="row">
                  <button
                    type="button"
                    className="words"
                    onClick={() => void navigate({ search: { day: id } })}
                  >
                    {date(id, 'day')}
                  </button>
                </th>
                <td className="number">{number(count(figures, 'accepted'))}</td>
                <td className="number">{number(count(figures, 'retained'))}</td>
                <td className="number">{number(count(figures, 'unsubscribed'))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
