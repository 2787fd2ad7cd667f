import { keys } from '../../functions/base/keys.ts';
import type { Instant } from '../../functions/base/time.ts';
import { compileCondition } from '../../functions/people/condition.ts';
import type { Profile, Reader } from '../../functions/people/person.ts';
import type { Publication } from '../../functions/mail/publication.ts';
import type { Claims } from './claims.ts';
import type { MemoryTable } from './memory-table.ts';

/** Whether what ends a publication for somebody has been true of them since before a moment. */
export function isEndedFor(
  { memory, claims }: { readonly memory: MemoryTable; readonly claims: Claims },
  publication: Publication | undefined,
  personId: string,
  since: Instant,
): boolean {
  if (!publication?.stopIf || claims.steadySince(personId) > since) return false;
  const reader = memory.get(keys.reader(personId))?.data as Reader | undefined;
  const profile = memory.get(keys.profile(personId))?.data as Profile | undefined;
  if (!reader || !profile) return false;
  return compileCondition(publication.stopIf)({ reader, profile }, since);
}
