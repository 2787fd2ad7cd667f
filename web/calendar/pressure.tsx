type Parts = { readonly now: number; readonly letter: number; readonly held: number };

/** How much of it arrives at once, and how much the readers' paces keep for later. The words beside it say the same. */
export function PressureBar({ now, letter, held }: Parts) {
  const all = now + letter + held;
  if (all === 0) return null;
  const parts = [
    ['accepted', now],
    ['digest', letter],
    ['held', held],
  ] as const;
  return (
    <div className="bar pressure" aria-hidden="true">
      {parts.map(
        ([place, count]) =>
          count > 0 && <svg key={place} data-place={place} width={`${(100 * count) / all}%`} />,
      )}
    </div>
  );
}
