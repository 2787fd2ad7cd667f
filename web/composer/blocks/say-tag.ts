import { useCallback } from 'react';
import { useWords } from '../../words/speak.tsx';
import type { SayTag } from './extensions.ts';
import { fieldOf, tagIn, TAGS } from './liquid.ts';

/** What a chip shows, and what is read out for it. */
export function useSayTag(): SayTag {
  const { t } = useWords();
  return useCallback(
    (liquid) => {
      const tag = tagIn(liquid);
      const known = TAGS.find(({ path }) => path === tag?.path);
      const label = known ? t(`tag.${known.name}`) : (fieldOf(tag?.path ?? '') ?? liquid);
      const fallback = tag?.fallback ?? '';
      const spoken =
        fallback === '' ? t('tag.spoken', { label }) : t('tag.spokenOr', { label, fallback });
      return { label, spoken };
    },
    [t],
  );
}
