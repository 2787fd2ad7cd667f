import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { segmentsQuery } from '../segments/segments-query.ts';
import { useWords } from '../words/speak.tsx';
import { AS_IT_IS, EVERYBODY } from './letter.ts';

/** Who of those who follow the topic gets it: all of them, or a segment that the house has saved. */
export function AudienceChoice(props: {
  readonly value: string;
  readonly onChoose: (audience: string) => void;
}) {
  const { t } = useWords();
  const { data } = useQuery(segmentsQuery);
  const open = data?.items.filter(({ id, retiredAt }) => retiredAt === null || id === props.value);
  return (
    <NativeSelect
      label={t('compose.audience')}
      description={t('compose.audienceMeans')}
      value={props.value}
      onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}
      data={[
        { value: EVERYBODY, label: t('compose.everybody') },
        ...(open ?? []).map(({ id, name }) => ({ value: id, label: name })),
        // What a program asked for in more words than a choice has stays until somebody chooses.
        ...(props.value === AS_IT_IS ? [{ value: AS_IT_IS, label: t('compose.asItIs') }] : []),
      ]}
    />
  );
}
