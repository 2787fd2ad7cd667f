import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { Choices } from '../../shell/choices.tsx';
import { useWords } from '../../words/speak.tsx';
import { languageName } from '../language-name.ts';
import { said, type Letter } from '../letter.ts';
import { useBlockLetter, usePart } from '../use-letter.ts';
import { Address } from './address-field.tsx';
import { split } from './change.ts';
import { useDesk } from './desk-context.ts';
import { shapePlace, wordsPlace } from './flat.ts';
import { QuestionSettings } from './question-settings.tsx';
import { ShownTo } from './shown-to.tsx';
import { shapeFrom, textOfShape, type Shape, type ShapeOf } from './shape.ts';

const ALT_MOST = 300;
/** Longer than this, a voice that reads it out tires. */
const ALT_GOOD = 125;
const SPLITS = ['1-1', '1-2', '2-1', '1-1-1'] as const;

type InspectorProps = {
  readonly id: string;
  readonly languages: readonly string[];
};

/** What the chosen block is beside its words. */
export const Inspector = memo(function Inspector({ id, languages }: InspectorProps) {
  const { named } = useWords();
  const { desk, write } = useDesk();
  const text = usePart(desk, (letter) => letter[shapePlace(id)]);
  const asked = usePart(desk, fieldsAsked);
  const fields = useMemo(() => (asked === '' ? [] : asked.split(' ')), [asked]);
  if (text === undefined || text === '') return null;
  const shape = shapeFrom(text);
  const change = (next: Shape) => write(shapePlace(id), textOfShape(next));
  return (
    <div className="stack">
      <h3>{named('block', shape.kind)}</h3>
      <Settings {...{ id, languages, shape, change }} />
      <ShownTo
        condition={shape.showIf}
        fields={fields}
        onChange={(showIf) => change({ ...shape, showIf })}
      />
    </div>
  );
});

/** The fields that questions of this letter fill, one word each. */
function fieldsAsked(letter: Letter): string {
  const fields = Object.entries(letter).flatMap(([place, entry]) => {
    if (!entry.includes('"field"') || place.includes('.') || !place.startsWith('block/')) return [];
    const one = shapeFrom(entry);
    return one.kind === 'question' && one.field ? [one.field] : [];
  });
  return fields.join(' ');
}

type SettingsProps<Of extends Shape = Shape> = InspectorProps & {
  readonly shape: Of;
  readonly change: (shape: Shape) => void;
};

function Settings(props: SettingsProps) {
  const { shape, change } = props;
  const { t } = useWords();
  switch (shape.kind) {
    case 'heading':
      return (
        <Choices
          label={t('set.level')}
          value={String(shape.level)}
          choices={['1', '2', '3'].map((value) => ({
            value,
            label: t('set.levelOne', { level: value }),
          }))}
          onChoose={(level) => change({ ...shape, level: Number(level) })}
        />
      );
    case 'text':
      return (
        <Checkbox
          label={t('set.small')}
          description={t('set.smallMeans')}
          checked={shape.size === 'small'}
          onChange={({ currentTarget }) =>
            change({ ...shape, size: currentTarget.checked ? 'small' : 'normal' })
          }
        />
      );
    case 'picture':
      return <PictureSettings {...props} shape={shape} />;
    case 'button':
      return (
        <Address
          label={t('set.link')}
          value={shape.link}
          onChange={(link) => change({ ...shape, link })}
        />
      );
    case 'space':
      return (
        <Choices
          label={t('set.height')}
          value={shape.height}
          choices={(['small', 'medium', 'large'] as const).map((value) => ({
            value,
            label: t(`set.height.${value}`),
          }))}
          onChoose={(height) => change({ ...shape, height })}
        />
      );
    case 'signature':
      return (
        <Checkbox
          label={t('set.answers')}
          description={t('set.answersMeans')}
          checked={shape.answers}
          onChange={({ currentTarget }) => change({ ...shape, answers: currentTarget.checked })}
        />
      );
    case 'question':
      return <QuestionSettings {...props} shape={shape} />;
    case 'columns':
      return <ColumnsSettings {...props} shape={shape} />;
    case 'section':
      return (
        <Choices
          label={t('set.tone')}
          value={shape.tone}
          choices={(['quiet', 'brand'] as const).map((value) => ({
            value,
            label: t(`set.tone.${value}`),
          }))}
          onChoose={(tone) => change({ ...shape, tone })}
        />
      );
    case 'html':
      return <p className="soft small">{t('set.htmlMeans')}</p>;
    case 'pace':
      return <p className="soft small">{t('set.paceMeans')}</p>;
    case 'divider':
    case 'quote':
      return null;
  }
}

function ColumnsSettings({ id, shape }: SettingsProps<ShapeOf<'columns'>>) {
  const { t } = useWords();
  const { turn } = useDesk();
  return (
    <NativeSelect
      label={t('set.split')}
      value={shape.split}
      onChange={({ currentTarget }) => {
        const next = SPLITS.find((one) => one === currentTarget.value) ?? '1-1';
        turn((letter) => split(letter, id, { ...shape, split: next }));
      }}
      data={SPLITS.map((value) => ({ value, label: t(`set.split.${value}`) }))}
    />
  );
}

function PictureSettings({ id, languages, shape, change }: SettingsProps<ShapeOf<'picture'>>) {
  const { t } = useWords();
  const { desk, write } = useDesk();
  const letter = useBlockLetter(desk, id);
  const altOf = (language: string) => said(letter, wordsPlace(id, 'alt', language));
  const [pleases, setPleases] = useState(
    () => shape.url !== '' && languages.every((language) => altOf(language) === ''),
  );
  return (
    <>
      {!pleases &&
        languages.map((language) => {
          const alt = altOf(language);
          const label = t('set.alt');
          return (
            <TextInput
              key={language}
              label={languages.length > 1 ? `${label} · ${languageName(language)}` : label}
              description={t('set.altMeans')}
              lang={language}
              maxLength={ALT_MOST}
              value={alt}
              rightSectionWidth="3.5rem"
              rightSection={
                <span className="alt-count" data-long={alt.length > ALT_GOOD || undefined}>
                  {alt.length}/{ALT_GOOD}
                </span>
              }
              onChange={({ currentTarget }) =>
                write(wordsPlace(id, 'alt', language), currentTarget.value)
              }
            />
          );
        })}
      <Checkbox
        label={t('set.pleases')}
        description={t('set.pleasesMeans')}
        checked={pleases}
        onChange={({ currentTarget }) => {
          setPleases(currentTarget.checked);
          if (currentTarget.checked)
            for (const language of languages) write(wordsPlace(id, 'alt', language), '');
        }}
      />
      <Address
        label={t('set.pictureLink')}
        value={shape.link ?? ''}
        onChange={(link) => change({ ...shape, link: link === '' ? undefined : link })}
      />
      <Choices
        label={t('set.width')}
        value={shape.width}
        choices={(['full', 'half'] as const).map((value) => ({
          value,
          label: t(`set.width.${value}`),
        }))}
        onChoose={(width) => change({ ...shape, width })}
      />
    </>
  );
}
