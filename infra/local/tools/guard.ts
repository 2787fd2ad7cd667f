import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';

const LOOPBACK_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const LOOPBACK_ADDRESSES = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

/**
 * These pages show every reader's mail and move time: they are for whoever sits at this machine, and
 * not for another site open in the same browser, another name for this address, or the network.
 */
export const onlyThisMachine: MiddlewareHandler = machineAnd(() => false);

/** The same, and pages of ours at other origins of this machine. */
export function machineAnd(isOurs: (origin: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    if (!comesFromHere(c)) return c.text('These pages are for this machine only.\n', 403);
    const origin = c.req.header('origin');
    const acts = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (acts && comesFromAnotherSite(c) && !(origin !== undefined && isOurs(origin)))
      return c.text('Another site asked for this, so nothing was done.\n', 403);
    return next();
  };
}

function comesFromHere(c: Context): boolean {
  if (!LOOPBACK_NAMES.test(new URL(c.req.url).hostname)) return false;
  if (c.req.header('x-forwarded-for') !== undefined) return false;
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  // A request from inside the process has no socket.
  const address = incoming?.socket.remoteAddress;
  return incoming === undefined || (address !== undefined && LOOPBACK_ADDRESSES.test(address));
}

function comesFromAnotherSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  // A page that sends no referrer sends a form with the origin "null", even to itself.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = c.req.header('origin');
  return origin !== undefined && URL.parse(origin)?.host !== new URL(c.req.url).host;
}
