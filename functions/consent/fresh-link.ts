import { randomId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { fingerprintOf } from '../base/seal.ts';
import { written } from '../base/written.ts';
import { serviceMail, type ServiceOrder } from '../mail/order.ts';
import type { Profile } from '../people/person.ts';
import { findByAddress, readPerson } from '../people/store.ts';
import { confirmMail, freshLinkMail } from './mails.ts';
import type { House } from './newcomer.ts';
import { counted, maySendLink, PENDING_MS } from './pending.ts';
import { confirmationsWrite, forgetWrite, readConfirmations, readPending } from './store.ts';

/**
 * A fresh link for who came with an old one: a reader's page, or the confirmation that still waits.
 * For an address nobody knows the same rows are written and the same work is done, up to a mail to
 * nobody: neither the answer nor its time tells who reads us.
 */
export async function sendFreshLink(ports: Ports, house: House, email: string): Promise<void> {
  const fingerprint = fingerprintOf(ports, email);
  const post = await written(ports, async () => {
    const now = ports.now();
    const [confirmations, address] = await Promise.all([
      readConfirmations(ports, fingerprint),
      findByAddress(ports, email),
    ]);
    const count = (after: typeof confirmations.it) =>
      confirmationsWrite(fingerprint, after, confirmations.version);
    if (!maySendLink(confirmations.it, now))
      return { writes: [count(confirmations.it)], answer: async () => {} };
    const order = await orderFor(ports, house, address?.it.personId ?? 'nobody');
    const mail = serviceMail(ports, order);
    return {
      writes: [
        count(counted(confirmations.it, 'linksSentAt', now)),
        forgetWrite(randomId(ports), fingerprint, now + PENDING_MS),
        ...mail.writes,
      ],
      answer: mail.post,
    };
  });
  await post();
}

async function orderFor(ports: Ports, house: House, personId: string): Promise<ServiceOrder> {
  const [person, pending] = await Promise.all([
    readPerson(ports, personId),
    readPending(ports, personId),
  ]);
  if (person) return freshLinkMail(person.reader.it);
  if (pending && pending.it.confirmedAt === null) return confirmMail(house, pending.it);
  return freshLinkMail({ personId: 'nobody', language: house.brand.language });
}

/** A link that only the mailbox's owner may have, asked for on a page of theirs. False when enough were sent. */
export async function sendToReader(
  ports: Ports,
  { fingerprint }: Pick<Profile, 'fingerprint'>,
  order: ServiceOrder,
): Promise<boolean> {
  const post = await written(ports, async () => {
    const now = ports.now();
    const confirmations = await readConfirmations(ports, fingerprint);
    if (!maySendLink(confirmations.it, now)) return { writes: [], answer: undefined };
    const mail = serviceMail(ports, order);
    const after = counted(confirmations.it, 'linksSentAt', now);
    return {
      writes: [
        confirmationsWrite(fingerprint, after, confirmations.version),
        forgetWrite(randomId(ports), fingerprint, now + PENDING_MS),
        ...mail.writes,
      ],
      answer: mail.post,
    };
  });
  await post?.();
  return post !== undefined;
}
