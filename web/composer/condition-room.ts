import { lazy } from 'react';
import { withWords } from '../words/words.ts';

/** The builder of segments, fetched with its words by who sets a condition. */
export const ConditionEditor = lazy(() =>
  withWords('segments', import('../segments/condition-editor.tsx')).then((room) => ({
    default: room.ConditionEditor,
  })),
);
