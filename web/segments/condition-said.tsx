import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { previewQuery, sentenceQuery } from './segments-query.ts';
import type { AudienceCondition } from './tree.ts';

const REST_MS = 300;
type SaidProps = { readonly condition: AudienceCondition };

/** A condition as one says it. */
export function ConditionSaid({ condition }: SaidProps) {
  const { language } = useWords();
  const { data } = useQuery(sentenceQuery(condition));
  return data ? data.sentence[language] : '…';
}

/** The sentence, and how many people that is: at once while one changes it, else when asked. */
export function ConditionCounted({
  condition,
  isLive,
  among,
}: SaidProps & { readonly isLive: boolean; readonly among?: AudienceCondition }) {
  const { t } = useWords();
  const { may, number } = useHouse();
  const [isAsked, setAsked] = useState(false);
  const [rested] = useDebouncedValue(condition, REST_MS);
  const asked = among ? { all: [among, rested] } : rested;
  const mayCount = may('segments:read');
  const isCounting = mayCount && (isLive || isAsked);
  const { data, error } = useQuery({ ...previewQuery(asked), enabled: isCounting });
  return (
    <div className="stack condition-counted">
      <p className="condition-said">
        <ConditionSaid condition={condition} />
      </p>
      {!isCounting && mayCount && (
        <div>
          <Button variant="default" size="compact-sm" onClick={() => setAsked(true)}>
            {t('condition.count')}
          </Button>
        </div>
      )}
      {isCounting && (
        <div className="small soft" role="status">
          {error ? (
            <Said error={error} />
          ) : (
            ((data &&
              t('condition.counted', { people: data.people, shown: number(data.people) })) ??
            t('waiting'))
          )}
        </div>
      )}
    </div>
  );
}
