import { useLayoutEffect, useRef, useState } from 'react';

/** As wide as three columns want it, in letters; the same measure stands in `blocks.css`. */
const WIDE_REM = 56;

/** Whether there is too little room for three columns: on a small screen, or with large text. */
export function useRoom() {
  const room = useRef<HTMLDivElement>(null);
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const measure = () => {
      const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setNarrow(element.clientWidth <= WIDE_REM * letter);
    };
    measure();
    // What grows with the text changes its height, where not its width.
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { room, isNarrow };
}
