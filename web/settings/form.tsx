import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Refused } from '../api/client.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import type { BrandForm } from './brand-form.ts';

type FormProps = {
  readonly form: BrandForm;
  readonly lead: ReactNode;
  readonly children: ReactNode;
};

/** A part of the house's settings: read by everybody, changed by who may. */
export function SettingsForm({ form, lead, children }: FormProps) {
  const { t } = useWords();
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The first place to mend is where one wants to be.
    if (form.error) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.error]);
  return (
    <form
      ref={element}
      className="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <Leaving isHere={form.isChanged} means={t('leaving.form')} />
      <p className="soft">{form.isLocked ? t('settings.locked') : lead}</p>
      <fieldset className="bare" disabled={form.isLocked}>
        {children}
      </fieldset>
      {!form.isLocked && (
        <div className="save" data-changed={form.isChanged || undefined}>
          {form.error && (
            <div role="alert" className="wrong">
              <Trouble form={form} />
            </div>
          )}
          <div className="row">
            <Button type="submit" loading={form.isSaving} disabled={!form.isChanged}>
              {t('settings.save')}
            </Button>
            {form.isChanged && (
              <Button variant="default" onClick={form.forget}>
                {t('settings.forget')}
              </Button>
            )}
          </div>
        </div>
      )}
    </form>
  );
}

function Trouble({ form }: { readonly form: BrandForm }) {
  const { t } = useWords();
  const { error } = form;
  if (error instanceof Refused && error.code === 'changed-meanwhile')
    return (
      <p>
        {t('settings.changedMeanwhile')}{' '}
        <button type="button" className="words" onClick={() => void form.again()}>
          {t('settings.readAgain')}
        </button>
      </p>
    );
  if (error instanceof Refused && error.errors.length > 0) return <p>{t('settings.mend')}</p>;
  return <Said error={error} />;
}

/** A few fields that belong together. */
export function Group({
  title,
  help,
  children,
}: {
  readonly title: string;
  readonly help?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      {help && <p className="soft small">{help}</p>}
      {children}
    </fieldset>
  );
}
