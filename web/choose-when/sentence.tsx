import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { Behind, KINDS, type Opened } from './behind.tsx';

/** One sentence; each number opens the people behind it. */
export function Sentence({ run }: { readonly run: DryRun }) {
  const { t, rich } = useWords();
  const { number } = useHouse();
  const { id } = useParams({ from: '/inside/campaigns/$id/when' });
  const [open, setOpen] = useState<Opened>();
  if (run.candidates === 0) return <p className="verdict-sentence">{t('sentence.nobody')}</p>;
  const mark = (opens: Opened) => (parts: ReactNode[]) => (
    <button key={opens} type="button" className="words count" onClick={() => setOpen(opens)}>
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
          a: mark('everybody'),
        })}
        {KINDS.slice(1)
          .filter((kind) => run[kind] > 0)
          .map((kind) => (
            <span key={kind}>
              {t('sentence.and')}
              {rich(`sentence.${kind as 'digest'}`, { count: run[kind], b: mark(kind) })}
            </span>
          ))}
        .
      </p>
      {open && <Behind id={id} run={run} opened={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
