import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse, useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import type { Topic } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { RetireTopic } from './retire-topic.tsx';
import { TopicSheet } from './topic-sheet.tsx';

type Open = { readonly is: 'new' } | { readonly is: 'change' | 'retire'; readonly topic: Topic };

/** The subjects one may subscribe to. */
export function Topics() {
  const { t } = useWords();
  const { may } = useHouse();
  const { data } = useSuspenseQuery(topicsQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayWrite = may('topics:write');
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('topics.lead')}</p>
        {mayWrite && <Button onClick={() => setOpen({ is: 'new' })}>{t('topics.new')}</Button>}
      </div>
      {data.items.length === 0 && <p className="empty">{t('topics.none')}</p>}
      <ul className="plain lines">
        {data.items.map((topic) => (
          <Line
            key={topic.id}
            topic={topic}
            {...(mayWrite && { onOpen: (is: 'change' | 'retire') => setOpen({ is, topic }) })}
          />
        ))}
      </ul>
      {open?.is === 'new' && <TopicSheet onClose={close} />}
      {open?.is === 'change' && <TopicSheet topic={open.topic} onClose={close} />}
      {open?.is === 'retire' && <RetireTopic topic={open.topic} onClose={close} />}
    </div>
  );
}

type LineProps = {
  readonly topic: Topic;
  readonly onOpen?: (is: 'change' | 'retire') => void;
};

function Line({ topic, onOpen }: LineProps) {
  const { t, language } = useWords();
  const { date } = useHouse();
  const name = useTopicName()(topic.id);
  const facts = [
    t(`topics.${topic.visibility}`),
    topic.atMost !== null && t('topics.promises', { count: topic.atMost }),
    topic.adultsOnly && t('topics.adultsOnly.short'),
    topic.retiredAt !== null && t('topics.retiredOn', { day: date(topic.retiredAt, 'day') }),
  ].filter((fact) => fact !== false);
  return (
    <li className={topic.retiredAt === null ? undefined : 'gone'}>
      <div>
        <h2>{name}</h2>
        {topic.description[language] && <p>{topic.description[language]}</p>}
        <p className="soft small">{facts.join(' · ')}</p>
      </div>
      {onOpen && topic.retiredAt === null && (
        <div className="row">
          <button
            type="button"
            className="words"
            aria-label={t('topics.changeOne', { name })}
            onClick={() => onOpen('change')}
          >
            {t('topics.change')}
          </button>
          <button
            type="button"
            className="words"
            aria-label={t('topics.retireOne', { name })}
            onClick={() => onOpen('retire')}
          >
            {t('topics.retire')}
          </button>
        </div>
      )}
    </li>
  );
}
