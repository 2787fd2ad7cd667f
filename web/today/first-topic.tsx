import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { languageName } from '../composer/language-name.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

const ID_MOST = 40;

/** What readers may subscribe to first. */
export function FirstTopic() {
  const { t } = useWords();
  const { brand } = useHouse();
  const queries = useQueryClient();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const main = names[brand.language]?.trim() ?? '';
  const make = useMutation({
    mutationFn: () =>
      bodyOf(
        api.topics.$post({
          json: {
            id: idOf(main),
            name: Object.fromEntries(
              Object.entries(names).filter(([, name]) => name.trim() !== ''),
            ),
            visibility: 'public',
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['topics'] }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="soft">{t('first.topic.means')}</p>
      {brand.languages.map((language) => (
        <TextInput
          key={language}
          required={language === brand.language}
          lang={language}
          label={`${t('first.topic.name')} · ${languageName(language)}`}
          {...(language !== brand.language && { description: t('first.topic.other') })}
          value={names[language] ?? ''}
          onChange={({ currentTarget }) =>
            setNames((old) => ({ ...old, [language]: currentTarget.value }))
          }
        />
      ))}
      {make.error && <Said error={make.error} />}
      <div>
        <Button type="submit" disabled={idOf(main) === ''} loading={make.isPending}>
          {t('first.save')}
        </Button>
      </div>
    </form>
  );
}

/** "Nouvelles d’été" becomes nouvelles-d-ete. */
const idOf = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, ID_MOST);
