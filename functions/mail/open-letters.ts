import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import { HOUR, type Instant } from '../base/time.ts';
import type { Brand } from '../people/brand.ts';
import type { Delivery } from './delivery.ts';
import { dateOfLetters, LATE, NOT_APPROVED, type Mailing } from './mailing.ts';
import { openDay } from './rest.ts';
import { changeMailing, readIssue } from './store.ts';

export const LETTER_SEGMENTS = 64;

/**
 * The mailing of each day these rows belong to, before any of them is written. Letters that nobody
 * approved, or that come too late for anybody to have wanted them so, stand still until somebody of
 * the house has looked at them.
 */
export async function openMailings(
  ports: Ports,
  brand: Brand,
  rows: readonly Delivery[],
): Promise<string[]> {
  const startedAt = ports.now();
  const byMailing = Map.groupBy(rows, ({ mailingId }) => mailingId);
  for (const [mailingId, ofDay] of byMailing) {
    const because = await waitsBecause(ports, brand, mailingId, ofDay);
    const mailing = letterMailing(mailingId, because, startedAt);
    const run = { mailingId, startedAt };
    // Whoever comes second finds them there: the conflict is the answer wanted.
    const opened = await openDay(ports, mailing, dateOfLetters(mailingId)!, startedAt, [
      { kind: 'put', key: keys.digestRun(mailingId), data: run, expected: 0 },
    ]);
    if (because === LATE) log('warn', 'letters-late', { mailing: mailingId });
    if (opened === 'conflict') await goOn(ports, mailingId, because === LATE);
  }
  return [...byMailing.keys()];
}

async function waitsBecause(
  ports: Pick<Ports, 'table' | 'now'>,
  brand: Brand,
  mailingId: string,
  rows: readonly Delivery[],
): Promise<typeof LATE | typeof NOT_APPROVED | null> {
  const due = rows.flatMap(({ lines }) => lines.flatMap(({ f }) => f ?? []));
  const first = Math.min(...due);
  const isLate = ports.now() - first > brand.lateAfterHours * HOUR;
  if (!isLate && !brand.lettersNeedApproval) return null;
  const approvedAt = (await readIssue(ports, dateOfLetters(mailingId)!))?.it.approvedAt ?? null;
  // Whoever approved after the hour had passed has seen that it is late.
  if (isLate && (approvedAt === null || approvedAt <= first)) return LATE;
  return brand.lettersNeedApproval && approvedAt === null ? NOT_APPROVED : null;
}

/** A day that had come to rest has letters again; those that come too late stand still. */
async function goOn(ports: Ports, mailingId: string, isLate: boolean): Promise<void> {
  await changeMailing(ports, mailingId, (mailing) => {
    if (mailing.state !== 'sending' && mailing.state !== 'sent') return undefined;
    if (isLate) return { ...mailing, state: 'paused', blockedBecause: LATE, finishedAt: null };
    return mailing.state === 'sent'
      ? { ...mailing, state: 'sending', finishedAt: null }
      : undefined;
  });
}

const letterMailing = (mailingId: string, because: string | null, startedAt: Instant): Mailing => ({
  format: 1,
  mailingId,
  kind: 'letter',
  state: because === null ? 'sending' : 'paused',
  blockedBecause: because,
  number: null,
  topic: null,
  segments: LETTER_SEGMENTS,
  planned: false,
  startedAt,
  finishedAt: null,
  wallTime: null,
});
