import { HOUR } from '../../functions/base/time.ts';
import type { World } from './world.ts';

/** Only what cannot be read, and what died while things went wrong, may lie among the dead letters. */
export function judgeDeadLetters({ account, hands, scenario }: World): void {
  for (const { line, text, at } of hands.deadLetters) {
    const isPoison = text === '"poison"' || text === '{"mailingId":7}';
    const fromFaults = at < scenario.scenesUntil + 5 * HOUR;
    if (!isPoison && !fromFaults)
      account.breaks('I10', `a message of the ${line} line ended among the dead letters: ${text}`);
  }
  if (hands.waiting > 0) account.breaks('I10', `${hands.waiting} messages are left in the queues`);
}
