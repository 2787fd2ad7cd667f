import type { Instant } from '../base/time.ts';
import type { MailAsked } from '../policy/decide.ts';
import type { Delivery } from './delivery.ts';
import { isWelcome, type Mailing } from './mailing.ts';

/** The mail as the heart is asked about it. */
export function mailAsked(
  delivery: Pick<Delivery, 'mailingId' | 'service'>,
  mailing: Pick<Mailing, 'kind' | 'state' | 'wallTime'> | undefined,
  publication: Parameters<typeof campaignAsked>[1] | undefined,
): MailAsked {
  const { mailingId, service } = delivery;
  if (service)
    return {
      mailing: mailingId,
      kind: 'service',
      numbers: [],
      expiresAt: service?.expiresAt ?? null,
      ...(service?.requestedAt == null ? {} : { requestedAt: service.requestedAt }),
    };
  if (!mailing) throw new Error(`mailing ${mailingId} has no head`);
  const stopped = mailing.state === 'stopped';
  if (mailing.kind === 'letter')
    return { mailing: mailingId, kind: 'letter', numbers: [], stopped };
  if (isWelcome(mailingId)) return { mailing: mailingId, kind: 'note', numbers: [], stopped };
  if (!publication) throw new Error(`mailing ${mailingId} has no publication`);
  return { ...campaignAsked(mailing, publication), stopped };
}

/** The same, for a publication that goes out by itself. */
export function campaignAsked(
  mailing: Pick<Mailing, 'kind' | 'wallTime'>,
  publication: {
    readonly number: number;
    readonly mailingId: string;
    readonly topic: string;
    readonly topicAtMost: number | null;
    readonly expiresAt: Instant | null;
    readonly withdrawnAt: Instant | null;
    readonly languages: readonly string[];
  },
): MailAsked {
  return {
    mailing: publication.mailingId,
    kind: mailing.kind === 'note' ? 'note' : 'campaign',
    numbers: [publication.number],
    topic: publication.topic,
    topicAtMost: publication.topicAtMost,
    expiresAt: publication.expiresAt,
    withdrawn: publication.withdrawnAt !== null,
    languages: publication.languages,
    ...(mailing.wallTime ? { wallTime: mailing.wallTime } : {}),
  };
}
