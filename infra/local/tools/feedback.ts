import { readEvent } from '../../../functions/feedback/event.ts';
import { takeEvents } from '../../../functions/feedback/take.ts';
import type { Ports } from '../../../functions/base/ports.ts';
import { placeOf } from '../../../functions/mail/settle.ts';
import { readDelivery } from '../../../functions/mail/store.ts';
import { toldOf, type Told } from '../../../functions/mail/told.ts';
import type { KeptLetter } from '../mailbox.ts';

/** What whoever looks at a mail may do with it in its reader's place. */
export type Fate = 'bounce' | 'complain';

/** Tells the house what became of a mail, in the very words of SES. */
export async function tellFate(ports: Ports, letter: KeptLetter, fate: Fate): Promise<void> {
  const timestamp = new Date(ports.now()).toISOString();
  const event = readEvent({
    mail: {
      timestamp: new Date(letter.at).toISOString(),
      messageId: letter.id,
      destination: [letter.to],
      tags: Object.fromEntries(Object.entries(letter.tags).map(([name, tag]) => [name, [tag]])),
    },
    ...wordsFor(fate, letter.to, timestamp),
  });
  if (event) await takeEvents(ports, [event]);
}

/** What the house was told of a mail so far. */
export async function toldOfLetter(ports: Ports, { tags }: KeptLetter): Promise<Told[]> {
  const place = placeOf(tags);
  const row = place && (await readDelivery(ports, place.name));
  const line = place && row?.it.lines[place.line];
  return line ? toldOf(line) : [];
}

function wordsFor(fate: Fate, emailAddress: string, timestamp: string): object {
  switch (fate) {
    case 'bounce':
      return {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [
            {
              emailAddress,
              action: 'failed',
              status: '5.1.1',
              diagnosticCode: 'smtp; 550 5.1.1 no such mailbox',
            },
          ],
          timestamp,
        },
      };
    case 'complain':
      return {
        eventType: 'Complaint',
        complaint: {
          complainedRecipients: [{ emailAddress }],
          complaintFeedbackType: 'abuse',
          timestamp,
        },
      };
  }
}
