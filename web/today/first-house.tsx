import { Button, Input, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { api, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { Brand } from '../api/shapes.ts';
import { Code } from '../settings/codes.tsx';
import { languageChoices, Languages } from '../settings/languages.tsx';
import { isPlaced, useWrong } from '../settings/wrong.ts';
import { Zone } from '../settings/zone.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { beginningOf } from './first-guess.ts';

const FIELDS = [
  { field: 'name', path: 'name' },
  { field: 'legalName', path: 'legalName' },
  { field: 'postalAddress', path: 'postalAddress' },
  { field: 'writer', path: 'sender.name' },
  { field: 'address', path: 'sender.address' },
] as const;
const PLACES = [...FIELDS.map(({ path }) => path), 'languages', 'jurisdiction', 'timeZone'];

type FirstHouseProps = { readonly brand: { readonly body: Brand; readonly version: string } };

/** Who writes, as it stands under every letter, and in which languages. */
export function FirstHouse({ brand }: FirstHouseProps) {
  const { t, locale, language } = useWords();
  const { notSaidYet } = useHouse().brand;
  const [wish, setWish] = useState(() => beginningOf(brand.body, notSaidYet, language));
  const set = (more: Partial<typeof wish>) => setWish((old) => ({ ...old, ...more }));
  const save = useSave(brand.version);
  const wrong = useWrong(save.error);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate(wish);
  };
  return (
    <form ref={element} className="stack" noValidate onSubmit={submit}>
      {FIELDS.map(({ field, path }) => (
        <TextInput
          key={field}
          required
          type={field === 'address' ? 'email' : 'text'}
          label={t(`first.house.${field}`)}
          description={t(`first.house.${field}.help`)}
          error={wrong(path)}
          value={wish[field]}
          onChange={({ currentTarget }) => set({ [field]: currentTarget.value })}
        />
      ))}
      <Input.Wrapper
        labelElement="div"
        label={t('first.house.languages')}
        labelProps={{ id: 'first-languages' }}
      >
        <div role="group" aria-labelledby="first-languages">
          <Languages
            main={wish.language}
            languages={wish.languages}
            onChange={(languages) => set({ languages })}
            error={wrong('languages')}
          />
        </div>
      </Input.Wrapper>
      <NativeSelect
        label={t('first.house.language')}
        description={t('first.house.language.help')}
        value={wish.language}
        data={languageChoices(wish.languages, locale)}
        onChange={({ currentTarget }) => set({ language: currentTarget.value })}
      />
      <Code
        kind="region"
        label={t('first.house.country')}
        value={wish.jurisdiction}
        error={wrong('jurisdiction')}
        onChange={(jurisdiction) => set({ jurisdiction })}
      />
      <Zone
        label={t('first.house.zone')}
        value={wish.timeZone}
        error={wrong('timeZone')}
        onChange={(timeZone) => set({ timeZone })}
      />
      {save.error && !isPlaced(save.error, PLACES) && (
        <div role="alert">
          <Said error={save.error} />
        </div>
      )}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('first.save')}
        </Button>
      </div>
    </form>
  );
}

function useSave(version: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ writer, address, ...said }: ReturnType<typeof beginningOf>) =>
      versioned(
        api.brand.$patch(
          { json: { ...said, sender: { name: writer, address } } },
          { headers: { 'if-match': version } },
        ),
      ),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['brand'] }),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}
