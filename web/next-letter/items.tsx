import { Button } from '@mantine/core';
import { useHouse, useTopicName } from '../api/house.ts';
import type { LetterDay } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import type { DayChange } from './change-day.ts';

type ItemsProps = {
  readonly day: LetterDay;
  readonly onChange: (change: DayChange) => void;
  readonly isBusy: boolean;
};

/** What waits for readers, in the order they will read it; the first leads. */
export function Items({ day, onChange, isBusy }: ItemsProps) {
  const { t } = useWords();
  const { may } = useHouse();
  const numbers = orderOf(day);
  const mayChange = may('campaigns:write') && day.state === 'open';
  const move = (number: number, by: -1 | 1) => {
    const at = numbers.indexOf(number);
    const next = numbers.toSpliced(at, 1).toSpliced(at + by, 0, number);
    onChange({ order: next });
  };
  return (
    <section className="stack" aria-labelledby="items">
      <h2 id="items">{t('items.title')}</h2>
      <ol className="plain items">
        {numbers.map((number, at) => (
          <Item key={number} day={day} number={number}>
            {mayChange && (
              <>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={isBusy || at === 0}
                  onClick={() => move(number, -1)}
                >
                  {t('items.up')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={isBusy || at === numbers.length - 1}
                  onClick={() => move(number, 1)}
                >
                  {t('items.down')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={isBusy}
                  onClick={() => onChange({ removed: [...day.removed, number] })}
                >
                  {t('items.remove')}
                </Button>
              </>
            )}
          </Item>
        ))}
      </ol>
      {day.removed.length > 0 && (
        <>
          <h3>{t('items.removed')}</h3>
          <ul className="plain items">
            {day.removed.map((number) => (
              <Item key={number} day={day} number={number}>
                {mayChange && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    disabled={isBusy}
                    onClick={() =>
                      onChange({ removed: day.removed.filter((one) => one !== number) })
                    }
                  >
                    {t('items.putBack')}
                  </Button>
                )}
              </Item>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Item(props: {
  readonly day: LetterDay;
  readonly number: number;
  readonly children: React.ReactNode;
}) {
  const { t, language } = useWords();
  const topicName = useTopicName();
  const item = props.day.items.find(({ number }) => number === props.number);
  const readers = props.day.mixes
    .filter(({ items }) => items.includes(props.number))
    .reduce((sum, mix) => sum + mix.readers, 0);
  if (!item) return null;
  const title = item.titles[language] ?? item.title;
  return (
    <li>
      <div>
        <strong className="item-title">{title}</strong>
        <span className="soft small">
          {topicName(item.topic)} · {t('items.readers', { count: readers })}
        </span>
      </div>
      <div className="row item-acts" role="group" aria-label={title}>
        {props.children}
      </div>
    </li>
  );
}

/** The house's order first; what it did not place follows, newest first. */
function orderOf({ order, removed, items }: LetterDay): number[] {
  const there = items.map(({ number }) => number).filter((number) => !removed.includes(number));
  const placed = order.filter((number) => there.includes(number));
  const others = there
    .filter((number) => !placed.includes(number))
    .toSorted((one, other) => other - one);
  return [...placed, ...others];
}
