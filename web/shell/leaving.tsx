import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useWords } from '../words/speak.tsx';
import { Sheet } from './sheet.tsx';

type LeavingProps = {
  /** There is something to lose. */
  readonly isHere: boolean;
  /** Tries to bring it to the house first; whether that went well. */
  readonly bring?: () => Promise<boolean>;
  /** What becomes of it, in a sentence. */
  readonly means: string;
};

/** Nobody waits longer than this for a house that does not answer. */
const PATIENCE_MS = 4_000;
const later = () =>
  new Promise<false>((resolve) => window.setTimeout(() => resolve(false), PATIENCE_MS));

/** Asks before what is not saved is left: in the console itself, and where the tab is closed. */
export function Leaving({ isHere, bring, means }: LeavingProps) {
  const { t } = useWords();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      // Who was signed out comes back here; nobody can stay without being known.
      if (!isHere || next.pathname === current.pathname || next.routeId === '/sign-in')
        return false;
      return bring === undefined || !(await Promise.race([bring(), later()]));
    },
    enableBeforeUnload: () => isHere,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Sheet title={t('leaving.title')} onClose={reset}>
      <p>{means}</p>
      <div className="row">
        <Button onClick={reset}>{t('leaving.stay')}</Button>
        <Button variant="default" onClick={proceed}>
          {t('leaving.go')}
        </Button>
      </div>
    </Sheet>
  );
}
