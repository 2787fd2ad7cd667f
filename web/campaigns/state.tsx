import type { CampaignLine } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';

export type CampaignState = CampaignLine['state'];
const TONES: Readonly<Record<CampaignState, string>> = {
  draft: 'quiet',
  scheduled: 'blue',
  sending: 'live',
  paused: 'wait',
  blocked: 'bad',
  stopped: 'quiet',
  sent: 'good',
  recurring: 'blue',
  ended: 'quiet',
};

/** Where a campaign stands: a word, and a dot for who only glances. */
export function State({ state }: { readonly state: CampaignState }) {
  const { t } = useWords();
  return (
    <span className="state" data-tone={TONES[state]}>
      {t(`state.${state}`)}
    </span>
  );
}
