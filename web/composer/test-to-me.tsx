import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { useTell } from '../shell/told.tsx';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { languageIn, languageName } from './language-name.ts';

const ALL = 'all';
type TestToMeProps = {
  readonly id: string;
  /** Of the letter; the first is the one that is looked at. */
  readonly languages: readonly string[];
  readonly disabled: boolean;
  /** Where it is what one came for, it looks so. */
  readonly isMain?: boolean;
};

/** The letter to whoever sits here, as it is saved. */
export function TestToMe({ id, languages, disabled, isMain = false }: TestToMeProps) {
  const words = useWords();
  const { t, language: spoken } = words;
  const { me } = useHouse();
  const tell = useTell();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const known = chosen === ALL || (chosen && languages.includes(chosen)) ? chosen : languages[0]!;
  const wanted = known === ALL ? languages : [known];
  const test = useMutation({
    mutationFn: async (to: string) => {
      for (const language of wanted)
        await bodyOf(api.campaigns[':id'].test.$post({ param: { id }, json: { to, language } }));
      return wanted;
    },
    onSuccess: (sent, to) => {
      const named = sent.map((one) => languageIn(spoken, one));
      tell(t('test.sentIn', { to, count: sent.length, languages: listIn(words, named) }));
      return queries.invalidateQueries({ queryKey: ['audit'] });
    },
    onError: () => tell(t('test.failed')),
  });
  const { email } = me;
  if (email === null) return null;
  return (
    <div className="row test-to-me">
      <Button
        variant={isMain ? 'filled' : 'default'}
        disabled={disabled}
        loading={test.isPending}
        onClick={() => test.mutate(email)}
      >
        {t('test.go')}
      </Button>
      {languages.length > 1 && (
        <NativeSelect
          aria-label={t('test.in')}
          value={known}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={[
            ...languages.map((value) => ({ value, label: languageName(value) })),
            { value: ALL, label: t('test.all') },
          ]}
        />
      )}
    </div>
  );
}
