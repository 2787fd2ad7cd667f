import { Button } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import type { Meeting } from './kept.ts';
import { Difference, usePlaceName, type Side } from './difference.tsx';
import { useWholeLetter } from './use-letter.ts';

type MetProps = {
  readonly meeting: Meeting;
  readonly desk: DeskLetter;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
};

/** Two people write at once: nothing is lost, and both know. */
export function Met({ meeting, desk, onKeepMine, onTakeTheirs }: MetProps) {
  const { t } = useWords();
  const sides: readonly [Side, Side] = [
    { name: t('met.mine'), letter: useWholeLetter(desk) },
    { name: t('met.theirs'), letter: meeting.theirs },
  ];
  const said = usePlaceName(...sides);
  return (
    <section className="met" role="alert" aria-labelledby="met">
      <h2 id="met">{t(meeting.both.length > 0 ? 'met.both' : 'met.title')}</h2>
      {meeting.taken.length > 0 && (
        <p>{t('met.taken', { places: meeting.taken.map(said).join(', ') })}</p>
      )}
      {meeting.both.map((place) => (
        <Difference key={place} place={place} sides={sides} />
      ))}
      <div className="row">
        <Button onClick={onKeepMine}>
          {t(meeting.both.length > 0 ? 'met.keepMine' : 'met.seen')}
        </Button>
        {meeting.both.length > 0 && (
          <Button variant="default" onClick={onTakeTheirs}>
            {t('met.takeTheirs')}
          </Button>
        )}
      </div>
    </section>
  );
}
