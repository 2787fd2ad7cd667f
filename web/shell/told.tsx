import {
  createContext,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react';

const SHOWN_MS = 6_000;
type Tell = (words: string) => void;
const Context = createContext<Tell>(() => undefined);

/** One line that says what was just done, for eyes and for screen readers. */
export function Told({ children }: { readonly children: ReactNode }) {
  const [words, setWords] = useState('');
  const timer = useRef<number>(undefined);
  const tell = useCallback<Tell>((said) => {
    window.clearTimeout(timer.current);
    setWords(said);
    timer.current = window.setTimeout(() => setWords(''), SHOWN_MS);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return (
    <Context value={tell}>
      {children}
      <div className="told" role="status" data-empty={words === '' || undefined}>
        {words}
      </div>
    </Context>
  );
}

export const useTell = () => use(Context);
