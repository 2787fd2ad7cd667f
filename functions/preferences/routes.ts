import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { knownRoutes } from './known-routes.ts';
import { leaveRoutes } from './leave-routes.ts';
import { preferencePageRoutes } from './preference-routes.ts';

/** Every page a reader reaches through a link of theirs. */
export function preferenceRoutes(ports: Ports) {
  return newApp()
    .route('/', preferencePageRoutes(ports))
    .route('/', leaveRoutes(ports))
    .route('/', knownRoutes(ports));
}
