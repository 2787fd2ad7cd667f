import { useEffect, useRef, useState } from 'react';
import { useHouse } from '../api/house.ts';
import { session } from '../sign-in/session.ts';

const KEPT = 'moderato.form.';

/**
 * What somebody fills in. A sign-in that ends while they do takes nothing from them: this window
 * keeps it until the same person is back at the same form.
 */
export function useKeptForm<Value>(form: string, begin: Value) {
  const { me } = useHouse();
  const name = `${KEPT}${me.id}.${form}`;
  const [value, setValue] = useState(() => taken<Value>(name) ?? begin);
  const last = useRef(value);
  useEffect(() => {
    last.current = value;
  }, [value]);
  useEffect(
    () => () => {
      if (!session.isOpen()) sessionStorage.setItem(name, JSON.stringify(last.current));
    },
    [name],
  );
  return [value, setValue] as const;
}

function taken<Value>(name: string): Value | undefined {
  const kept = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  return kept === null ? undefined : (JSON.parse(kept) as Value);
}
