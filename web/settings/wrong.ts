import { Refused } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';

/** What the API objects to at one place of a form, in the words of this console where it has some. */
export function useWrong(error: unknown): (path: string) => string | undefined {
  const { t, named, language } = useWords();
  return (path) => {
    if (!(error instanceof Refused)) return undefined;
    const found = error.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    if (!found) return undefined;
    const said = named('wrong', path);
    if (said !== path) return said;
    return language === 'fr' ? t('trouble.place') : found.detail;
  };
}

/** Whether all it objects to has a place among these; else the whole of it is said below the form. */
export function isPlaced(error: unknown, paths: readonly string[]): boolean {
  return (
    error instanceof Refused &&
    error.errors.length > 0 &&
    error.errors.every((one) =>
      paths.some((path) => one.path === path || one.path.startsWith(`${path}.`)),
    )
  );
}
