import type { ReactNode } from 'react';

/** A part of the day under its own heading. */
export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="stack">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
