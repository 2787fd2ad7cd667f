import { Button, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent } from 'react';
import { useHouse } from '../api/house.ts';
import type { LetterDay } from '../api/shapes.ts';
import { useKeptForm } from '../shell/kept-form.ts';
import { languageName } from '../composer/language-name.ts';
import { useWords } from '../words/speak.tsx';
import type { DayChange } from './change-day.ts';

type Page = { readonly subject?: string; readonly intro?: string };
type CoverProps = {
  readonly day: LetterDay;
  readonly onChange: (change: DayChange) => void;
  readonly isBusy: boolean;
};

/** What the house says at the top of the letters of that day, if it wants to say something. */
export function Cover({ day, onChange, isBusy }: CoverProps) {
  const { t } = useWords();
  const { brand, may } = useHouse();
  const [cover, setCover] = useKeptForm<Readonly<Record<string, Page>>>(
    `cover.${day.id}`,
    day.cover,
  );
  const mayChange = may('campaigns:write') && day.state === 'open';
  const set = (language: string, change: Page) =>
    setCover((old) => ({ ...old, [language]: { ...old[language], ...change } }));
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    onChange({ cover: filled(cover) });
  };
  const isSame = JSON.stringify(filled(cover)) === JSON.stringify(filled(day.cover));
  if (!mayChange && Object.keys(day.cover).length === 0) return null;
  return (
    <form className="stack" onSubmit={save} aria-labelledby="cover">
      <h2 id="cover">{t('cover.title')}</h2>
      <p className="soft">{t('cover.lead')}</p>
      <div className="columns">
        {brand.languages.map((language) => (
          <div key={language} className="stack">
            <TextInput
              label={`${t('letter.subject')} · ${languageName(language)}`}
              lang={language}
              maxLength={150}
              readOnly={!mayChange}
              value={cover[language]?.subject ?? ''}
              onChange={({ currentTarget }) => set(language, { subject: currentTarget.value })}
            />
            <Textarea
              label={`${t('cover.intro')} · ${languageName(language)}`}
              lang={language}
              rows={4}
              resize="vertical"
              maxLength={1_000}
              readOnly={!mayChange}
              value={cover[language]?.intro ?? ''}
              onChange={({ currentTarget }) => set(language, { intro: currentTarget.value })}
            />
          </div>
        ))}
      </div>
      {mayChange && (
        <div>
          <Button type="submit" variant="default" disabled={isSame} loading={isBusy}>
            {t('cover.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** An empty place is none: the letter then says what it says by itself. */
function filled(cover: Readonly<Record<string, Page>>): Record<string, Page> {
  return Object.fromEntries(
    Object.entries(cover).flatMap(([language, { subject = '', intro = '' }]) => {
      const page = {
        ...(subject.trim() && { subject: subject.trim() }),
        ...(intro.trim() && { intro: intro.trim() }),
      };
      return Object.keys(page).length > 0 ? [[language, page] as const] : [];
    }),
  );
}
