import type { InputError } from '../../base/problem.ts';
import { CATALOGUES, say, type Args, type WordKey } from '../../base/words.ts';

type CodeOf<Key> = Key extends `letter-fault.${infer Code}` ? Code : never;
/** What an author may have to mend; the words stand as `letter-fault.` and `letter-mend.` in the catalogues. */
export type FaultCode = CodeOf<WordKey>;

/** What is wrong with a letter, and the names and numbers it is about. */
export type Fault = { readonly code: FaultCode; readonly about?: Args };

export const fault = (code: FaultCode, about?: Args): Fault => ({ code, ...(about && { about }) });

/** What is wrong, and how to mend it. */
export function faultIn(language: string, { code, about }: Fault) {
  return {
    detail: say(language, `letter-fault.${code}`, about),
    remedy: say(language, `letter-mend.${code}`, about),
  };
}

/** Both sentences: in English for programs, and in each language we speak for people. */
export function faultSaid(it: Fault): Pick<InputError, 'detail' | 'words'> {
  const whole = (language: string) => Object.values(faultIn(language, it)).join(' ');
  return {
    detail: whole('en'),
    words: Object.fromEntries(
      Object.keys(CATALOGUES).map((language) => [language, whole(language)]),
    ),
  };
}
