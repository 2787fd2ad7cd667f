import { Button } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import type { DeskLetter } from './desk-letter.ts';
import type { Meeting } from './kept.ts';
import { Difference, usePlaceName, type Side } from './difference.tsx';
import type { Letter } from './letter.ts';
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
  const said = useTakenSaid(meeting, sides);
  return (
    <section
      className="met"
      role="alert"
      aria-labelledby="met"
      data-asks={meeting.both.length > 0 || undefined}
    >
      <h2 id="met">{t(meeting.both.length > 0 ? 'met.both' : 'met.title')}</h2>
      {said.length > 0 && <p>{t('met.taken', { places: said.join(', ') })}</p>}
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

/** What came from the other, each once: of a block that was put in or taken out, its name says it all. */
function useTakenSaid({ before, theirs, taken }: Meeting, sides: readonly [Side, Side]): string[] {
  const here = usePlaceName(...sides);
  const was = usePlaceName(sides[1], { name: '', letter: before });
  const isIn = (letter: Letter, place: string) => (letter[place] ?? '') !== '';
  const said = taken.map((place) => {
    const whole = place.startsWith('block/') ? place.split('/', 2).join('/') : place;
    if (whole !== place && isIn(before, whole) === isIn(theirs, whole)) return here(place);
    return (isIn(theirs, whole) ? here : was)(whole);
  });
  return [...new Set(said)];
}
