import { Refused } from '../api/client.ts';
import { useWords } from '../words/speak.tsx';

/** What the API objects to at one place of a form, in the words of this console where it has some. */
export function useWrong(error: unknown): (path: string) => string | undefined {
  const { named } = useWords();
  return (path) => {
    if (!(error instanceof Refused)) return undefined;
    const found = error.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    if (!found) return undefined;
    const said = named('wrong', path);
    return said === path ? found.detail : said;
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
