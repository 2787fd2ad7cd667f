import { shardOf } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import { DUE_SHARDS, type Write } from '../base/ports.ts';
import { MINUTE, type Instant } from '../base/time.ts';

const PROBE_EVERY_MS = 5 * MINUTE;
const POST_AGAIN_MS = 5 * MINUTE;

/** Something to be done later: a row that the tick finds when its moment comes. Doing it removes it. */
export function agendaWrite(
  kind: string,
  id: string,
  at: Instant,
  data: object = {},
): Extract<Write, { kind: 'put' }> {
  const key = keys.agenda(kind, id);
  return {
    kind: 'put',
    key,
    data: { kind, id, ...data },
    due: { shard: shardOf(`${key.pk}${key.sk}`, DUE_SHARDS), at },
  };
}

/** Posts the open rows of a mailing that goes on or ends, should whoever began it not live to do so. */
export const postRowsWrite = (mailingId: string, now: Instant): Write =>
  agendaWrite('post-rows', mailingId, now + POST_AGAIN_MS);

/** Looks at what came back of a part that goes ahead of the rest. */
export const judgeWrite = (mailingId: string, at: Instant) =>
  agendaWrite('judge-first', mailingId, at);

/** Looks again whether the provider takes mail. */
export const probeWrite = (mailingId: string, now: Instant): Write =>
  agendaWrite('probe', mailingId, now + PROBE_EVERY_MS);
