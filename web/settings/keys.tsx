import { Button, Checkbox, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { Me } from '../api/shapes.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { CopyButton } from './copy.tsx';
import { isPlaced, useWrong } from './wrong.ts';

type Scope = Me['scopes'][number];
type Key = InferResponseType<(typeof api)['api-keys']['$get'], 200>['items'][number];
const PAGE = '200';
const keysQuery = {
  queryKey: ['api-keys'],
  queryFn: () => bodyOf(api['api-keys'].$get({ query: { limit: PAGE } })),
};

/** Keys for programs: made with what they may do, shown once, withdrawn. */
export function Keys() {
  const { t } = useWords();
  const { date } = useHouse();
  const { data } = useSuspenseQuery(keysQuery);
  const [isNew, setNew] = useState(false);
  const [ending, setEnding] = useState<Key>();
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('keys.lead')}</p>
        <Button onClick={() => setNew(true)}>{t('keys.new')}</Button>
      </div>
      {data.items.length === 0 && <p className="empty">{t('keys.none')}</p>}
      <ul className="plain lines">
        {data.items.map((key) => (
          <li key={key.id} className={key.withdrawnAt === null ? undefined : 'gone'}>
            <div>
              <h2>{key.name}</h2>
              <p className="soft small">
                {[
                  t('keys.ends', { hint: key.hint }),
                  key.test && t('keys.test.short'),
                  t('keys.madeOn', { day: date(key.createdAt, 'day') }),
                  key.withdrawnAt !== null &&
                    t('keys.withdrawnOn', { day: date(key.withdrawnAt, 'day') }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <Scopes scopes={key.scopes} />
            </div>
            {key.withdrawnAt === null && (
              <button
                type="button"
                className="words"
                aria-label={t('keys.withdrawOne', { name: key.name })}
                onClick={() => setEnding(key)}
              >
                {t('keys.withdraw')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {isNew && <NewKey onClose={() => setNew(false)} />}
      {ending && <Withdraw apiKey={ending} onClose={() => setEnding(undefined)} />}
    </div>
  );
}

function Scopes({ scopes }: { readonly scopes: readonly Scope[] }) {
  const { t } = useWords();
  const { me } = useHouse();
  if (scopes.length >= me.scopes.length) return <p className="small">{t('keys.allScopes')}</p>;
  return <p className="small">{scopes.map((one) => t(`scope.${one}`)).join(', ')}</p>;
}

function NewKey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { me } = useHouse();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [test, setTest] = useState(false);
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const make = useMutation({
    mutationFn: () => bodyOf(api['api-keys'].$post({ json: { name, scopes: [...scopes], test } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const wrong = useWrong(make.error);
  const made = make.data?.key;
  if (typeof made === 'string')
    return (
      <Sheet title={t('keys.made')} onClose={onClose}>
        <p>{t('keys.once')}</p>
        <code className="once" tabIndex={0} aria-label={t('keys.made')}>
          {made}
        </code>
        <div className="row">
          <CopyButton text={made} />
          <Button variant="default" onClick={onClose}>
            {t('keys.kept')}
          </Button>
        </div>
      </Sheet>
    );
  return (
    <Sheet title={t('keys.new')} onClose={onClose} wide>
      <Leaving isHere={name !== '' || scopes.length > 0} means={t('leaving.form')} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t('keys.name')}
          description={t('keys.name.help')}
          autoComplete="off"
          value={name}
          error={wrong('name')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <fieldset className="group">
          <legend>{t('keys.scopes')}</legend>
          <p className="soft small">{t('keys.scopes.help')}</p>
          {wrong('scopes') && <p className="wrong small">{wrong('scopes')}</p>}
          <div className="scopes">
            {me.scopes.map((scope) => (
              <Checkbox
                key={scope}
                label={t(`scope.${scope}`)}
                checked={scopes.includes(scope)}
                onChange={({ currentTarget }) =>
                  setScopes(
                    currentTarget.checked
                      ? [...scopes, scope]
                      : scopes.filter((one) => one !== scope),
                  )
                }
              />
            ))}
          </div>
        </fieldset>
        <Switch
          label={t('keys.test')}
          checked={test}
          onChange={({ currentTarget }) => setTest(currentTarget.checked)}
        />
        {make.error && !isPlaced(make.error, ['name', 'scopes']) && (
          <div role="alert" className="wrong">
            <Said error={make.error} />
          </div>
        )}
        <div className="row">
          <Button type="submit" loading={make.isPending}>
            {t('keys.make')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function Withdraw({ apiKey, onClose }: { readonly apiKey: Key; readonly onClose: () => void }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => bodyOf(api['api-keys'][':id'].withdraw.$post({ param: { id: apiKey.id } })),
    onSuccess: () => {
      onClose();
      tell(t('keys.withdrawn', { name: apiKey.name }));
      return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  return (
    <Sheet title={t('keys.withdrawAsk', { name: apiKey.name })} onClose={onClose}>
      <p>{t('keys.withdrawMeans')}</p>
      {withdraw.error && <Said error={withdraw.error} />}
      <div className="row">
        <Button color="bad" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t('keys.withdraw')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('act.keep')}
        </Button>
      </div>
    </Sheet>
  );
}
