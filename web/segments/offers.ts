import { createContext } from 'react';

/** What a condition may name, where it is built. */
export const Offers = createContext<{
  readonly withSegments: boolean;
  /** Fields of people that are known to be filled, as by a letter's own questions. */
  readonly fields: readonly string[];
}>({ withSegments: false, fields: [] });
