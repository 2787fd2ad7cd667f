import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { dateIn, numberIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { meQuery, topicsQuery } from './queries.ts';
import type { Me } from './shapes.ts';

type Scope = Me['scopes'][number];
type Shown = Parameters<typeof dateIn>[3];

/** Who is here, in which house, and how the house writes its dates and numbers. */
export function useHouse() {
  const words = useWords();
  const { data: me } = useSuspenseQuery(meQuery);
  const { timeZone } = me.brand;
  return {
    me,
    brand: me.brand,
    may: (scope: Scope) => me.scopes.includes(scope),
    date: (at: string | number, shown: Shown) => dateIn(words, timeZone, at, shown),
    number: (value: number) => numberIn(words, value),
  };
}

/** What a topic is called in the language spoken here. */
export function useTopicName(): (id: string) => string {
  const { language } = useWords();
  const { data } = useQuery(topicsQuery);
  const { data: me } = useQuery(meQuery);
  return (id) => {
    const name = data?.items.find((topic) => topic.id === id)?.name;
    return (
      name?.[language] ?? name?.[me?.brand.language ?? ''] ?? Object.values(name ?? {})[0] ?? id
    );
  };
}
