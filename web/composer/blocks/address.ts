/** Where a letter may lead. */
export const isAddress = (text: string) => /^(?:https:\/\/|mailto:|tel:|\{\{)/.test(text);

/** An address as people type it: "example.org/new", "claire@example.org". */
export function addressOf(text: string): string {
  const bare = text.trim();
  if (bare === '' || isAddress(bare)) return bare;
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(bare)) return `mailto:${bare}`;
  if (/^http:\/\//i.test(bare)) return bare.replace(/^http:/i, 'https:');
  return /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(bare) ? `https://${bare}` : bare;
}
