/** Under such names this browser keeps what the house does not have yet. */
export const KEPT_HERE = 'moderato.letter.';

export function isAnythingKept(): boolean {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(KEPT_HERE));
  } catch {
    return false;
  }
}
