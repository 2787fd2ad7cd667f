import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { Behind, countOf, KINDS, type Opened } from './behind.tsx';

/** One sentence; each number opens the people behind it. */
export function Sentence({ run }: { readonly run: DryRun }) {
  const { t, rich } = useWords();
  const { number } = useHouse();
  const { id } = useParams({ from: '/inside/campaigns/$id/when' });
  const [open, setOpen] = useState<Opened>();
  if (run.candidates === 0) return <p className="verdict-sentence">{t('sentence.nobody')}</p>;
  // Whoever has it at the hour that was chosen for them does not wait for it.
  const first = run.readersClock ? 'atHour' : 'send';
  const mark = (opens: Opened) => (parts: ReactNode[]) => (
    <button key={opens} type="button" className="words count" onClick={() => setOpen(opens)}>
      {parts}
    </button>
  );
  return (
    <>
      <p className="verdict-sentence">
        {rich(`sentence.${first}`, {
          send: countOf(run, first),
          all: number(run.candidates),
          b: mark(first),
          a: mark('everybody'),
        })}
        {KINDS.slice(1)
          .filter((kind) => countOf(run, kind) > 0)
          .map((kind) => (
            <span key={kind}>
              {t('sentence.and')}
              {rich(`sentence.${kind as 'digest'}`, { count: countOf(run, kind), b: mark(kind) })}
            </span>
          ))}
        .
      </p>
      {open && <Behind id={id} run={run} opened={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
