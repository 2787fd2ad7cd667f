import { useState, type ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { PersonName } from '../people/name.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useWords } from '../words/speak.tsx';

const KINDS = ['send', 'digest', 'hold', 'drop'] as const;
type Kind = (typeof KINDS)[number];

/** One sentence; each number opens the people behind it. */
export function Sentence({ run }: { readonly run: DryRun }) {
  const { t, rich } = useWords();
  const { number } = useHouse();
  const [open, setOpen] = useState<Kind>();
  if (run.candidates === 0) return <p className="verdict-sentence">{t('sentence.nobody')}</p>;
  const mark = (kind: Kind) => (parts: ReactNode[]) => (
    <button key={kind} type="button" className="words count" onClick={() => setOpen(kind)}>
      {parts}
    </button>
  );
  return (
    <>
      <p className="verdict-sentence">
        {rich('sentence.send', {
          send: run.send,
          all: number(run.candidates),
          b: mark('send'),
        })}
        {KINDS.slice(1)
          .filter((kind) => run[kind] > 0)
          .map((kind) => (
            <span key={kind}>
              {' ; '}
              {rich(`sentence.${kind as 'digest'}`, { count: run[kind], b: mark(kind) })}
            </span>
          ))}
        .
      </p>
      {open && <Behind run={run} kind={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** A few of the people behind a number, reason by reason, with the day each will have it. */
function Behind(props: {
  readonly run: DryRun;
  readonly kind: Kind;
  readonly onClose: () => void;
}) {
  const { t, named } = useWords();
  const { date, number, may } = useHouse();
  const { run, kind } = props;
  const sample = run.sample.filter(({ decision }) => decision === kind);
  const reasons = [...new Set(sample.map(({ reason }) => reason))];
  return (
    <Sheet title={t(`behind.${kind}`, { count: run[kind] })} onClose={props.onClose}>
      {reasons.map((reason) => (
        <section key={reason} className="behind">
          <h3>
            {named('reason', reason)}{' '}
            <span className="soft">{number(run.byReason[reason] ?? 0)}</span>
          </h3>
          {may('people:read') && (
            <ul className="plain">
              {sample
                .filter((one) => one.reason === reason)
                .map(({ personId, until }) => (
                  <li key={personId}>
                    <PersonName id={personId} />
                    {until && <span className="soft"> · {date(until, 'moment')}</span>}
                  </li>
                ))}
            </ul>
          )}
        </section>
      ))}
      <p className="soft small">{t('behind.sample')}</p>
    </Sheet>
  );
}
