import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useHouse } from '../api/house.ts';
import type { DryRun } from '../api/shapes.ts';
import { useWords } from '../words/speak.tsx';
import { PeopleBehind } from './people-behind.tsx';

/** Who would read a gap where this field should stand. */
export function Lacking({ run, field }: { readonly run: DryRun; readonly field: string }) {
  const { t } = useWords();
  const { may } = useHouse();
  const { id } = useParams({ from: '/inside/campaigns/$id/when' });
  const [isOpen, setOpen] = useState(false);
  if (!may('people:read')) return null;
  return (
    <details
      className="behind"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('behind.who')}</summary>
      {isOpen && <PeopleBehind {...{ id, run }} figure={{ emptyField: field }} />}
    </details>
  );
}
