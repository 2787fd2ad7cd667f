import { Button } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import type { Letter } from './letter.ts';
import type { Meeting } from './kept.ts';
import { useBlockNamed } from './blocks/block-named.ts';
import { languageName } from './language-name.ts';

type MetProps = {
  readonly meeting: Meeting;
  readonly mine: Letter;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
};

/** Two people write at once: nothing is lost, and both know. */
export function Met({ meeting, mine, onKeepMine, onTakeTheirs }: MetProps) {
  const { t, named } = useWords();
  const blockNamed = useBlockNamed(mine);
  const said = (place: string) => {
    const [field = '', language] = place.split('.');
    const [room, block = ''] = field.split('/');
    const name =
      room === 'block' ? (blockNamed(block)?.name ?? block) : named('place-of', room ?? '');
    return language ? `${name} (${languageName(language)})` : name;
  };
  // Where a block stands and how it is set is shown in the letter; only words can be read here.
  const isText = (place: string) => place.includes('.') || !/^(?:block\/|order$)/.test(place);
  return (
    <section className="met" role="alert" aria-labelledby="met">
      <h2 id="met">{t(meeting.both.length > 0 ? 'met.both' : 'met.title')}</h2>
      {meeting.taken.length > 0 && (
        <p>{t('met.taken', { places: meeting.taken.map(said).join(', ') })}</p>
      )}
      {meeting.both.map((place) => (
        <div key={place} className="met-place">
          <h3>{said(place)}</h3>
          {isText(place) && (
            <>
              <div>
                <span className="soft small">{t('met.mine')}</span>
                <pre tabIndex={0}>{mine[place] ?? ''}</pre>
              </div>
              <div>
                <span className="soft small">{t('met.theirs')}</span>
                <pre tabIndex={0}>{meeting.theirs[place] ?? ''}</pre>
              </div>
            </>
          )}
        </div>
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
