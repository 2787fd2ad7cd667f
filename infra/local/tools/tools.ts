import type { Hono } from 'hono';
import { newApp } from '../../../functions/base/http.ts';
import { readBrand } from '../../../functions/people/store.ts';
import { notSaidYet } from '../../../functions/people/unnamed.ts';
import type { Town } from '../town.ts';
import { clockTool } from './clock.ts';
import type { LocalIssuer } from '../sign-in/issuer.ts';
import { signInRoutes } from '../sign-in/routes.ts';
import { machineAnd, onlyThisMachine } from './guard.ts';
import { mailboxTool } from './mailbox.ts';
import { startPage } from './start-page.ts';

const PATHS = ['/', '/mailbox', '/mailbox/*', '/clock', '/clock.json'];

/** What only a laptop has: a mailbox to look into, a clock to move, and a page that says so. */
export function tools(
  town: Town,
  { keyFile, issuer }: { readonly keyFile: string; readonly issuer: LocalIssuer | undefined },
): Hono {
  const house = () => readBrand(town.ports);
  const timeZone = async () => (await house()).timeZone;
  const app = newApp();
  for (const path of PATHS) app.use(path, onlyThisMachine);
  if (issuer) {
    app.use(
      '/sign-in/*',
      machineAnd((origin) => issuer.knows(origin)),
    );
    app.route('/', signInRoutes(town.ports, issuer));
  }
  return app
    .route(
      '/',
      startPage(async () => {
        const brand = await house();
        const { name, timeZone } = brand;
        const { ports, clock, mailbox } = town;
        const { publicUrl } = ports;
        return {
          house: name,
          missing: notSaidYet(brand),
          stands: clock.mode === 'held',
          timeZone,
          now: clock.now(),
          mails: mailbox.count(),
          publicUrl,
          keyFile,
        };
      }),
    )
    .route('/', mailboxTool(town, timeZone))
    .route('/', clockTool(town, timeZone));
}
