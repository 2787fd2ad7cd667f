import { memo } from 'react';
import type { DeskLetter } from '../desk-letter.ts';
import { InboxField } from '../inbox-field.tsx';

/** What an inbox shows before the letter is opened. */
export const Subjects = memo(function Subjects(props: {
  readonly desk: DeskLetter;
  readonly languages: readonly string[];
}) {
  const { desk, languages } = props;
  const isOneOfMany = languages.length > 1;
  return (
    <div className="beside subjects" data-many={isOneOfMany || undefined}>
      {languages.map((language) => (
        <div key={language} className="subject">
          <InboxField field="subject" {...{ desk, language, isOneOfMany }} />
          <InboxField field="preheader" {...{ desk, language, isOneOfMany }} />
        </div>
      ))}
    </div>
  );
});
