import { domainToASCII } from 'node:url';
import type { Destination, WireTemplate } from '../base/ports.ts';

/** A `{{` can only be a hole: the compiler turns one that was written as text into a hole as well. */
const HOLE = /\{\{(h\d+)\}\}/g;

/** What is to be known of a letter before it is offered: looked for once, not once a call. */
export type Known = {
  readonly holes: readonly string[];
  /**
   * Whether the provider's own template language would read the fixed text as we do. It takes
   * `\{{` for an escape and `{{{` for another kind of hole; such a letter is filled here instead.
   */
  readonly readsAlike: boolean;
};
const known = new WeakMap<WireTemplate, Known>();

export function knownOf(template: WireTemplate): Known {
  let found = known.get(template);
  if (!found) {
    found = { holes: holesOf(template), readsAlike: providerReadsAlike(template) };
    known.set(template, found);
  }
  return found;
}

/** The names of the holes of one letter. */
export function holesOf({ subject, html, text }: WireTemplate): readonly string[] {
  const parts = [subject, html, text];
  return [...new Set(parts.flatMap((part) => [...part.matchAll(HOLE)].map(([, hole]) => hole!)))];
}

/** Fills each hole once; what fills it is never looked at again, so a reader's `{{` stays a `{{`. */
export function fill(part: string, data: Readonly<Record<string, string>>): string {
  return part.replaceAll(HOLE, (_, hole: string) => data[hole] ?? '');
}

function providerReadsAlike({ subject, html, text }: WireTemplate): boolean {
  return [subject, html, text].every(
    (part) => !/\\\{\{|\{\{\{|\}\}\}/.test(part) && !part.replaceAll(HOLE, '').includes('{{'),
  );
}

/** What the mails of one call have in common is looked at once. */
export class Seen {
  readonly #headers = new Map<string, string>();
  readonly #words = new Set<string>();

  isHeader(name: string, value: string): boolean {
    if (this.#headers.get(name) === value) return true;
    const isGood = isHeader(name, value);
    if (isGood) this.#headers.set(name, value);
    return isGood;
  }

  isWord(word: string): boolean {
    if (this.#words.has(word)) return true;
    const isGood = /^[\w-]{1,256}$/.test(word);
    if (isGood) this.#words.add(word);
    return isGood;
  }
}

/** Why one mail could not even be offered; offered with others, it would take them all down. */
export function faultOf(
  mail: Destination,
  holes: readonly string[],
  seen: Seen,
): string | undefined {
  if (!wireAddress(mail.to)) return 'address-not-writable';
  for (const name in mail.headers)
    if (!seen.isHeader(name, mail.headers[name]!)) return 'header-not-valid';
  for (const name in mail.tags)
    if (!seen.isWord(name) || !seen.isWord(mail.tags[name]!)) return 'tag-not-valid';
  for (const hole of holes) if (mail.data[hole] === undefined) return 'hole-not-filled';
  return undefined;
}

/** SES takes a header of 996 printable characters, its name and value together. */
function isHeader(name: string, value: string): boolean {
  return (
    /^[!-9;-~]{1,126}$/.test(name) &&
    /^[ -~]{1,995}$/.test(value) &&
    name.length + value.length <= 996
  );
}

/** An address as SMTP takes it: ASCII before the @, punycode after. Undefined when that cannot be. */
export function wireAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = asciiOf(address.slice(at + 1));
  return at > 0 && domain !== '' && /^[!-~]+$/.test(local) ? `${local}@${domain}` : undefined;
}

/** Most readers share a few domains. */
const domains = new Map<string, string>();
const DOMAINS_KEPT = 1_000;

function asciiOf(domain: string): string {
  const found = domains.get(domain);
  if (found !== undefined) return found;
  if (domains.size >= DOMAINS_KEPT) domains.clear();
  const ascii = domainToASCII(domain);
  domains.set(domain, ascii);
  return ascii;
}

/** `Élise <elise@example.org>` with the name as RFC 2047 wants what is not plain. */
export function mailbox({ name, address }: { name: string; address: string }): string {
  const wire = wireAddress(address) ?? address;
  const plain = name.replaceAll(/[\r\n]+/g, ' ').trim();
  if (plain === '') return wire;
  return `${/^[\w !#$%&'*+./=?^`{|}~-]+$/.test(plain) ? `"${plain}"` : encodedWords(plain)} <${wire}>`;
}

/** An encoded word holds 75 characters, so 45 bytes, and never a part of a letter. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > 45) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word]
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join(' ');
}
