import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { Brand } from '../api/shapes.ts';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

/** Who writes: it stands under every letter. */
export function FirstHouse({
  brand,
}: {
  readonly brand: { readonly body: Brand; readonly version: string };
}) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { sender, name, legalName, postalAddress } = brand.body;
  const { notSaidYet } = useHouse().brand;
  // What stands there for want of an answer is not an answer to leave standing.
  const said = (field: (typeof notSaidYet)[number], value: string) =>
    notSaidYet.includes(field) ? '' : value;
  const [wish, setWish] = useState({
    name: said('name', name),
    legalName: said('legalName', legalName),
    postalAddress: said('postalAddress', postalAddress),
    writer: said('sender', sender.name),
    address: said('sender', sender.address),
  });
  const save = useMutation({
    mutationFn: () =>
      versioned(
        api.brand.$patch(
          {
            json: {
              name: wish.name,
              legalName: wish.legalName,
              postalAddress: wish.postalAddress,
              sender: { name: wish.writer, address: wish.address },
            },
          },
          { headers: { 'if-match': brand.version } },
        ),
      ),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['brand'] }),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      {(['name', 'legalName', 'postalAddress', 'writer', 'address'] as const).map((field) => (
        <TextInput
          key={field}
          required
          type={field === 'address' ? 'email' : 'text'}
          label={t(`first.house.${field}`)}
          value={wish[field]}
          onChange={({ currentTarget }) =>
            setWish((old) => ({ ...old, [field]: currentTarget.value }))
          }
        />
      ))}
      {save.error && <Said error={save.error} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('first.save')}
        </Button>
      </div>
    </form>
  );
}
