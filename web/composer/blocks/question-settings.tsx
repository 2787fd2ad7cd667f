import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/speak.tsx';
import { useBlockLetter } from '../use-letter.ts';
import { useDesk } from './desk-context.ts';
import { shapePlace } from './flat.ts';
import { textOfShape, type Shape, type ShapeOf } from './shape.ts';

const ANSWERS_MOST = 5;
type QuestionProps = {
  readonly id: string;
  readonly shape: ShapeOf<'question'>;
  readonly change: (shape: Shape) => void;
};

/** What a question may be answered with, and where the answer is kept. */
export function QuestionSettings({ id, shape, change }: QuestionProps) {
  const { t } = useWords();
  const { desk, turn } = useDesk();
  const letter = useBlockLetter(desk, id);
  const { answers } = shape;
  const [field, setField] = useState(shape.field ?? '');
  const isGood = field === '' || /^[a-zA-Z][\w-]{0,39}$/.test(field);
  const free = 'abcdefgh'.split('').find((answer) => !answers.includes(answer));
  return (
    <>
      <ul className="plain answers">
        {answers.map((answer, at) => {
          const said = Object.entries(letter).find(
            ([place, text]) => text !== '' && place.startsWith(`block/${id}/answers/${answer}.`),
          );
          return (
            <li key={answer}>
              <span>{said?.[1] ?? t('blocks.answer', { number: at + 1 })}</span>
              {answers.length > 2 && (
                <button
                  type="button"
                  className="words"
                  onClick={() =>
                    turn((now) => ({
                      ...Object.fromEntries(
                        Object.entries(now).filter(
                          ([place]) => !place.startsWith(`block/${id}/answers/${answer}.`),
                        ),
                      ),
                      [shapePlace(id)]: textOfShape({
                        ...shape,
                        answers: answers.filter((one) => one !== answer),
                      }),
                    }))
                  }
                >
                  {t('show.remove')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {answers.length < ANSWERS_MOST && free !== undefined && (
        <button
          type="button"
          className="words"
          onClick={() => change({ ...shape, answers: [...answers, free] })}
        >
          {t('set.moreAnswers')}
        </button>
      )}
      <TextInput
        label={t('set.field')}
        description={t('set.fieldMeans')}
        error={isGood ? undefined : t('set.fieldBad')}
        maxLength={40}
        value={field}
        onChange={({ currentTarget: { value } }) => {
          setField(value);
          if (value === '') change({ ...shape, field: undefined });
          else if (/^[a-zA-Z][\w-]{0,39}$/.test(value)) change({ ...shape, field: value });
        }}
      />
    </>
  );
}
