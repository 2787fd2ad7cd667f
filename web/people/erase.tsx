import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import type { Person } from '../api/shapes.ts';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { MethodChoice, type Method } from './method.tsx';
import { nameOf } from './name.tsx';

/** For who asked to be forgotten. It cannot be undone, so it is asked twice. */
export function Erase({ person }: { readonly person: Person }) {
  const { t } = useWords();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [isSure, setSure] = useState(false);
  const [method, setMethod] = useState<Method>('phone');
  const erase = useMutation({
    mutationFn: () =>
      bodyOf(
        api.people[':id'].erase.$post({
          param: { id: person.id },
          json: { agent: { method } },
        }),
      ),
    onSuccess: async () => {
      tell(t('erase.done'));
      await navigate({ to: '/people' });
      queries.removeQueries({ queryKey: ['people', person.id] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('erase.open')}
      </Button>
      {isOpen && (
        <Sheet title={t('erase.title', { name: nameOf(person) })} onClose={() => setOpen(false)}>
          <p>{t('erase.means')}</p>
          <MethodChoice method={method} onChange={setMethod} />
          <Checkbox
            label={t('erase.sure')}
            checked={isSure}
            onChange={({ currentTarget }) => setSure(currentTarget.checked)}
          />
          {erase.error && <Said error={erase.error} />}
          <div className="row">
            <Button
              color="bad"
              disabled={!isSure}
              loading={erase.isPending}
              onClick={() => erase.mutate()}
            >
              {t('erase.go')}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('act.keep')}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
