import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import type { Campaign } from '../api/shapes.ts';
import { ButtonLink } from '../shell/button-link.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';

const one = api.campaigns[':id'];
const CALLS = {
  approve: one.approve,
  unschedule: one.unschedule,
  pause: one.pause,
  resume: one.resume,
  stop: one.stop,
  withdraw: one.withdraw,
  'resend-uncertain': one['resend-uncertain'],
} as const;
type Act = keyof typeof CALLS;
/** What cannot be taken back is asked about first. */
const ASKED = ['stop', 'withdraw', 'resend-uncertain'] as const;
type Asked = (typeof ASKED)[number];

/** What can be done with it now, by whoever is here. */
export function Acts(props: {
  readonly campaign: Campaign;
  /** On the screen where one chooses when, there is no way there. */
  readonly here?: 'when';
}) {
  const { campaign, here } = props;
  const { t } = useWords();
  const { may, me } = useHouse();
  const [asked, setAsked] = useState<Asked>();
  const run = useAct(campaign.id);
  const isDraft = campaign.state === 'draft';
  const isCopied = campaign.state === 'recurring' || campaign.state === 'ended';
  const acts = may('campaigns:send') ? actsIn(campaign, me.id) : [];
  const choose = (act: Act) => {
    const asking = ASKED.find((one) => one === act);
    if (asking) setAsked(asking);
    else run.mutate(act);
  };
  return (
    <>
      {may('campaigns:write') && !isDraft && <Duplicate id={campaign.id} />}
      {acts.map((act) => (
        <Button
          key={act}
          variant="default"
          loading={run.isPending && run.variables === act}
          onClick={() => choose(act)}
        >
          {t(`act.${act}`)}
        </Button>
      ))}
      {(isDraft || isCopied) && may('campaigns:write') && (
        <ButtonLink to="/campaigns/$id/write" params={{ id: campaign.id }} variant="default">
          {t('act.write')}
        </ButtonLink>
      )}
      {here !== 'when' && (isDraft || campaign.state === 'scheduled') && (
        <ButtonLink to="/campaigns/$id/when" params={{ id: campaign.id }}>
          {t(isDraft ? 'act.when' : 'act.seeWhen')}
        </ButtonLink>
      )}
      {here !== 'when' && isCopied && may('campaigns:send') && (
        <ButtonLink to="/campaigns/$id/when" params={{ id: campaign.id }} variant="default">
          {t(campaign.state === 'ended' ? 'act.again' : 'act.rhythm')}
        </ButtonLink>
      )}
      {asked && (
        <Sheet title={t(`act.${asked}.ask`)} onClose={() => setAsked(undefined)}>
          <p>{t(`act.${asked}.means`)}</p>
          <div className="row">
            <Button
              color="bad"
              loading={run.isPending}
              onClick={() => run.mutate(asked, { onSuccess: () => setAsked(undefined) })}
            >
              {t(`act.${asked}`)}
            </Button>
            <Button variant="default" onClick={() => setAsked(undefined)}>
              {t('act.keep')}
            </Button>
          </div>
          {run.error && <Said error={run.error} />}
        </Sheet>
      )}
      {run.error && !asked && (
        <div role="alert" className="acts-trouble">
          <Said error={run.error} />
        </div>
      )}
    </>
  );
}

function actsIn({ state, figures, asked }: Campaign, myId: string): Act[] {
  switch (state) {
    case 'scheduled':
      return ['unschedule'];
    case 'sending':
      return ['pause', 'stop'];
    case 'paused':
    case 'blocked':
      return ['resume', 'stop'];
    case 'sent':
      return figures.uncertain > 0 ? ['resend-uncertain', 'withdraw'] : ['withdraw'];
    case 'draft':
      // A second person is somebody else.
      if (!asked) return [];
      return asked.by.id === myId ? ['unschedule'] : ['approve', 'unschedule'];
    case 'recurring':
    case 'ended':
      if (!asked) return [];
      return asked.by.id === myId ? ['unschedule'] : ['approve', 'unschedule'];
    case 'stopped':
      return [];
  }
}

function useAct(id: string) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: Act) => bodyOf(CALLS[act].$post({ param: { id } })),
    onSuccess: (_, act) => tell(t(`act.${act}.done`)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  });
}

function Duplicate({ id }: { readonly id: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const duplicate = useMutation({
    mutationFn: () => bodyOf(api.campaigns[':id'].duplicate.$post({ param: { id } })),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      return navigate({ to: '/campaigns/$id/write', params: { id: made.id } });
    },
  });
  return (
    <Button variant="default" loading={duplicate.isPending} onClick={() => duplicate.mutate()}>
      {t('act.duplicate')}
    </Button>
  );
}
