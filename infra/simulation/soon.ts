import type { MailCall } from '../../functions/base/ports.ts';
import { HOUR, SECOND, type Instant } from '../../functions/base/time.ts';
import type { Account } from './account.ts';
import { NO_FAULTS } from './faults.ts';
import type { PeopleKnown } from './people-known.ts';
import type { Scenario } from './scenario.ts';

/** Where nothing goes wrong, two seconds; else the faults, and then at most a night. */
const SERVICE_WITHIN_MS = 2 * SECOND;
const SERVICE_WITHIN_A_NIGHT_MS = 26 * HOUR;

/** I9: what is owed or asked for does not wait behind a campaign. */
export function mustBeSoon(
  stage: { readonly account: Account; readonly known: PeopleKnown; readonly scenario: Scenario },
  orderedAt: ReadonlyMap<string, Instant>,
  { destinations }: MailCall,
  now: Instant,
): void {
  const { account, known, scenario } = stage;
  const mostMs = scenario.isCalm ? SERVICE_WITHIN_MS : SERVICE_WITHIN_A_NIGHT_MS;
  for (const { to, tags } of destinations) {
    const at = orderedAt.get(`${tags['mailing']} ${tags['batch']}`) ?? now;
    account.asks('I9');
    const waitedMs = now - at - blockedMs(scenario, at, now);
    if (waitedMs > mostMs)
      account.breaks('I9', `a transactional mail waited ${waitedMs / SECOND} s`, known.nameAt(to));
  }
}

function blockedMs({ faults }: Scenario, from: Instant, until: Instant): number {
  const { blocks, quotaPerDay } = faults;
  if (quotaPerDay < NO_FAULTS.quotaPerDay) return until - from;
  return blocks.reduce(
    (sum, block) => sum + Math.max(0, Math.min(until, block.until) - Math.max(from, block.from)),
    0,
  );
}
