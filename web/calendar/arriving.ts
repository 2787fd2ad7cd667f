import { useEffect, useRef } from 'react';
import type { Calendar } from './calendar-query.ts';

/** The button that moves a campaign again, where the keyboard finds its place after a move. */
export const moveButtonOf = (id: string) => `move-${id}`;

export type Arriving = { readonly id: string; readonly at: string };

/** Who moved a campaign stands beside it again once it is on its new day; where it is shown no more, at the head. */
export function useArriving(calendar: Calendar | undefined): (moved: Arriving) => void {
  const arriving = useRef<Arriving>(undefined);
  useEffect(() => {
    const moved = arriving.current;
    if (!moved || !calendar) return;
    const entries = calendar.days.flatMap(({ campaigns }) => campaigns);
    const entry = entries.find(({ id }) => id === moved.id);
    if (entry && entry.schedule.at !== moved.at) return;
    arriving.current = undefined;
    const place = document.getElementById(moveButtonOf(moved.id));
    (place ?? document.querySelector('h1'))?.focus();
  }, [calendar]);
  return (moved) => {
    arriving.current = moved;
  };
}
