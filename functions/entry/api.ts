import type { Ports } from '../base/ports.ts';
import { brandApi } from '../people/brand-api.ts';
import { campaignsApi } from '../campaigns/api.ts';
import { seriesApi } from '../campaigns/series-api.ts';
import { versionsApi } from '../campaigns/versions-api.ts';
import { calendarApi } from '../campaigns/calendar-api.ts';
import { rehearsalApi } from '../campaigns/rehearsal-api.ts';
import { previewApi } from '../campaigns/preview-api.ts';
import { startersApi } from '../campaigns/starters-api.ts';
import { ledgerApi } from '../consent/ledger-api.ts';
import { peopleApi } from '../consent/api.ts';
import { formsApi } from '../consent/forms-api.ts';
import { digestsApi } from '../mail/digests-api.ts';
import { picturesApi } from '../mail/pictures-api.ts';
import { eventsApi } from '../events/api.ts';
import { storyApi } from '../events/story-api.ts';
import { searchApi } from '../consent/search-api.ts';
import { meApi } from '../people/me-api.ts';
import { segmentsApi } from '../people/segments-api.ts';
import { topicsApi } from '../people/topics-api.ts';
import { preferencesApi } from '../preferences/api.ts';
import { reportsApi } from '../stats/reports-api.ts';
import { apiKeysApi } from '../team/api-keys-api.ts';
import { importsApi } from '../transfer/imports-api.ts';
import { newApi } from '../team/api.ts';
import { auditApi } from '../team/audit-api.ts';
import { membersApi } from '../team/members-api.ts';
import { door, routeTable } from '../team/door.ts';
import type { SignIn } from '../team/token.ts';
import { apiDocument } from './api-document.ts';
import { apiDocsPage } from './api-pages.ts';

export const API = '/api/v1';

/** Every resource of the API, each from its own room, at its public address. */
export function apiResources(ports: Ports, signIn?: SignIn) {
  return newApi()
    .route(API, meApi(ports))
    .route(API, topicsApi(ports))
    .route(API, segmentsApi(ports))
    .route(API, brandApi(ports))
    .route(API, peopleApi(ports))
    .route(API, formsApi(ports))
    .route(API, ledgerApi(ports))
    .route(API, preferencesApi(ports))
    .route(API, eventsApi(ports))
    .route(API, storyApi(ports))
    .route(API, searchApi(ports))
    .route(API, campaignsApi(ports))
    .route(API, rehearsalApi(ports))
    .route(API, seriesApi(ports))
    .route(API, versionsApi(ports))
    .route(API, previewApi(ports))
    .route(API, calendarApi(ports))
    .route(API, picturesApi(ports))
    .route(API, startersApi())
    .route(API, digestsApi(ports))
    .route(API, reportsApi(ports))
    .route(API, importsApi(ports))
    .route(API, apiKeysApi(ports))
    .route(API, membersApi(ports, signIn))
    .route(API, auditApi(ports));
}

/** The API as a program meets it: one door in front of all resources, and their description. */
export function api(ports: Ports, signIn?: SignIn) {
  const resources = apiResources(ports, signIn);
  const document = apiDocument(resources, ports.publicUrl);
  const app = newApi();
  app.get(`${API}/openapi.json`, (c) => c.json(document));
  app.get(`${API}/docs`, (c) => apiDocsPage(c, document));
  app.use(`${API}/*`, door(ports, routeTable(resources), signIn));
  app.route('/', resources);
  return app;
}
/** What a typed client is made of: `hc<ApiClient>(origin)`. */
export type ApiClient = ReturnType<typeof apiResources>;
