import { Button } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse, useTopicName } from '../api/house.ts';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';
import { CopyButton } from './copy.tsx';
import { FormSheet } from './form-sheet.tsx';
import { changeForm, formsQuery, nameOfForm, type Form } from './forms-query.ts';

/** Where readers sign up, and how to lead them there from the house's own site. */
export function SignUp() {
  const { t } = useWords();
  const { may } = useHouse();
  const { data } = useSuspenseQuery(formsQuery);
  const [open, setOpen] = useState<Form | 'new'>();
  const mayWrite = may('settings:write');
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('signUp.lead')}</p>
        {mayWrite && <Button onClick={() => setOpen('new')}>{t('signUp.new')}</Button>}
      </div>
      <ul className="plain lines">
        {data.items.map((form) => (
          <Line key={form.id} form={form} {...(mayWrite && { onChange: () => setOpen(form) })} />
        ))}
      </ul>
      {open && (
        <FormSheet {...(open !== 'new' && { form: open })} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}

type LineProps = { readonly form: Form; readonly onChange?: () => void };

function Line({ form, onChange }: LineProps) {
  const { t, language, ...words } = useWords();
  const { date } = useHouse();
  const topicName = useTopicName();
  const code = form.embed[language];
  return (
    <li className={form.closedAt === null ? undefined : 'gone'}>
      <div className="stack">
        <div>
          <h2>{nameOfForm(form, t)}</h2>
          <p>
            <a href={form.url} target="_blank" rel="noreferrer">
              {form.url}
            </a>
          </p>
          <p className="soft small">
            {t('signUp.announces', { pace: t(`signUp.pace.${form.frequency}`) })}
            {' · '}
            {form.topics === null
              ? t('signUp.allTopics')
              : listIn(words, form.topics.map(topicName))}
            {form.closedAt && <> · {t('signUp.closedOn', { day: date(form.closedAt, 'day') })}</>}
          </p>
        </div>
        {onChange && <Acts form={form} onChange={onChange} />}
        <details>
          <summary>{t('signUp.embed')}</summary>
          <div className="stack">
            <p className="soft small">{t('signUp.embed.help')}</p>
            <code className="once code" tabIndex={0} aria-label={t('signUp.embed')}>
              {code}
            </code>
            <div>
              <CopyButton text={code} />
            </div>
          </div>
        </details>
      </div>
    </li>
  );
}

function Acts({ form, onChange }: { readonly form: Form; readonly onChange: () => void }) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const isClosed = form.closedAt !== null;
  const name = nameOfForm(form, t);
  const close = useMutation({
    mutationFn: () => changeForm(form.id, { closed: !isClosed }),
    onSuccess: () => {
      tell(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: formsQuery.queryKey });
    },
  });
  return (
    <div className="row">
      <button
        type="button"
        className="words"
        aria-label={t('signUp.changeOne', { name })}
        onClick={onChange}
      >
        {t('signUp.change')}
      </button>
      {form.id !== 'home' && (
        <button
          type="button"
          className="words"
          aria-label={t(isClosed ? 'signUp.reopenOne' : 'signUp.closeOne', { name })}
          disabled={close.isPending}
          onClick={() => close.mutate()}
        >
          {t(isClosed ? 'signUp.reopen' : 'signUp.close')}
        </button>
      )}
      {close.error && <Said error={close.error} />}
    </div>
  );
}
