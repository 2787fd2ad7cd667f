import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse, useTopicName } from '../api/house.ts';
import { personQuery, topicsQuery } from '../api/queries.ts';
import { languageAlone } from '../composer/language-name.ts';
import { isPlaced } from '../settings/wrong.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

const FIELDS = ['email', 'givenName', 'familyName'] as const;

/** One reader more, who is asked by mail as everybody is: nobody says yes for them. */
export function AddReader() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [added, setAdded] = useState<string>();
  useEffect(() => {
    // One is led to them once the form is gone, which would ask what to do with its words.
    if (added !== undefined) void navigate({ to: '/people/$id', params: { id: added } });
  }, [added, navigate]);
  const end = (id: string) => {
    setOpen(false);
    setAdded(id);
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('people.add')}
      </Button>
      {isOpen && (
        <Sheet title={t('people.add')} onClose={() => setOpen(false)}>
          <AddForm onDone={end} />
        </Sheet>
      )}
    </>
  );
}

function AddForm({ onDone }: { readonly onDone: (id: string) => void }) {
  const { t, locale } = useWords();
  const { brand } = useHouse();
  const topicName = useTopicName();
  const { data: topics } = useQuery(topicsQuery);
  const open = (topics?.items ?? []).filter(({ retiredAt }) => retiredAt === null);
  const [wish, setWish] = useState({ email: '', givenName: '', familyName: '' });
  const [language, setLanguage] = useState(brand.language);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // Where there is one topic there is nothing to choose.
  const follows = open.length === 1 ? open.map(({ id }) => id) : chosen;
  const add = useAdd(onDone);
  const isRefused = isPlaced(add.error, ['email']);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const [givenName, familyName] = [wish.givenName.trim(), wish.familyName.trim()];
    add.mutate({
      email: wish.email.trim(),
      ...(givenName && { givenName }),
      ...(familyName && { familyName }),
      language,
      subscriptions: follows.map((topic) => ({
        topic,
        consent: { state: 'asked', legalBasis: 'consent' },
      })),
    });
  };
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <Leaving isHere={Object.values(wish).some(Boolean)} means={t('leaving.form')} />
      <p className="soft">{t('people.add.means')}</p>
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          required={field === 'email'}
          type={field === 'email' ? 'email' : 'text'}
          autoComplete="off"
          label={t(`people.add.${field}`)}
          error={field === 'email' && isRefused && t('people.add.refused')}
          value={wish[field]}
          onChange={({ currentTarget }) =>
            setWish((old) => ({ ...old, [field]: currentTarget.value }))
          }
        />
      ))}
      {brand.languages.length > 1 && (
        <NativeSelect
          label={t('people.add.language')}
          value={language}
          data={brand.languages.map((one) => ({ value: one, label: languageAlone(locale, one) }))}
          onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
        />
      )}
      {open.length > 1 && (
        <Checkbox.Group
          label={t('people.add.topics')}
          required
          value={[...chosen]}
          onChange={setChosen}
        >
          <div className="stack tight">
            {open.map(({ id }) => (
              <Checkbox key={id} value={id} label={topicName(id)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {topics && open.length === 0 && <p className="soft">{t('people.add.noTopic')}</p>}
      {add.error && !isRefused && (
        <div role="alert" className="wrong">
          <Said error={add.error} />
        </div>
      )}
      <div>
        <Button
          type="submit"
          loading={add.isPending}
          disabled={wish.email.trim() === '' || follows.length === 0}
        >
          {t('people.add.go')}
        </Button>
      </div>
    </form>
  );
}

type Wish = Parameters<typeof api.people.$post>[0]['json'];

function useAdd(onDone: (id: string) => void) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Wish) => bodyOf(api.people.$post({ json })),
    onSuccess: ({ id, state, email }) => {
      // Who had said yes before is not asked again.
      tell(t(state === 'asked' ? 'people.add.asked' : 'people.add.known', { email }));
      queries.removeQueries({ queryKey: personQuery(id).queryKey });
      onDone(id);
    },
  });
}
