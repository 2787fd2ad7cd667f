import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTopicName } from '../api/house.ts';
import { topicsQuery } from '../api/queries.ts';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import { usePart, useWrite } from './use-letter.ts';

/** Which of the house's topics a letter is about: it decides who may get it at all. */
export function TopicChoice(props: {
  readonly value: string;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const nameOf = useTopicName();
  const { data } = useQuery(topicsQuery);
  const open = data?.items.filter(({ id, retiredAt }) => retiredAt === null || id === props.value);
  return (
    <NativeSelect
      label={t('compose.topic')}
      description={t('compose.topicMeans')}
      value={props.value}
      onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}
      data={(open ?? []).map(({ id }) => ({ value: id, label: nameOf(id) }))}
    />
  );
}

/** The topic of the letter on the desk. */
export function TopicField({ desk }: { readonly desk: DeskLetter }) {
  const write = useWrite(desk);
  const topic = usePart(desk, (letter) => letter['topic'] ?? '');
  return <TopicChoice value={topic} onChoose={(id) => write('topic', id)} />;
}
