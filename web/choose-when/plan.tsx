import { Button, Radio, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type SyntheticEvent } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery, dryRunQuery } from '../api/queries.ts';
import type { Campaign, DryRun } from '../api/shapes.ts';
import { useTell } from '../shell/told.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { withWords } from '../words/words.ts';
import { AsItIs, useGrave } from './as-it-is.tsx';
import { Before } from './before.tsx';
import { Hours } from './hours.tsx';
import { Sentence } from './sentence.tsx';
import { goodMoment } from './good-moment.ts';
import { wallClockIn } from './wall-clock.ts';

const HOWS = ['now', 'house', 'reader', 'regularly'] as const;
/** The letter of one date of a series leaves once. */
const ONCE = ['now', 'house', 'reader'] as const;
type How = (typeof HOWS)[number];
const REST_MS = 500;

/** Only who wants it again and again fetches what that takes. */
const Regularly = lazy(() =>
  withWords('series', import('../series/regularly.tsx')).then((room) => ({
    default: room.Regularly,
  })),
);

/** The hour: now, at the house's, or at each reader's own clock. Many readers want a number typed, or a second person. */
export function Plan(props: { readonly campaign: Campaign; readonly run: DryRun }) {
  const { campaign } = props;
  const { t } = useWords();
  const { brand, number } = useHouse();
  const { data: settings } = useQuery(brandQuery);
  const planned = campaign.occurrence;
  const [how, setHow] = useState<How>(planned?.timeZone === 'reader' ? 'reader' : 'house');
  const plannedZone = planned?.timeZone === 'reader' ? brand.timeZone : planned?.timeZone;
  // It waited until its hour had gone by.
  const isGone = planned && planned.at <= wallClockIn(plannedZone ?? '', props.run.at);
  const [chosen, setAt] = useState(isGone ? undefined : planned?.at);
  const at = chosen ?? goodMoment(brand.timeZone, props.run.at, settings?.body.digestAtMinutes);
  const [typed, setTyped] = useState('');
  const [rested] = useDebouncedValue(at, REST_MS);
  const zone = how === 'reader' ? 'reader' : brand.timeZone;
  const then = useQuery({
    ...dryRunQuery(campaign.id, { at: rested, timeZone: zone }),
    enabled: (how === 'house' || how === 'reader') && rested !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
  const run = (how === 'now' ? undefined : then.data) ?? props.run;
  const schedule = useSchedule(campaign.id);
  const grave = useGrave(campaign);
  const large = settings?.body.largeSend;
  const isLarge = large !== undefined && run.candidates > large.readers;
  const mayType = isLarge && large.needs === 'number';
  const isTyped = Number(typed.replace(/\D/g, '')) === run.candidates && typed !== '';
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    schedule.mutate({
      at: how === 'now' ? 'now' : at,
      timeZone: how === 'now' ? brand.timeZone : zone,
      ...(isTyped && { expect: run.candidates }),
    });
  };
  return (
    <section className="sheet stack plan" aria-labelledby="plan">
      <h2 id="plan">{t('plan.title')}</h2>
      <Hows how={how} onChoose={setHow} may={planned ? ONCE : HOWS} />
      {how === 'regularly' ? (
        <Suspense fallback={<Waiting />}>
          <Regularly campaign={campaign} />
        </Suspense>
      ) : (
        <form className="stack" onSubmit={send} aria-labelledby="plan">
          {how !== 'now' && (
            <TextInput
              type="datetime-local"
              label={t('plan.at')}
              required
              value={at}
              onChange={({ currentTarget }) => setAt(currentTarget.value)}
            />
          )}
          {how !== 'now' && then.error && <Said error={then.error} />}
          {how !== 'now' && then.data && <Then run={then.data} />}
          {how === 'now' && <Hours run={props.run} />}
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
          <AsItIs grave={grave} />
          {schedule.error && (
            <div role="alert">
              <Said error={schedule.error} />
            </div>
          )}
          <div>
            <Button
              type="submit"
              loading={schedule.isPending}
              disabled={run.candidates === 0 || grave === undefined}
            >
              {t(isLarge && !isTyped ? 'plan.ask' : how === 'now' ? 'plan.goNow' : 'plan.go')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

function Hows(props: {
  readonly how: How;
  readonly may: readonly How[];
  readonly onChoose: (how: How) => void;
}) {
  const { how, may, onChoose } = props;
  const { t } = useWords();
  const { brand } = useHouse();
  return (
    <Radio.Group
      aria-label={t('plan.title')}
      value={how}
      onChange={(value) => onChoose(HOWS.find((one) => one === value) ?? 'house')}
    >
      <div className="stack">
        {may.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`plan.${one}`)}
            description={t(`plan.${one}.means`, { zone: brand.timeZone })}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

/** What the chosen hour makes of it: others sleep then, and others wait for their letter. */
function Then({ run }: { readonly run: DryRun }) {
  const { t } = useWords();
  return (
    <section className="stack" aria-labelledby="then">
      <h3 id="then">{t('plan.then')}</h3>
      <p className="soft small">{t('plan.then.means')}</p>
      <Sentence run={run} />
      <Before before={run.before} />
      <Hours run={run} />
    </section>
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
    onSuccess: async (now, wish) => {
      tell(t(now.asked ? 'plan.askedDone' : wish.at === 'now' ? 'plan.doneNow' : 'plan.done'));
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      return navigate({ to: '/campaigns/$id', params: { id }, search: {} });
    },
  });
}
