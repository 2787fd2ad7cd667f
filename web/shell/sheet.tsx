import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useWords } from '../words/speak.tsx';
import './sheet.css';

type SheetProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
};

/** Something in front of the room, closed by Escape. The browser keeps the focus in, and gives it back. */
export function Sheet({ title, onClose, children, wide = false }: SheetProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Who came to fill something in starts there, not at the way out.
    element?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="front"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onClose={onClose}
    >
      <header className="front-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="front-close" onClick={onClose}>
          {t('sheet.close')}
        </button>
      </header>
      {children}
    </dialog>
  );
}
