import type { WordKey } from '../words/words.ts';

type Room = { readonly to: '/campaigns'; readonly name: WordKey };

/** The rooms there are, in the order of a day's work. */
export const ROOMS: readonly Room[] = [{ to: '/campaigns', name: 'room.campaigns' }];
