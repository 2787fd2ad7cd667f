import type { MailOutcome } from '../../functions/base/ports.ts';

/** How far a mail had come when it failed: `message` once a byte of it may have left. */
export type Stage = 'connect' | 'envelope' | 'message';

/** What the SMTP client says of a failure; `responseCode` only where the server has answered. */
export type SmtpFault = {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly response?: string;
};

/** What a failure means for this mail. Reasons are words of ours: what a server says may hold an address. */
export function outcomeOfFault(
  stage: Stage,
  fault: SmtpFault,
): Exclude<MailOutcome, { kind: 'accepted' }> {
  const { code, responseCode, response = '' } = fault;
  if (responseCode === undefined) return withoutAnswer(stage, code);
  if (responseCode < 500) return { kind: 'later', reason: 'asked-to-wait' };
  if (/\b5\.4\.5\b|(daily|sending|hourly|message) (sending )?(limit|quota)/i.test(response))
    return { kind: 'blocked', reason: 'quota' };
  if (stage === 'connect') return { kind: 'blocked', reason: 'access-denied' };
  if (fault.command === 'MAIL FROM') return { kind: 'blocked', reason: 'sender-refused' };
  if (/relay/i.test(response)) return { kind: 'blocked', reason: 'relay-denied' };
  const reason = fault.command === 'RCPT TO' ? 'address-refused' : 'message-rejected';
  return { kind: 'refused', reason };
}

/** Before the message nothing was accepted, whatever went wrong; after it, nobody can tell. */
function withoutAnswer(stage: Stage, code = ''): Exclude<MailOutcome, { kind: 'accepted' }> {
  if (stage === 'message')
    return {
      kind: 'uncertain',
      reason: code === 'ETIMEDOUT' ? 'no-answer-in-time' : 'connection-lost',
    };
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { kind: 'refused', reason: 'bad-address' };
  if (code === 'EAUTH') return { kind: 'blocked', reason: 'access-denied' };
  if (code === 'ETLS') return { kind: 'blocked', reason: 'no-secure-connection' };
  return { kind: 'later', reason: stage === 'connect' ? 'no-connection' : 'connection-lost' };
}
