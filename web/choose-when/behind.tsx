import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { Sheet } from '../shell/sheet.tsx';
import { useWords } from '../words/speak.tsx';
import { PeopleBehind } from './people-behind.tsx';

export const KINDS = ['send', 'digest', 'hold', 'drop'] as const;
type Kind = (typeof KINDS)[number];
export type Opened = Kind | 'everybody' | 'atHour';
type Group = { readonly decision: Kind; readonly reason: string; readonly count: number };

/** The people behind a number, reason by reason, each with the day they will have it. */
export function Behind(props: {
  readonly id: string;
  readonly run: DryRun;
  readonly opened: Opened;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { may } = useHouse();
  const { id, run, opened } = props;
  const groups = groupsOf(run, opened);
  const count = countOf(run, opened);
  return (
    <Sheet title={t(`behind.${opened}`, { count })} onClose={props.onClose}>
      {groups.map((group) => (
        <Reason
          key={`${group.decision} ${group.reason}`}
          {...{ id, run, group }}
          opensAtOnce={groups.length === 1}
        />
      ))}
      {!may('people:read') && <p className="soft small">{t('behind.figures')}</p>}
    </Sheet>
  );
}

/** A reason and its number; opened, its people. Who reads figures has nothing to open. */
function Reason(props: {
  readonly id: string;
  readonly run: DryRun;
  readonly group: Group;
  readonly opensAtOnce: boolean;
}) {
  const { named } = useWords();
  const { number, may } = useHouse();
  const { id, run, group } = props;
  const { decision, reason, count } = group;
  const [isOpen, setOpen] = useState(props.opensAtOnce);
  const name = (
    <>
      {named('reason', reason)} <span className="soft number">{number(count)}</span>
    </>
  );
  if (!may('people:read')) return <p className="behind">{name}</p>;
  return (
    <details
      className="behind"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{name}</summary>
      {isOpen && <PeopleBehind {...{ id, run }} figure={{ decision, reason }} />}
    </details>
  );
}

/** How many stand behind a number of the sentence. */
export const countOf = (run: DryRun, opened: Opened): number =>
  groupsOf(run, opened).reduce((sum, { count }) => sum + count, 0);

/** The most first. */
function groupsOf(run: DryRun, opened: Opened): Group[] {
  return KINDS.flatMap((decision) =>
    Object.entries(run.byDecision[decision]).map(([reason, count]) => ({
      decision,
      reason,
      count,
    })),
  )
    .filter((group) => opened === 'everybody' || standsIn(run, group) === opened)
    .sort((one, other) => other.count - one.count);
}

/** At each reader's own clock, an hour that is still to come somewhere is nobody's delay. */
const standsIn = ({ readersClock }: DryRun, { decision, reason }: Group): Opened =>
  readersClock && (decision === 'send' || reason === 'preferred-time') ? 'atHour' : decision;
