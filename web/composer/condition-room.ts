import { partOf } from '../shell/fetched.ts';
import { withWords } from '../words/words.ts';

/** The builder of segments, fetched with its words by who sets a condition. */
export const ConditionEditor = partOf(
  () => withWords('segments', import('../segments/condition-editor.tsx')),
  'ConditionEditor',
);
