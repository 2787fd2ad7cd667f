import { useRef } from 'react';
import { useWords } from '../../words/speak.tsx';
import { languageName } from '../language-name.ts';
import { said, type Letter } from '../letter.ts';
import { BlockView } from './block.tsx';
import { Words, type Writing } from './block-words.tsx';
import { useDesk } from './desk-context.ts';
import { useEmptyRow } from './dragging.ts';
import { shapePlace, wordsPlace } from './flat.ts';
import type { Held } from './order.ts';
import { PictureBody } from './picture-body.tsx';
import { textOfShape, type Shape, type ShapeOf } from './shape.ts';

type BodyProps = {
  readonly letter: Letter;
  readonly held: Held;
  readonly shape: Shape;
  readonly languages: readonly string[];
  readonly selected: string | undefined;
};

/** What a block shows, written where it stands. */
export function Body(props: BodyProps) {
  const { letter, held, shape, languages } = props;
  const { t } = useWords();
  const { id } = held;
  const writing = { letter, id, languages };
  switch (shape.kind) {
    case 'heading':
      return (
        <div className="body heading" data-level={shape.level}>
          <Words {...writing} field="words" kind="lines" isTitle label={t('block.heading')} />
        </div>
      );
    case 'text':
      return (
        <div className="body rich" data-size={shape.size}>
          <Words {...writing} field="words" kind="rich" label={t('block.text')} />
        </div>
      );
    case 'picture':
      return <PictureBody {...writing} shape={shape} />;
    case 'button':
      return (
        <div className="body">
          <Words
            {...writing}
            field="words"
            kind="line"
            label={t('block.button')}
            look="button-look"
          />
          {shape.link === '' && <p className="lacks">{t('blocks.noLink')}</p>}
        </div>
      );
    case 'divider':
      return <hr className="body line" />;
    case 'space':
      return <div className="body gap" data-height={shape.height} />;
    case 'quote':
      return (
        <blockquote className="body quote">
          <Words {...writing} field="words" kind="lines" label={t('block.quote')} />
          <div className="quote-by">
            <Words {...writing} field="by" kind="line" label={t('blocks.by')} isOptional />
          </div>
        </blockquote>
      );
    case 'pace':
      return <p className="body pace">{t('blocks.paceSample')}</p>;
    case 'signature':
      return <Signature {...writing} shape={shape} />;
    case 'html':
      return <Html {...writing} />;
    case 'question':
      return (
        <div className="body question">
          <div className="asked-words">
            <Words {...writing} field="words" kind="line" label={t('block.question')} />
          </div>
          {shape.answers.map((answer, at) => (
            <Words
              key={answer}
              {...writing}
              field={`answers/${answer}`}
              kind="line"
              label={t('blocks.answer', { number: at + 1 })}
              look="answer-look"
            />
          ))}
        </div>
      );
    case 'columns':
    case 'section':
      return (
        <div
          className={`body ${shape.kind}`}
          data-split={shape.kind === 'columns' ? shape.split : undefined}
          data-tone={shape.kind === 'section' ? shape.tone : undefined}
        >
          {held.rows.map((row, at) => (
            <Row key={at} {...props} row={row} at={at} />
          ))}
        </div>
      );
  }
}

function Row({
  row,
  at,
  ...props
}: BodyProps & { readonly row: readonly string[]; readonly at: number }) {
  const { held, languages, selected } = props;
  return (
    <div className="side">
      {row.length === 0 && <Empty holder={held.id} row={at} />}
      {row.map((id, index) => (
        <BlockView
          key={id}
          held={{ id, rows: [] }}
          spot={{ holder: held.id, row: at, at: index }}
          of={row.length}
          languages={languages}
          selected={selected}
        />
      ))}
    </div>
  );
}

function Empty({ holder, row }: { readonly holder: string; readonly row: number }) {
  const { t } = useWords();
  const { add } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  useEmptyRow(place, holder, row);
  return (
    <div ref={place} className="empty-row">
      {(['text', 'picture'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="words"
          onClick={() => add(kind, { holder, row, at: 0 })}
        >
          {t(`blocks.put.${kind}`)}
        </button>
      ))}
    </div>
  );
}

function Signature({ shape, ...writing }: Writing & { readonly shape: ShapeOf<'signature'> }) {
  const { t } = useWords();
  const { write } = useDesk();
  return (
    <div className="body signature">
      <input
        className="written-bare signed"
        aria-label={t('blocks.signer')}
        placeholder={t('blocks.signer')}
        maxLength={80}
        value={shape.name}
        onChange={({ currentTarget }) =>
          write(shapePlace(writing.id), textOfShape({ ...shape, name: currentTarget.value }))
        }
      />
      <div className="role">
        <Words {...writing} field="role" kind="line" label={t('blocks.role')} isOptional />
      </div>
      {shape.answers && shape.name.trim() !== '' && (
        <p className="role">{t('blocks.signerAnswers', { name: shape.name.trim() })}</p>
      )}
    </div>
  );
}

function Html({ letter, id, languages }: Writing) {
  const { t } = useWords();
  const { write } = useDesk();
  return (
    <div className="body beside" data-many={languages.length > 1 || undefined}>
      {languages.map((language) => {
        const place = wordsPlace(id, 'words', language);
        const label = t('block.html');
        return (
          <textarea
            key={language}
            className="written-bare code"
            lang={language}
            spellCheck={false}
            rows={6}
            aria-label={languages.length > 1 ? `${label} · ${languageName(language)}` : label}
            placeholder="<p>…</p>"
            value={said(letter, place)}
            onChange={({ currentTarget }) => write(place, currentTarget.value)}
          />
        );
      })}
    </div>
  );
}
