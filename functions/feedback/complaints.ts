import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { pauseMailing } from '../mail/control.ts';
import { COMPLAINTS } from '../mail/mailing.ts';
import { isServiceMailing } from '../mail/order.ts';
import { STANDS_STILL } from '../mail/stands-still.ts';
import { readFigures } from '../mail/store.ts';

const COMPLAINTS_MOST = 3;
const SHARE_MOST = 0.001;

/** A mailing that too many call spam is held until a person has looked at it. */
export async function stopWhereTooManyComplain(ports: Ports, mailingId: string): Promise<void> {
  if (isServiceMailing(mailingId)) return;
  const { complained, accepted } = await readFigures(ports, mailingId);
  if (complained < COMPLAINTS_MOST || complained < accepted * SHARE_MOST) return;
  const mailing = await pauseMailing(ports, mailingId, COMPLAINTS);
  if (mailing?.state === 'paused')
    log('error', STANDS_STILL.complaints, { mailing: mailingId, complained });
}
