import type { Arrived } from '../ports/mailer.ts';

/** Reads the MIME that we write (one alternative of text and html), the way a mail program would. */
export function readMime(raw: string): Omit<Arrived, 'to'> {
  const { headers, body } = split(raw);
  const boundary = /boundary="(.+?)"/.exec(headers['Content-Type'] ?? '')?.[1] ?? '';
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')));
  const partOf = (type: string) =>
    decode(parts.find((part) => part.headers['Content-Type']?.startsWith(type))!);
  return {
    headers,
    subject: decodeWords(headers['Subject'] ?? ''),
    text: partOf('text/plain'),
    html: partOf('text/html'),
  };
}

function split(raw: string): { headers: Record<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => /^([^:]+): *(.*)$/.exec(line)!.slice(1) as [string, string]);
  return { headers: Object.fromEntries(headers), body: raw.slice(end + 4) };
}

function decode({ headers, body }: ReturnType<typeof split>): string {
  const text = body.replace(/\r\n$/, '');
  const encoding = headers['Content-Transfer-Encoding'];
  if (encoding === 'base64') return asLines(Buffer.from(text, 'base64').toString());
  return asLines(encoding === 'quoted-printable' ? fromQuoted(text.replace(/=\r\n/g, '')) : text);
}

const asLines = (text: string) => text.replaceAll('\r\n', '\n');

function decodeWords(text: string): string {
  const joined = text.replace(/\?= =\?/g, '?==?');
  return joined.replace(/=\?UTF-8\?([QB])\?(.*?)\?=/g, (_, kind: string, word: string) =>
    kind === 'B' ? Buffer.from(word, 'base64').toString() : fromQuoted(word.replaceAll('_', ' ')),
  );
}

function fromQuoted(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  ).toString();
}
