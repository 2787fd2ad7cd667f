import { Checkbox } from '@mantine/core';
import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { remarksOf, useLetters } from './second-look.tsx';

/** What can hurt readers leaves only when whoever sends it has seen it. */
export function AsItIs({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { letters } = useLetters(campaign);
  const grave = remarksOf(letters).filter(({ level }) => level === 'error');
  if (grave.length === 0) return null;
  return <Checkbox required label={t('plan.asItIs', { count: grave.length })} />;
}
