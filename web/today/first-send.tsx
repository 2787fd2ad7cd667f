import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useHouse } from '../api/house.ts';
import { dryRunQuery } from '../api/queries.ts';
import type { CampaignLine } from '../api/shapes.ts';
import { TestToMe } from '../composer/test-to-me.tsx';
import { ButtonLink } from '../shell/button-link.tsx';
import { useWords } from '../words/speak.tsx';
import { InMailbox } from './in-mailbox.tsx';

/** The first letter goes to whoever wrote it, and to nobody else. */
export function FirstSend({ draft }: { readonly draft: CampaignLine }) {
  const { t } = useWords();
  const { me, brand } = useHouse();
  const { id, name, ready } = draft;
  if (me.email === null) return <p className="soft">{t('first.reader.none')}</p>;
  return (
    <div className="stack">
      <p className="soft">
        {ready
          ? t('first.send.means', { name, email: me.email })
          : t('first.send.unready', { name })}
      </p>
      <InMailbox />
      <div className="row">
        {ready && <TestToMe id={id} languages={[brand.language]} disabled={false} isMain />}
        <ButtonLink variant="default" to="/campaigns/$id/write" params={{ id }}>
          {t('first.send.open')}
        </ButtonLink>
      </div>
    </div>
  );
}

/** What comes after the five steps: how many the letter is for, before anybody is led to send it to them. */
export function FirstWhole({ draft }: { readonly draft: CampaignLine }) {
  const { t, rich } = useWords();
  const { may } = useHouse();
  const { data: run } = useQuery(dryRunQuery(draft.id));
  return (
    <div className="stack">
      <p>{t('first.whole')}</p>
      <InMailbox />
      {run && (
        <p>
          {rich('first.whole.readers', {
            name: draft.name,
            count: run.candidates,
            b: (parts) => <Fragment key="b">{parts}</Fragment>,
          })}
        </p>
      )}
      <p className="row">
        {run && run.candidates > 0 && (
          <Link to="/campaigns/$id/when" params={{ id: draft.id }}>
            {t('first.whole.go')}
          </Link>
        )}
        {may('imports:write') && <Link to="/settings/imports">{t('first.whole.import')}</Link>}
      </p>
    </div>
  );
}
