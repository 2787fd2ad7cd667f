import { Button, Radio, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { personQuery } from '../api/queries.ts';
import type { Person } from '../api/shapes.ts';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { Erase } from './erase.tsx';
import { MethodChoice, type Method } from './method.tsx';

const WISHES = [
  'pause1',
  'pause3',
  'pause6',
  'resume',
  'weekly',
  'monthly',
  'quarterly',
  'stop',
] as const;
type Wish = (typeof WISHES)[number];
const MONTHS: Partial<Readonly<Record<Wish, number>>> = { pause1: 1, pause3: 3, pause6: 6 };

/** Carries out what a reader asked for by another way; it is their own choice, with a proof of how they made it. */
export function Help({ person }: { readonly person: Person }) {
  const { t } = useWords();
  const { may } = useHouse();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('help.open')}
      </Button>
      {may('people:erase') && <Erase person={person} />}
      {isOpen && (
        <Sheet title={t('help.title')} onClose={() => setOpen(false)}>
          <HelpForm person={person} onDone={() => setOpen(false)} />
        </Sheet>
      )}
    </>
  );
}

function HelpForm({ person, onDone }: { readonly person: Person; readonly onDone: () => void }) {
  const { t } = useWords();
  const { me } = useHouse();
  const offered = WISHES.filter((one) => isOffered(one, person));
  const [wish, setWish] = useState<Wish>('pause3');
  const [method, setMethod] = useState<Method>('phone');
  const [words, setWords] = useState('');
  const act = useHelp(person.id, onDone);
  const carryOut = (event: SyntheticEvent) => {
    event.preventDefault();
    const said = words.trim();
    act.mutate({ ...changeOf(wish, me.now), agent: { method, ...(said && { words: said }) } });
  };
  return (
    <form className="stack" onSubmit={carryOut}>
      <Radio.Group
        label={t('help.wish')}
        value={wish}
        onChange={(value) => setWish(WISHES.find((one) => one === value) ?? 'pause3')}
      >
        <div className="stack help-wishes">
          {offered.map((one) => (
            <Radio key={one} value={one} label={t(`help.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      <MethodChoice method={method} onChange={setMethod} />
      <TextInput
        label={t('help.words')}
        description={t('help.wordsMeans')}
        maxLength={2_000}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {act.error && (
        <div role="alert">
          <Said error={act.error} />
        </div>
      )}
      <div>
        <Button type="submit" loading={act.isPending}>
          {t('help.go')}
        </Button>
      </div>
    </form>
  );
}

type Change = Parameters<(typeof api.people)[':id']['preferences']['$post']>[0]['json'];

function useHelp(id: string, onDone: () => void) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Change) =>
      bodyOf(api.people[':id'].preferences.$post({ param: { id }, json })),
    onSuccess: async (now) => {
      queries.setQueryData(personQuery(id).queryKey, now);
      tell(t('help.done'));
      onDone();
      await queries.invalidateQueries({ queryKey: ['people', id, 'story'] });
    },
  });
}

function isOffered(wish: Wish, person: Person): boolean {
  if (wish === 'resume') return person.pausedUntil !== null;
  return wish !== person.frequency;
}

function changeOf(wish: Wish, now: string): Omit<Change, 'agent'> {
  switch (wish) {
    case 'pause1':
    case 'pause3':
    case 'pause6': {
      const until = new Date(now);
      until.setUTCMonth(until.getUTCMonth() + (MONTHS[wish] ?? 1));
      return { pausedUntil: until.toISOString() };
    }
    case 'resume':
      return { pausedUntil: null };
    case 'stop':
      return { everything: 'stop' };
    case 'weekly':
    case 'monthly':
    case 'quarterly':
      return { frequency: wish };
  }
}
