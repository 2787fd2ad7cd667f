import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '../api/shapes.ts';
import { InboxLine } from '../composer/inbox-line.tsx';
import { languageName } from '../composer/language-name.ts';
import { LetterFrame } from '../composer/letter-frame.tsx';
import { Choices } from '../shell/choices.tsx';
import { Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { CannotBeShown } from './cannot-be-shown.tsx';
import { letterQuery } from './letter-query.ts';
import '../composer/composer.css';

const LOOKS = ['phone', 'desk'] as const;
type Look = (typeof LOOKS)[number];

/** What it says, to whoever comes by: before it leaves, while it does, and ever after. */
export function Letter(props: {
  readonly campaign: Campaign;
  /** What has left is folded away under its books. */
  readonly isFolded: boolean;
}) {
  const { campaign, isFolded } = props;
  const { t } = useWords();
  const [language, setLanguage] = useState<string>();
  const [isOpen, setOpen] = useState(!isFolded);
  const { data, error } = useQuery({
    ...letterQuery(campaign, language),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="sheet stack" aria-labelledby="letter">
      <h2 id="letter">{t('campaign.letter')}</h2>
      {error && <CannotBeShown error={error} campaign={campaign} />}
      {!data && !error && <Waiting />}
      {data && !error && (
        <>
          {data.languages.length > 1 && (
            <Choices
              label={t('compose.languages')}
              value={language ?? data.language}
              choices={data.languages.map((value) => ({ value, label: languageName(value) }))}
              onChoose={setLanguage}
            />
          )}
          <InboxLine from={data.from.name} subject={data.subject} preheader={data.preheader} />
          <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary>{t('letter.read')}</summary>
            {isOpen && <Shown subject={data.subject} html={data.html} />}
          </details>
        </>
      )}
    </section>
  );
}

function Shown({ subject, html }: { readonly subject: string; readonly html: string }) {
  const { t } = useWords();
  const [look, setLook] = useState<Look>('phone');
  return (
    <div className="stack letter-read">
      <Choices
        label={t('preview.look')}
        value={look}
        choices={LOOKS.map((value) => ({ value, label: t(`preview.${value}`) }))}
        onChoose={setLook}
      />
      <div className="letter-window" data-look={look}>
        <LetterFrame title={subject} html={html} dark={false} pictures />
      </div>
    </div>
  );
}
