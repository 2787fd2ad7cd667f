import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useWords } from '../../words/speak.tsx';
import { said, type Letter } from '../letter.ts';
import { useDesk } from './desk-context.ts';
import { shapePlace, wordsPlace } from './flat.ts';
import { Icon } from './icons.tsx';
import { PictureSheet } from './picture-sheet.tsx';
import { isOurs } from './picture-url.ts';
import { textOfShape, type ShapeOf } from './shape.ts';

/** A picture, or the place where one will stand. */
export function PictureBody(props: {
  readonly letter: Letter;
  readonly id: string;
  readonly languages: readonly string[];
  readonly shape: ShapeOf<'picture'>;
}) {
  const { letter, id, languages, shape } = props;
  const { t } = useWords();
  const { write } = useDesk();
  const [isChoosing, setChoosing] = useState(false);
  const alt = said(letter, wordsPlace(id, 'alt', languages[0]!));
  return (
    <div className="body picture" data-width={shape.width}>
      {shape.url !== '' && isOurs(shape.url) && <img src={new URL(shape.url).pathname} alt={alt} />}
      {shape.url !== '' && !isOurs(shape.url) && (
        <p className="picture-elsewhere">{t('blocks.picture.elsewhere', { url: shape.url })}</p>
      )}
      <button
        type="button"
        className={shape.url === '' ? 'picture-empty' : 'picture-change'}
        onClick={() => setChoosing(true)}
      >
        {shape.url === '' && <Icon name="picture" />}
        {t(shape.url === '' ? 'blocks.picture.choose' : 'blocks.picture.change')}
        {shape.url === '' && alt !== '' && <span className="soft small">{alt}</span>}
      </button>
      {isChoosing &&
        // In front of the room, not on the letter's paper.
        createPortal(
          <PictureSheet
            onClose={() => setChoosing(false)}
            onChoose={({ url }) => {
              write(shapePlace(id), textOfShape({ ...shape, url }));
              setChoosing(false);
            }}
          />,
          document.body,
        )}
    </div>
  );
}
