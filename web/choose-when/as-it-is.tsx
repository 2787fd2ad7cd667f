import { Checkbox } from '@mantine/core';
import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { remarksOf, useLetters } from './second-look.tsx';

/** How many things of it can hurt readers; undefined while nobody has looked. What cannot be made is refused anyway. */
export function useGrave(campaign: Campaign): number | undefined {
  const { main, error, letters } = useLetters(campaign);
  if (error) return 0;
  if (!main || letters.length < main.languages.length) return undefined;
  return remarksOf(letters).filter(({ level }) => level === 'error').length;
}

/** What can hurt readers leaves only when whoever sends it has seen it. */
export function AsItIs({ grave }: { readonly grave: number | undefined }) {
  const { t } = useWords();
  if (!grave) return null;
  return <Checkbox required label={t('plan.asItIs', { count: grave })} />;
}
