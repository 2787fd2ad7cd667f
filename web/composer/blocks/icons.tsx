import type { Kind } from './shape.ts';

/** Drawn with one pen on a sheet of 24; what they mean is said beside them. */
const PATHS = {
  heading: 'M7 5v14M17 5v14M7 12h10',
  text: 'M5 7h14M5 12h14M5 17h9',
  picture: 'M4 6h16v12H4zM4 16l5-5 4 4 2-2 5 4M15.5 9.5h.01',
  button: 'M4 8.5h16v7H4zM9 12h6',
  columns: 'M4 5h7v14H4zM13 5h7v14h-7z',
  section: 'M4 5h16v14H4zM8 10h8M8 14h5',
  quote: 'M9 7c-3 1-4 3-4 6v4h5v-5H7M18 7c-3 1-4 3-4 6v4h5v-5h-3',
  divider: 'M4 12h16',
  space: 'M12 4v5M12 15v5M9.5 6.5 12 4l2.5 2.5M9.5 17.5 12 20l2.5-2.5M5 12h14',
  question: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17.5h.01M4 4h16v16H4z',
  signature: 'M4 17c3-8 5-11 7-10s-3 9-1 9 3-4 4-4 0 3 2 3 2-1 4-1M4 20h16',
  pace: 'M12 20a8 8 0 1 1 8-8M12 7v5l3 2M17 16v5M20.5 16v5',
  html: 'm8 8-4 4 4 4M16 8l4 4-4 4M13.5 6l-3 12',
  up: 'M12 19V5M6.5 10.5 12 5l5.5 5.5',
  down: 'M12 5v14M6.5 13.5 12 19l5.5-5.5',
  double: 'M9 9h11v11H9zM5 15H4V4h11v1',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  drag: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  settings: 'M4 8h9M17 8h3M4 16h3M11 16h9M15 6v4M9 14v4',
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  italic: 'M10 5h8M6 19h8M14 5l-4 14',
  underline: 'M7 4v7a5 5 0 0 0 10 0V4M6 20h12',
  strike: 'M4 12h16M16 7c-1-3-8-3-8 1 0 2 2 3 4 4M8 17c1 3 9 3 8-2',
  bulletList: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  orderedList: 'M10 6h10M10 12h10M10 18h10M4 5l1.500-1v5M3.500 14h3l-3 4h3',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  tag: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20c0-4 3-6 7-6s7 2 7 6',
  shown: 'M4 5h16l-6 7v6l-4 2v-8z',
} as const satisfies Readonly<Record<Kind, string>> & Readonly<Record<string, string>>;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
