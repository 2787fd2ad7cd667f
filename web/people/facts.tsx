import { useHouse } from '../api/house.ts';
import type { Person } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { fieldName } from './field-name.ts';

/** What the house knows, and since when. */
export function Facts({ person }: { readonly person: Person }) {
  const { t, named, locale } = useWords();
  const { date, brand, number } = useHouse();
  const { facts } = person;
  const money = (amount: number) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: facts.currency ?? brand.currency,
    }).format(amount);
  const fields = Object.entries(person.fields);
  return (
    <section className="sheet stack" aria-labelledby="known">
      <h2 id="known">{t('person.known')}</h2>
      <dl className="person-facts">
        <div>
          <dt>{t('person.since')}</dt>
          <dd>{date(person.createdAt, 'day')}</dd>
        </div>
        {facts.purchases > 0 && facts.lastPurchaseAt && (
          <div>
            <dt>{t('person.purchases')}</dt>
            <dd>
              {number(facts.purchases)} · {money(facts.spent)}
            </dd>
            <dd className="soft small">
              {t('person.lastPurchase', { when: date(facts.lastPurchaseAt, 'day') })}
            </dd>
          </div>
        )}
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt title={name}>{fieldName({ named }, name)}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
