import type { Context } from 'hono';
import type { Ports } from './ports.ts';
import { fingerprintOf } from './seal.ts';

/**
 * A keyed hash of the network a request came from: enough to count what comes from one place, not
 * enough to know where that is. Undefined where it is not known, and for this machine itself.
 */
export function networkOf(
  ports: Pick<Ports, 'secrets'>,
  c: Pick<Context, 'env' | 'req'>,
): string | undefined {
  const address = addressOf(c);
  return address === undefined || isOwn(address)
    ? undefined
    : fingerprintOf(ports, `network ${blockOf(address)}`);
}

type Bindings = {
  /** On AWS: the event of API Gateway. */
  readonly requestContext?: object;
  /** On the laptop: Node's own request. */
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
};

/**
 * Behind CloudFront and API Gateway each adds whom it speaks with, so the visitor is the last but
 * one; what stands further left the visitor may have written. Elsewhere only the socket is believed.
 */
function addressOf({ env, req }: Pick<Context, 'env' | 'req'>): string | undefined {
  const { requestContext, incoming } = (env ?? {}) as Bindings;
  if (requestContext === undefined) return incoming?.socket?.remoteAddress;
  const told = (req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
  return told.at(-2) ?? (told.at(-1) || undefined);
}

const isOwn = (address: string) => /^(?:::1$|(?:::ffff:)?127\.)/i.test(address);

/** One IPv4 address, or the /64 that one household has of IPv6. */
function blockOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, gap)).fill('0'), ...after]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
