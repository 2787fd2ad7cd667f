import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { MINUTE, type Instant } from '../base/time.ts';
import { readBrand } from '../people/store.ts';
import { judgeWrite, postRowsWrite } from './agenda.ts';
import { postRows } from './control.ts';
import { BOUNCES, isHeldBack, isTooDead, judgedFrom } from './first-part.ts';
import { withoutFirst, type Mailing } from './mailing.ts';
import { STANDS_STILL } from './stands-still.ts';
import { changeMailing, deliveryRows, readFigures, readMailing } from './store.ts';

/** At night nobody of it leaves: it is looked at again. */
const LOOK_AGAIN_MS = 5 * MINUTE;

/**
 * Looks at what came back of the part that went ahead. If its addresses are good the rest follows by
 * itself; else the mailing stands still until somebody has looked. One that is paused or blocked is
 * judged once it goes on.
 */
export async function judgeFirst(ports: Ports, mailingId: string): Promise<void> {
  const key = keys.agenda('judge-first', mailingId);
  const agenda = await ports.table.get(key);
  if (!agenda) return;
  const mailing = (await readMailing(ports, mailingId))?.it;
  const again = mailing && goesOn(mailing) ? await judge(ports, mailing) : undefined;
  // Only as it was found: who resumes the mailing has put it there again.
  const expected = agenda.version;
  await ports.table.writeAll([
    again === undefined
      ? { kind: 'remove', key, expected }
      : { ...judgeWrite(mailingId, again), expected },
  ]);
}

/** Where all that is left waits for the morning, it reads as sent. */
const goesOn = ({ state }: Mailing) => state === 'sending' || state === 'sent';

/** Whether somebody who goes ahead is still to be sent to, now or when it is day for them. */
async function mayStillLeave(ports: Pick<Ports, 'table'>, mailing: Mailing): Promise<boolean> {
  for (let segment = 0; segment < mailing.segments; segment += 1)
    for await (const { it: row } of deliveryRows(ports, mailing.mailingId, segment)) {
      if (isHeldBack(mailing, row)) break;
      if (row.state !== 'closed') return true;
    }
  return false;
}

/** When to look again; undefined once it is judged. */
async function judge(ports: Ports, mailing: Mailing): Promise<Instant | undefined> {
  const { mailingId, first } = mailing;
  const now = ports.now();
  if (!first) return undefined;
  if (first.judgedAt !== null && first.judgedAt > now) return first.judgedAt;
  const [brand, figures] = await Promise.all([readBrand(ports), readFigures(ports, mailingId)]);
  if (figures.accepted === 0) {
    if (await mayStillLeave(ports, mailing)) return now + LOOK_AGAIN_MS;
    // Everybody who was to go ahead has left us meanwhile, or was refused.
    await letFollow(ports, mailingId);
    return undefined;
  }
  if (first.judgedAt === null) {
    const judgedAt = judgedFrom(brand, now);
    await changeMailing(ports, mailingId, (found) =>
      found.first?.judgedAt === null
        ? { ...found, first: { ...found.first, judgedAt } }
        : undefined,
    );
    return judgedAt;
  }
  if (isTooDead(figures, brand)) await standStill(ports, mailingId, figures.dead);
  else await letFollow(ports, mailingId);
  return undefined;
}

async function standStill(ports: Ports, mailingId: string, dead: number): Promise<void> {
  await changeMailing(ports, mailingId, (found) =>
    found.first && goesOn(found)
      ? { ...found, state: 'paused', blockedBecause: BOUNCES, finishedAt: null }
      : undefined,
  );
  log('error', STANDS_STILL.bounces, { mailing: mailingId, dead });
}

async function letFollow(ports: Ports, mailingId: string): Promise<void> {
  await changeMailing(
    ports,
    mailingId,
    (found) => (found.first && goesOn(found) ? withoutFirst(found) : undefined),
    [postRowsWrite(mailingId, ports.now())],
  );
  await postRows(ports, mailingId);
}
