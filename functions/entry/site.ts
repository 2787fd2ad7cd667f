import type { Hono, MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { consentRoutes } from '../consent/routes.ts';
import { answer, teller, visited } from '../consent/visit.ts';
import { clickRoutes } from '../mail/click-routes.ts';
import { pictureRoutes } from '../mail/picture-routes.ts';
import { answerRoutes } from '../events/answer-routes.ts';
import { letterRoutes } from '../mail/routes.ts';
import { preferenceRoutes } from '../preferences/routes.ts';
import { consoleConfig } from '../team/console-config.ts';
import type { SignIn } from '../team/token.ts';
import { api, API } from './api.ts';

/** Everything that answers on the house's address: the readers' pages and the programs' API. */
export function site(ports: Ports, signIn?: SignIn): Hono {
  const app = newApp();
  app.use(safely(ports.publicUrl.startsWith('https:')));
  app.use(kindly(ports));
  app.route('/', api(ports, signIn));
  app.route('/', consoleConfig(signIn));
  app.get('/', (c) => c.redirect('/subscribe'));
  app.route('/', consentRoutes(ports));
  app.route('/', preferenceRoutes(ports));
  app.route('/', letterRoutes(ports));
  app.route('/', clickRoutes(ports));
  app.route('/', answerRoutes(ports));
  app.route('/', pictureRoutes(ports));
  return app;
}

/** What every answer says to a browser, unless the page itself says it more strictly. */
function safely(encrypted: boolean): MiddlewareHandler {
  const always: Readonly<Record<string, string>> = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ...(encrypted ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(always))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** A page for who strayed with a browser, in their language; programs keep the problem. */
function kindly(ports: Ports): MiddlewareHandler {
  const page = visited(ports, (visit) => {
    const t = teller(visit);
    return answer(visit, {
      status: 404,
      title: t('missing.title'),
      body: html`<h1>${t('missing.title')}</h1>
        <p>${t('missing.lead')}</p>
        <p class="links">
          <a href="/subscribe">${t('missing.subscribe')}</a>
          <a href="/link">${t('missing.link')}</a>
        </p>`,
    });
  });
  return async (c, next) => {
    await next();
    const isProblem = c.res.headers.get('content-type') === 'application/problem+json';
    const byBrowser = (c.req.header('accept') ?? '').includes('text/html');
    if (c.res.status !== 404 || !isProblem || !byBrowser || c.req.path.startsWith(API)) return;
    c.res = undefined;
    c.res = await page(c);
  };
}
