import { newApp } from '../base/http.ts';
import { networkOf } from '../base/network.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { follow } from './click.ts';

/** The door of counted links: it leads only to addresses that stand in a letter of ours. */
export function clickRoutes(ports: Ports) {
  return newApp().get('/c/:id', async (c) => {
    const url = await follow(ports, {
      token: c.req.param('id'),
      counts: c.req.method === 'GET',
      network: networkOf(ports, c),
    });
    if (url === undefined) throw new Problem('not-found');
    return c.body(null, 302, {
      location: new URL(url).href,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    });
  });
}
