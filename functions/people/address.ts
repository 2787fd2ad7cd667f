import { domainToASCII } from 'node:url';

/** Addresses behind which nobody reads, or which exist to receive complaints. */
const REFUSED_ROLES = new Set([
  'abuse',
  'postmaster',
  'noreply',
  'no-reply',
  'donotreply',
  'do-not-reply',
  'mailer-daemon',
]);

export type Address = { readonly email: string };
export type AddressRefused = { readonly refused: string };

/**
 * One address written one way: spaces of every kind trimmed, lower case, the domain in Punycode
 * (SES takes 7-bit local parts only). What cannot be written to is refused with a clear word.
 */
export function readAddress(text: string): Address | AddressRefused {
  if (/[\u0000-\u001f\u007f]/.test(text.trim()))
    return { refused: 'an address is one line, without control characters' };
  const email = text
    .normalize('NFC')
    .replace(/^[\s\u00a0\u200b\ufeff]+|[\s\u00a0\u200b\ufeff]+$/g, '');
  const at = email.lastIndexOf('@');
  if (at < 1) return { refused: 'an address has a name, an @ and a domain, as ada@example.org' };
  const local = email.slice(0, at).toLowerCase();
  const domain = domainToASCII(email.slice(at + 1)).toLowerCase();
  if (local.startsWith('"')) return { refused: 'a name in quotation marks cannot be written to' };
  if (!/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/.test(local) || /^\.|\.$|\.\./.test(local))
    return {
      refused:
        'the part before the @ may hold letters without accents, digits and signs as . + - _',
    };
  if (local.length > 64) return { refused: 'the part before the @ has more than 64 characters' };
  if (
    domain.length > 253 ||
    !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(domain)
  )
    return { refused: 'the domain after the @ is not one that mail can reach' };
  if (REFUSED_ROLES.has(local)) return { refused: `nobody reads letters at ${local}@` };
  return { email: `${local}@${domain}` };
}

/** `ad•••@example.org`: enough for its owner to recognise, not enough for a friend to learn. */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, Math.min(2, at))}•••${email.slice(at)}`;
}
