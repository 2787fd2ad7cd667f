import { Button, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery } from '../api/queries.ts';
import type { Campaign, DryRun } from '../api/shapes.ts';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { wallClockIn } from './wall-clock.ts';

const HOWS = ['now', 'house', 'reader'] as const;
type How = (typeof HOWS)[number];
const MORNING = '09:00';

/** The hour: now, at the house's, or at each reader's own clock. Many readers want a number typed, or a second person. */
export function Plan({ campaign, run }: { readonly campaign: Campaign; readonly run: DryRun }) {
  const { t } = useWords();
  const { brand, number } = useHouse();
  const { data: settings } = useQuery(brandQuery);
  const [how, setHow] = useState<How>('house');
  const [at, setAt] = useState(`${wallClockIn(brand.timeZone, run.at, 1).slice(0, 10)}T${MORNING}`);
  const [typed, setTyped] = useState('');
  const schedule = useSchedule(campaign.id);
  const large = settings?.body.largeSend;
  const isLarge = large !== undefined && run.candidates > large.readers;
  const mayType = isLarge && large.needs === 'number';
  const isTyped = Number(typed.replace(/\D/g, '')) === run.candidates && typed !== '';
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    schedule.mutate({
      at: how === 'now' ? 'now' : at,
      timeZone: how === 'reader' ? 'reader' : brand.timeZone,
      ...(isTyped && { expect: run.candidates }),
    });
  };
  return (
    <form className="sheet stack plan" onSubmit={send} aria-labelledby="plan">
      <h2 id="plan">{t('plan.title')}</h2>
      <Radio.Group
        aria-label={t('plan.title')}
        value={how}
        onChange={(value) => setHow(HOWS.find((one) => one === value) ?? 'house')}
      >
        <div className="stack">
          {HOWS.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`plan.${one}`)}
              description={t(`plan.${one}.means`, { zone: brand.timeZone })}
            />
          ))}
        </div>
      </Radio.Group>
      {how !== 'now' && (
        <TextInput
          type="datetime-local"
          label={t('plan.at')}
          required
          value={at}
          onChange={({ currentTarget }) => setAt(currentTarget.value)}
        />
      )}
      {isLarge && !mayType && <p className="soft">{t('plan.second')}</p>}
      {mayType && (
        <TextInput
          label={t('plan.type', { count: number(run.candidates) })}
          description={t('plan.typeMeans')}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      {schedule.error && (
        <div role="alert">
          <Said error={schedule.error} />
        </div>
      )}
      <div>
        <Button type="submit" loading={schedule.isPending} disabled={run.candidates === 0}>
          {t(isLarge && !isTyped ? 'plan.ask' : how === 'now' ? 'plan.goNow' : 'plan.go')}
        </Button>
      </div>
    </form>
  );
}

function useSchedule(id: string) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wish: { at: string; timeZone: string; expect?: number }) =>
      bodyOf(api.campaigns[':id'].schedule.$post({ param: { id }, json: wish })),
    onSuccess: async (now) => {
      tell(t(now.asked ? 'plan.askedDone' : 'plan.done'));
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      return navigate({ to: '/campaigns/$id', params: { id }, search: {} });
    },
  });
}
