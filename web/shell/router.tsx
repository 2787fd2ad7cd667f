import {
  createRootRoute,
  createRoute,
  createRouter,
  notFound,
  redirect,
} from '@tanstack/react-router';
import * as campaigns from '../campaigns/search.ts';
import { ReadInstead } from '../campaigns/read-instead.tsx';
import { calendarSearch } from '../calendar/days.ts';
import { daySearch } from '../next-letter/search.ts';
import { session } from '../sign-in/session.ts';
import { SignIn } from '../sign-in/sign-in.tsx';
import { SignedIn } from '../sign-in/signed-in.tsx';
import { peopleSearch } from '../people/among.ts';
import { withWords } from '../words/words.ts';
import { room } from './fetched.ts';
import { Frame } from './frame.tsx';
import { NotThere } from './not-there.tsx';
import { only } from './only.tsx';
import { Trouble } from './trouble.tsx';

/** What stands for one thing in an address. It goes on into the ways of the API, so it is no way itself. */
const aThing = {
  beforeLoad: ({ params }: { readonly params: { readonly id: string } }) => {
    if (!/^[\w-]{1,64}$/.test(params.id)) notFound({ throw: true });
  },
  notFoundComponent: NotThere,
};

const root = createRootRoute({ notFoundComponent: NotThere, errorComponent: Trouble });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>) => (typeof to === 'string' ? { to } : {}),
  component: SignIn,
});

const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-in',
  // What an issuer answers is looked at by whoever asked it.
  validateSearch: (answer: Record<string, unknown>) => answer,
  component: SignedIn,
});

/** All that wants somebody signed in, and brings them back to where they were going. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: ({ location }) => {
    if (!session.isOpen())
      redirect({ to: '/sign-in', search: { to: `/console${location.href}` }, throw: true });
  },
  component: Frame,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: room(() => withWords('today', import('../today/today.tsx')), 'Today'),
});
const list = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns',
  validateSearch: campaigns.listSearch,
  component: room(() => import('../campaigns/list.tsx'), 'Campaigns'),
});
const one = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$id',
  ...aThing,
  validateSearch: campaigns.logSearch,
  component: room(() => import('../campaigns/one.tsx'), 'OneCampaign'),
});

const write = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$id/write',
  ...aThing,
  component: only('campaigns:write', () => import('../composer/write.tsx'), 'Write', ReadInstead),
});
const fresh = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/new',
  component: only('campaigns:write', () => import('../composer/new.tsx'), 'NewCampaign'),
});
const when = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$id/when',
  ...aThing,
  // What is said of a block names it.
  component: room(() => withWords('blocks', import('../choose-when/when.tsx')), 'When'),
});

const calendar = createRoute({
  getParentRoute: () => inside,
  path: '/calendar',
  validateSearch: calendarSearch,
  component: room(() => withWords('calendar', import('../calendar/calendar.tsx')), 'Calendar'),
});

const segments = createRoute({
  getParentRoute: () => inside,
  path: '/segments',
  component: room(() => withWords('segments', import('../segments/segments.tsx')), 'Segments'),
});
const newSegment = createRoute({
  getParentRoute: () => inside,
  path: '/segments/new',
  component: room(() => withWords('segments', import('../segments/one.tsx')), 'NewSegment'),
});
const oneSegment = createRoute({
  getParentRoute: () => inside,
  path: '/segments/$id',
  ...aThing,
  component: room(() => withWords('segments', import('../segments/one.tsx')), 'OneSegment'),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: room(() => withWords('settings', import('../settings/settings.tsx')), 'Settings'),
});
const settingsParts = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: room(() => import('../settings/house.tsx'), 'House'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/paces',
    component: room(() => import('../settings/paces.tsx'), 'Paces'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/topics',
    component: room(() => import('../settings/topics.tsx'), 'Topics'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/sign-up',
    component: room(() => import('../settings/sign-up.tsx'), 'SignUp'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/bases',
    component: room(() => import('../settings/bases.tsx'), 'Bases'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/imports',
    component: only('imports:write', () => import('../settings/imports.tsx'), 'Imports'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/imports/$id',
    ...aThing,
    component: only('imports:write', () => import('../settings/import.tsx'), 'OneImport'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/team',
    component: only('members:read', () => import('../settings/team.tsx'), 'Team'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/keys',
    component: only('api-keys:read', () => import('../settings/keys.tsx'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/log',
    component: only('audit:read', () => import('../settings/log.tsx'), 'AuditLog'),
  }),
] as const;

const letters = createRoute({
  getParentRoute: () => inside,
  path: '/letters',
  validateSearch: daySearch,
  component: room(() => import('../next-letter/letters.tsx'), 'NextLetter'),
});
const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: peopleSearch,
  component: only('people:read', () => import('../people/people.tsx'), 'People'),
});
const person = createRoute({
  getParentRoute: () => inside,
  path: '/people/$id',
  ...aThing,
  component: only(
    'people:read',
    () => withWords('people', import('../people/person.tsx')),
    'OnePerson',
  ),
});

/** A place that there is not still stands in the house. */
const nowhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotThere });

const tree = root.addChildren([
  signIn,
  signedIn,
  inside.addChildren([
    home,
    list,
    fresh,
    one,
    write,
    when,
    calendar,
    letters,
    people,
    person,
    segments,
    newSegment,
    oneSegment,
    settings.addChildren(settingsParts),
    nowhere,
  ]),
]);

export function makeRouter() {
  const router = createRouter({
    routeTree: tree,
    basepath: '/console',
    defaultPreload: 'intent',
    // What goes wrong in a room is said in that room: the house around it stays, and so does the way out.
    defaultErrorComponent: Trouble,
    // A room knows what it named itself; any other word in its address is nobody's.
    search: { strict: true },
    scrollRestoration: true,
    trailingSlash: 'never',
  });
  session.whenItEnds(() => {
    const to = router.state.location.href;
    void router.navigate({ to: '/sign-in', search: { to: `/console${to}` } });
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
