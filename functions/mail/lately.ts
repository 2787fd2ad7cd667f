import * as z from 'zod';
import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Key, type Ports } from '../base/ports.ts';
import { HOUR, type Instant } from '../base/time.ts';
import { written, type Plan } from '../base/written.ts';

const NAMES_MOST = 200;

/** What came from one network within a while: a name each, and when. It knows no address. */
const Lately = z.object({ came: z.array(z.object({ name: z.string(), at: z.number() })) });

/** Whether a row is only kept until it is due. */
export const isLately = (key: Key) => key.pk.startsWith('lately#');

/** Notes that something came, and answers what had come within a while before it, oldest first. */
export function cameLately(
  ports: Pick<Ports, 'table' | 'now'>,
  what: string,
  hash: string,
  { name, withinMs }: { readonly name: string; readonly withinMs: number },
): Promise<string[]> {
  const key = keys.lately(what, hash);
  return written(ports, async (): Promise<Plan<string[]>> => {
    const now = ports.now();
    const row = await ports.table.get(key);
    const { came } = Lately.parse(row?.data ?? { came: [] });
    const before = came.filter(({ at }) => now - at < withinMs);
    const after = [...before, { name, at: now }].slice(-NAMES_MOST);
    return {
      writes: [
        {
          kind: 'put',
          key,
          data: { came: after },
          expected: row?.version ?? 0,
          due: { shard: shardOf(hash, DUE_SHARDS), at: hourAfter(now + withinMs) },
        },
      ],
      answer: before.map((one) => one.name),
    };
  });
}

/** At the end of an hour, so that a moved clock stops once an hour for all of them. */
const hourAfter = (at: Instant) => Math.ceil(at / HOUR) * HOUR;
