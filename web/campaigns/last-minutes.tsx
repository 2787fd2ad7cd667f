import { useEffect, useState } from 'react';
import { useHouseClock } from '../api/house-clock.ts';
import { useHouse } from '../api/house.ts';
import type { Campaign } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

const SECOND_MS = 1_000;
/** What leaves later is no matter of minutes. */
const SHOWN_BEFORE_MS = 10 * 60 * SECOND_MS;

/** A letter that leaves in a moment: until when it can be taken back, and how long that still is. */
export function LastMinutes({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { date, may, me } = useHouse();
  const { state, schedule } = campaign;
  const startsAt = state === 'scheduled' && schedule ? Date.parse(schedule.startsAt) : undefined;
  const leftMs = useLeft(startsAt);
  if (startsAt === undefined || leftMs === undefined || leftMs > SHOWN_BEFORE_MS) return null;
  const when = date(startsAt, 'clock');
  return (
    <div className="verdict last-minutes" data-decision="hold">
      <p>
        {t(may('campaigns:send') ? 'minutes.undo' : 'minutes.leaves', {
          when,
          act: t('act.unschedule'),
        })}
      </p>
      <p className="small">
        {me.timeStands ? (
          <TimeStands />
        ) : (
          <span role="timer">
            {leftMs > 0 ? t('minutes.left', partsOf(leftMs)) : t('minutes.now')}
          </span>
        )}
      </p>
    </div>
  );
}

/** Where nothing leaves before somebody moves the clock, no seconds are counted. */
function TimeStands() {
  const { rich } = useWords();
  return rich('minutes.stands', {
    a: (parts) => (
      <a key="a" href="/clock" target="_blank" rel="noreferrer">
        {parts}
      </a>
    ),
  });
}

function partsOf(leftMs: number) {
  const seconds = Math.ceil(leftMs / SECOND_MS);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}

/** How long until then by the house's clock, second by second. */
function useLeft(at: number | undefined): number | undefined {
  const now = useHouseClock();
  const [leftMs, setLeft] = useState(at === undefined ? undefined : at - now());
  useEffect(() => {
    const look = () => setLeft(at === undefined ? undefined : at - now());
    look();
    if (at === undefined) return undefined;
    const timer = window.setInterval(look, SECOND_MS);
    return () => window.clearInterval(timer);
  }, [at, now]);
  return leftMs;
}
