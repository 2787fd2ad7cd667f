import { useEffect, useRef, type ReactNode } from 'react';

type PageProps = {
  readonly title: string;
  /** What of it one sees, where it has several screens. */
  readonly part?: string | undefined;
  readonly lead?: ReactNode;
  /** A step back, above the title. */
  readonly above?: ReactNode;
  readonly acts?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
};
let opened = 0;

/** A screen: its name, what can be done, and the rest. Who arrives by a link hears the name first. */
export function Page({ title, part, lead, above, acts, wide = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = [part, title, 'Moderato'].filter(Boolean).join(' · ');
  }, [title, part]);
  useEffect(() => {
    opened += 1;
    // The browser itself says where one is when the console opens.
    if (opened > 1) heading.current?.focus();
  }, []);
  return (
    <div className="page" data-wide={wide || undefined}>
      <header className="page-head">
        <div>
          {above && <div className="page-above">{above}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className="page-lead">{lead}</p>}
        </div>
        {acts && <div className="row">{acts}</div>}
      </header>
      {children}
    </div>
  );
}
