import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { ConditionCounted } from '../segments/condition-said.tsx';
import { segmentsQuery } from '../segments/segments-query.ts';
import { Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import {
  audienceFrom,
  audienceParts,
  isSameAudience,
  segmentIn,
  type Audience,
} from './audience.ts';
import { ConditionEditor } from './condition-room.ts';
import type { DeskLetter } from './desk-letter.ts';
import { audienceFromText, EVERYBODY, textOfAudience } from './letter.ts';
import { usePart } from './use-letter.ts';

const OWN = '*';
/** More left out than this is a condition of its own. */
const EXCEPT_MOST = 8;

/** Who of those who follow the topic gets it: all of them, a saved segment, or a condition of its own; and who not. */
export function AudienceChoice({
  desk,
  onChoose,
}: {
  readonly desk: DeskLetter;
  readonly onChoose: (audience: string) => void;
}) {
  const { t } = useWords();
  const text = usePart(desk, (letter) => letter['audience'] ?? EVERYBODY);
  const topic = usePart(desk, (letter) => letter['topic'] ?? '');
  const came = useMemo(() => audienceFromText(text), [text]);
  const [held, setHeld] = useState<Audience>(() => audienceParts(came));
  const [isOwn, setOwn] = useState(() => held.who !== undefined && !segmentIn(held));
  const [isUnfinished, setUnfinished] = useState(false);
  const [isChanged, setChanged] = useState(false);
  // What came from elsewhere: an undo, or somebody else's hand.
  if (!isSameAudience(came, audienceFrom(held))) {
    const parts = audienceParts(came);
    setHeld(parts);
    setOwn(parts.who !== undefined && !segmentIn(parts));
  }
  const change = (next: Audience) => {
    setHeld(next);
    setChanged(true);
    onChoose(textOfAudience(audienceFrom(next)));
  };
  const { data } = useQuery(segmentsQuery);
  const chosen = segmentIn(held);
  const open = (data?.items ?? []).filter(
    ({ id, retiredAt }) => retiredAt === null || id === chosen,
  );
  return (
    <div className="stack audience">
      <NativeSelect
        label={t('compose.audience')}
        description={t('compose.audienceMeans')}
        value={isOwn ? OWN : (chosen ?? EVERYBODY)}
        onChange={({ currentTarget: { value } }) => {
          setOwn(value === OWN);
          setUnfinished(value === OWN);
          // A condition of one's own begins with what was said already.
          if (value !== OWN)
            change({ ...held, who: value === EVERYBODY ? undefined : { segment: value } });
        }}
        data={[
          { value: EVERYBODY, label: t('compose.everybody') },
          ...open.map(({ id, name }) => ({ value: id, label: name })),
          { value: OWN, label: t('compose.own') },
        ]}
      />
      {isOwn && (
        <Suspense fallback={<Waiting />}>
          <ConditionEditor
            condition={held.who}
            withSegments
            onUnfinished={setUnfinished}
            onChange={(who) => change({ ...held, who })}
          />
        </Suspense>
      )}
      {isOwn && isUnfinished && (
        <p className="small soft" role="status">
          {t('condition.unfinished')}
        </p>
      )}
      <Except
        except={held.except}
        segments={open}
        onChange={(except) => change({ ...held, except })}
      />
      {came && <ConditionCounted condition={came} isLive={isChanged} among={{ follows: topic }} />}
    </div>
  );
}

type ExceptProps = {
  readonly except: readonly string[];
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (except: readonly string[]) => void;
};

/** Saved segments whose people do not get it. */
function Except({ except, segments, onChange }: ExceptProps) {
  const { t } = useWords();
  const nameOf = (segment: string) => segments.find((one) => one.id === segment)?.name ?? segment;
  const left = segments.filter((one) => !except.includes(one.id));
  if (segments.length === 0 && except.length === 0) return null;
  return (
    <div className="stack except">
      {left.length > 0 && except.length < EXCEPT_MOST && (
        <NativeSelect
          label={t('compose.except')}
          value=""
          onChange={({ currentTarget: { value } }) => onChange([...except, value])}
          data={[
            {
              value: '',
              label: t(except.length === 0 ? 'compose.exceptNobody' : 'compose.exceptMore'),
            },
            ...left.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      )}
      {except.length > 0 && (
        <ul className="plain except-list" aria-label={t('compose.except')}>
          {except.map((segment) => (
            <li key={segment}>
              <span>{nameOf(segment)}</span>
              <button
                type="button"
                className="words"
                aria-label={t('compose.exceptRemove', { name: nameOf(segment) })}
                onClick={() => onChange(except.filter((one) => one !== segment))}
              >
                {t('condition.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
