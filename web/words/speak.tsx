import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { keepLanguage, wordsIn, type Language, type Words } from './words.ts';

type Speaking = Words & { readonly speak: (language: Language) => void };
const Context = createContext<Speaking | undefined>(undefined);

/** Gives every screen its words, and changes them all at once. */
export function Speak({
  first,
  children,
}: {
  readonly first: Words;
  readonly children: ReactNode;
}) {
  const [words, setWords] = useState(first);
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words]);
  const speak = (language: Language) => {
    keepLanguage(language);
    void wordsIn(language).then(setWords);
  };
  return <Context value={{ ...words, speak }}>{children}</Context>;
}

/** The words of the language spoken now. */
export function useWords(): Speaking {
  const words = use(Context);
  if (!words) throw new Error('no words: <Speak> must stand above');
  return words;
}
