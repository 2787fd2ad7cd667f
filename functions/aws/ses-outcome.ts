import type { BulkEmailEntryResult } from '@aws-sdk/client-sesv2';
import type { MailOutcome } from '../base/ports.ts';

/** What a fault of one call means for every mail in it. Reasons are words of ours: what SES says may hold an address. */
export function outcomeOfFault(fault: unknown): MailOutcome {
  const { name = '', message = '', code = '', $metadata } = fault as Fault;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return neverConnected(fault as Fault);
  if (status < 400 || status >= 500) return { kind: 'uncertain', reason: `answer-${status}` };
  if (/daily (message )?quota/i.test(message)) return { kind: 'blocked', reason: 'quota' };
  if (status === 429 || /throttl|toomanyrequests|limitexceeded|rate exceeded/i.test(name + code))
    return { kind: 'later', reason: 'throttled' };
  if (status === 401 || status === 403) return { kind: 'blocked', reason: 'access-denied' };
  return refusal(name, message);
}

/** Whether a call was refused because the letter it names is not kept at SES. */
export function saysTemplateMissing(fault: unknown): boolean {
  const { message = '', $metadata } = fault as Fault;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && status !== 429 && /template/i.test(message);
}

type Fault = {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

/** SES read the call and said no: nothing was accepted, and asking the same again would not help. */
function refusal(name: string, message: string): MailOutcome {
  if (/not verified/i.test(message)) return { kind: 'blocked', reason: 'sender-not-verified' };
  if (/configuration set/i.test(message))
    return { kind: 'blocked', reason: 'configuration-set-missing' };
  switch (name) {
    case 'MailFromDomainNotVerifiedException':
      return { kind: 'blocked', reason: 'sender-not-verified' };
    case 'SendingPausedException':
      return { kind: 'blocked', reason: 'sending-paused' };
    case 'AccountSuspendedException':
      return { kind: 'blocked', reason: 'account-suspended' };
    case 'NotFoundException':
      return { kind: 'blocked', reason: 'configuration-set-missing' };
    case 'MessageRejected':
    case 'MessageRejectedException':
      return { kind: 'refused', reason: 'message-rejected' };
    case 'BadRequestException':
    case 'ValidationException':
      return { kind: 'refused', reason: 'bad-request' };
    default:
      return { kind: 'blocked', reason: 'call-refused' };
  }
}

const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * No answer came. Without a connection nothing left this machine; with one, the mail may be on its
 * way, and nobody can tell.
 */
function neverConnected({ name = '', message = '', code = '' }: Fault): MailOutcome {
  if (name === 'CredentialsProviderError') return { kind: 'blocked', reason: 'no-credentials' };
  if (NEVER_LEFT.has(code) || /did not establish a connection/.test(message))
    return { kind: 'later', reason: 'no-connection' };
  if (name === 'TimeoutError') return { kind: 'uncertain', reason: 'no-answer-in-time' };
  return { kind: 'uncertain', reason: 'connection-lost' };
}

/** What became of one destination of a bulk call, told inside an answer of 200. */
export function outcomeOfEntry(entry: BulkEmailEntryResult | undefined): MailOutcome {
  switch (entry?.Status) {
    case 'SUCCESS':
      return { kind: 'accepted', messageId: entry.MessageId ?? '' };
    case 'TRANSIENT_FAILURE':
      return { kind: 'later', reason: 'transient-failure' };
    case 'ACCOUNT_THROTTLED':
      return { kind: 'later', reason: 'throttled' };
    case 'ACCOUNT_DAILY_QUOTA_EXCEEDED':
      return { kind: 'blocked', reason: 'quota' };
    case 'ACCOUNT_SENDING_PAUSED':
    case 'CONFIGURATION_SET_SENDING_PAUSED':
      return { kind: 'blocked', reason: 'sending-paused' };
    case 'ACCOUNT_SUSPENDED':
      return { kind: 'blocked', reason: 'account-suspended' };
    case 'CONFIGURATION_SET_NOT_FOUND':
    case 'INVALID_SENDING_POOL_NAME':
      return { kind: 'blocked', reason: 'configuration-set-missing' };
    case 'MAIL_FROM_DOMAIN_NOT_VERIFIED':
      return { kind: 'blocked', reason: 'sender-not-verified' };
    case 'MESSAGE_REJECTED':
      return { kind: 'refused', reason: 'message-rejected' };
    case 'INVALID_PARAMETER':
      return { kind: 'refused', reason: 'bad-request' };
    case 'TEMPLATE_NOT_FOUND':
    case 'FAILED':
      return { kind: 'refused', reason: 'provider-failed' };
    case undefined:
      return { kind: 'uncertain', reason: 'no-answer-for-this-one' };
  }
}
