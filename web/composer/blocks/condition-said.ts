import { useTopicName } from '../../api/house.ts';
import { listIn } from '../../words/format.ts';
import { useWords } from '../../words/speak.tsx';
import { languageIn } from './language-in.ts';
import { rowsOf, type Pace, type Row } from './condition-rows.ts';
import type { Condition } from './shape.ts';

/** Who sees a block, as one would say it after "who". */
export function useConditionSaid(): (condition: Condition) => string {
  const words = useWords();
  const { t, language } = words;
  const topicName = useTopicName();
  const phrase = ({ ask, name, values, isNot }: Row) => {
    const [first = ''] = values;
    const not = isNot ? 'not' : 'is';
    switch (ask) {
      case 'follows':
        return t(`who.follows.${not}`, { topic: topicName(first) });
      case 'language':
        return t(`who.language.${not}`, { language: languageIn(first, language) });
      case 'frequency': {
        const paces = listIn(
          words,
          values.map((pace) => t(`show.pace.${pace as Pace}`)),
        );
        return t(`who.frequency.${not}`, { paces });
      }
      case 'field':
        return t(`who.field.${not}`, { field: name, value: first });
    }
  };
  return (condition) => {
    const found = rowsOf(condition);
    if (!found) return t('who.other');
    return found.rows.map(phrase).join(t(found.join === 'all' ? 'who.and' : 'who.or'));
  };
}
