import type { Brand } from '../people/brand.ts';

export type HeaderFacts = {
  readonly brand: Pick<Brand, 'name'>;
  readonly fromAddress: string;
  readonly mailingId: string;
  readonly category: 'transactional' | 'editorial' | 'lifecycle';
  /** Topic id and its name, where the mail is about one; else the mail belongs to the house's own list. */
  readonly topic?: { readonly id: string; readonly name: string };
  readonly unsubscribeUrl: string;
};

/**
 * The headers of one mail: one-click unsubscribe (RFC 8058, RFC 2369), the list it belongs to
 * (RFC 2919) and the Feedback-ID by which Gmail groups complaints (four fields, the sender last).
 */
export function headersOf(facts: HeaderFacts): Record<string, string> {
  const domain = facts.fromAddress.slice(facts.fromAddress.lastIndexOf('@') + 1);
  const list = facts.topic?.id ?? 'letters';
  const name = plainAscii(facts.topic?.name ?? facts.brand.name);
  return {
    'List-Unsubscribe': `<${facts.unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `"${name}" <${list}.${domain}>`,
    'Feedback-ID': `${facts.mailingId}:${list}:${facts.category}:${senderId(domain)}`,
  };
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** Headers carry 7-bit text: accents are folded, the rest that does not fit is left out. */
function plainAscii(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\]/g, '')
    .trim();
}

const senderId = (domain: string) => domain.replace(/[^a-z0-9]/g, '').slice(0, 15);
