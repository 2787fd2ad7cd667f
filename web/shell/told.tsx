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
/** What can be taken back stays long enough to be thought about. */
const SHOWN_WITH_ACT_MS = 20_000;
type Act = { readonly name: string; readonly run: () => void };
type Tell = (words: string, act?: Act) => void;
type Said = { readonly words: string; readonly act: Act | undefined };
const NOTHING: Said = { words: '', act: undefined };
const Context = createContext<Tell>(() => undefined);

/** One line that says what was just done, for eyes and for screen readers. */
export function Told({ children }: { readonly children: ReactNode }) {
  const [{ words, act }, setSaid] = useState<Said>(NOTHING);
  const timer = useRef<number>(undefined);
  const tell = useCallback<Tell>((said, canDo) => {
    window.clearTimeout(timer.current);
    setSaid({ words: said, act: canDo });
    const shownMs = canDo ? SHOWN_WITH_ACT_MS : SHOWN_MS;
    timer.current = window.setTimeout(() => setSaid(NOTHING), shownMs);
  }, []);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return (
    <Context value={tell}>
      {children}
      <div className="told" role="status" data-empty={words === '' || undefined}>
        {words}
        {act && (
          <button
            type="button"
            className="words"
            onClick={() => {
              setSaid(NOTHING);
              act.run();
            }}
          >
            {act.name}
          </button>
        )}
      </div>
    </Context>
  );
}

export const useTell = () => use(Context);
