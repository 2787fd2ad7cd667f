import * as z from 'zod';

const Moment = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: 'not a moment' });
  return z.NEVER;
});

/** The mail an event is about. Fields we have no use for are not read, so that new ones do no harm. */
const Mail = z.object({
  timestamp: Moment,
  messageId: z.string().default(''),
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});
export type Mail = z.infer<typeof Mail>;

const Text = z.string().nullish();
const Recipient = z.object({ emailAddress: z.string().default(''), status: Text });

const Bounce = z.object({
  bounceType: z.string().default('Undetermined'),
  bounceSubType: z.string().default('Undetermined'),
  bouncedRecipients: z.array(Recipient.extend({ diagnosticCode: Text })).default([]),
});
export type Bounce = z.infer<typeof Bounce>;

const Complaint = z.object({
  complaintFeedbackType: Text,
  complaintSubType: Text,
});
export type Complaint = z.infer<typeof Complaint>;

const about = <const Type extends string>(type: Type) => ({
  eventType: z.literal(type),
  mail: Mail,
});

/** What SES tells of a mail after it was called, as far as it changes anything here. */
export const ProviderEvent = z.discriminatedUnion('eventType', [
  z.object(about('Send')),
  z.object(about('Delivery')),
  z.object(about('DeliveryDelay')),
  z.object(about('Reject')),
  z.object(about('Rendering Failure')),
  z.object({ ...about('Bounce'), bounce: Bounce }),
  z.object({ ...about('Complaint'), complaint: Complaint }),
]);
export type ProviderEvent = z.infer<typeof ProviderEvent>;

const TYPES: ReadonlySet<string> = new Set(
  ProviderEvent.options.map(({ shape }) => shape.eventType.value),
);

const Named = z.looseObject({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
});

/**
 * One event as it came. Undefined for a kind we have no use for, such as a click; an event of a kind
 * we know that cannot be read is a fault, so that it is seen among the dead letters.
 */
export function readEvent(body: unknown): ProviderEvent | undefined {
  const named = Named.parse(body);
  // An identity's own notifications call it by the other name; test mails of SNS have neither.
  const eventType = named.eventType ?? named.notificationType;
  if (eventType === undefined || !TYPES.has(eventType)) return undefined;
  return ProviderEvent.parse({ ...named, eventType });
}

/** Whether the address is dead: a permanent bounce, or a mail that expired on its way (4.4.7). */
export function isDead({ bounceType, bouncedRecipients }: Bounce): boolean {
  if (bounceType === 'Permanent') return true;
  return bouncedRecipients.some(
    ({ status, diagnosticCode }) =>
      status === '4.4.7' || /(^|[\s;])4\.4\.7(\s|$)/.test(diagnosticCode ?? ''),
  );
}

/** Who moves a mail out of the spam folder complains of nothing. */
export const isComplaint = ({ complaintFeedbackType }: Complaint) =>
  complaintFeedbackType !== 'not-spam';
