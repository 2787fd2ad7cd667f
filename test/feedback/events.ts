import type { ProviderEvent } from '../../functions/feedback/event.ts';
import { readEvent } from '../../functions/feedback/event.ts';
import type { KeptLetter } from '../../infra/local/mailbox.ts';

type About = Pick<KeptLetter, 'id' | 'at' | 'to' | 'tags'>;

/** An event about a mail, with the fields SES sends and some it may send one day. */
export function eventJson(letter: About, eventType: string, payload: object = {}): object {
  const { id, at, to, tags } = letter;
  return {
    eventType,
    mail: {
      timestamp: new Date(at).toISOString(),
      messageId: id,
      source: 'letters@example.org',
      sendingAccountId: '123456789012',
      destination: [to],
      headersTruncated: false,
      headers: [{ name: 'From', value: 'letters@example.org' }],
      tags: {
        'ses:configuration-set': ['letters'],
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      },
      isAutomated: null,
    },
    ...payload,
  };
}

const at = '2026-01-05T10:00:05.000Z';
const recipients = (to: string, more: object = {}) => [{ emailAddress: to, ...more }];

/** Every kind of event SES has, as JSON, for one mail. */
export const ALL_KINDS = {
  send: (mail: About) => eventJson(mail, 'Send', { send: {} }),
  delivery: (mail: About) =>
    eventJson(mail, 'Delivery', { delivery: { timestamp: at, recipients: [mail.to] } }),
  delay: (mail: About) =>
    eventJson(mail, 'DeliveryDelay', {
      deliveryDelay: { delayType: 'MailboxFull', delayedRecipients: recipients(mail.to) },
    }),
  dead: (mail: About) =>
    eventJson(mail, 'Bounce', {
      bounce: {
        bounceType: 'Permanent',
        bounceSubType: 'NoEmail',
        bouncedRecipients: recipients(mail.to, { action: 'failed', status: '5.1.1' }),
        timestamp: at,
        feedbackId: 'f1',
      },
    }),
  expired: (mail: About) =>
    eventJson(mail, 'Bounce', {
      bounce: {
        bounceType: 'Transient',
        bounceSubType: 'General',
        bouncedRecipients: recipients(mail.to, {
          action: 'failed',
          status: '4.4.7',
          diagnosticCode: 'smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes.',
        }),
        timestamp: at,
        feedbackId: 'f2',
      },
    }),
  full: (mail: About) =>
    eventJson(mail, 'Bounce', {
      bounce: {
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        bouncedRecipients: recipients(mail.to, { status: '4.2.2' }),
        timestamp: at,
        feedbackId: 'f3',
      },
    }),
  complaint: (mail: About) =>
    eventJson(mail, 'Complaint', {
      complaint: {
        complainedRecipients: recipients(mail.to),
        complaintFeedbackType: 'abuse',
        complaintSubType: null,
        timestamp: at,
        feedbackId: 'f4',
      },
    }),
  notSpam: (mail: About) =>
    eventJson(mail, 'Complaint', {
      complaint: {
        complainedRecipients: recipients(mail.to),
        complaintFeedbackType: 'not-spam',
        timestamp: at,
        feedbackId: 'f5',
      },
    }),
  reject: (mail: About) => eventJson(mail, 'Reject', { reject: { reason: 'Bad content' } }),
  notRendered: (mail: About) =>
    eventJson(mail, 'Rendering Failure', { failure: { templateName: 't', errorMessage: 'e' } }),
} as const;
export type Kind = keyof typeof ALL_KINDS;

export function eventOf(kind: Kind, mail: About): ProviderEvent {
  const event = readEvent(ALL_KINDS[kind](mail));
  if (!event) throw new Error(`${kind} is not read`);
  return event;
}
