import type { Me } from '../api/shapes.ts';
import type { WordKey } from '../words/words.ts';

type Room = {
  readonly to:
    '/' | '/letters' | '/people' | '/campaigns' | '/calendar' | '/segments' | '/settings';
  readonly name: WordKey;
  /** Who may not do this does not see the door. */
  readonly needs: Me['scopes'][number];
};

/** The rooms there are, in the order of a day's work. */
export const ROOMS: readonly Room[] = [
  { to: '/', name: 'room.today', needs: 'campaigns:read' },
  { to: '/letters', name: 'room.letters', needs: 'campaigns:read' },
  { to: '/campaigns', name: 'room.campaigns', needs: 'campaigns:read' },
  { to: '/calendar', name: 'room.calendar', needs: 'campaigns:read' },
  { to: '/people', name: 'room.people', needs: 'people:read' },
  { to: '/segments', name: 'room.segments', needs: 'segments:read' },
  { to: '/settings', name: 'room.settings', needs: 'settings:read' },
];
