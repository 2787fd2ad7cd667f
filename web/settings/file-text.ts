/**
 * The words of a file, whichever program wrote it: UTF-8, UTF-16 that says so by its first sign, and
 * what is neither is Windows-1252, in which spreadsheets in French still write.
 */
export function textOf(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The text in pieces of about so many characters; no sign of two halves is cut in two. */
export function piecesOf(text: string, characters: number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length || pieces.length === 0;) {
    const cut = from + characters;
    const isHalf = cut < text.length && /[\ud800-\udbff]/.test(text[cut - 1]!);
    const to = isHalf ? cut + 1 : cut;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}
