const INK = '#241d1c';
const READABLE = 5;

/** The letter's colours from the house's one, near to what the letter is made with. */
export function coloursOf(colour: string): Record<`--${string}`, string> {
  const isReadable = contrastWithWhite(colour) >= READABLE;
  return {
    '--brand': colour,
    '--brand-ink': contrastWithWhite(colour) >= 4.5 ? '#ffffff' : '#1b1413',
    '--brand-link': isReadable ? colour : INK,
  };
}

function contrastWithWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05);
}
