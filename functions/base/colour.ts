/** Red, green and blue, each from 0 to 255. */
type Rgb = readonly [number, number, number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const STEPS = 50;

/**
 * The nearest colour to a brand's own that still reads on every one of these backgrounds (4.5 to 1
 * and a little more): darkened on light paper, lightened on dark.
 */
export function readableOn(colour: string, backgrounds: readonly string[], wanted = 4.6): string {
  const start = rgbOf(colour);
  const papers = backgrounds.map(rgbOf);
  const towards = luminance(papers[0]!) > 0.5 ? BLACK : WHITE;
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = mix(start, towards, step / STEPS);
    if (papers.every((paper) => ratio(mixed, paper) >= wanted)) return hexOf(mixed);
  }
  return hexOf(towards);
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(colour: string): string {
  const rgb = rgbOf(colour);
  return ratio(rgb, WHITE) >= ratio(rgb, BLACK) ? '#ffffff' : '#000000';
}

/** How well two colours tell apart, from 1 to 21, as WCAG counts it. */
export function contrast(one: string, other: string): number {
  return ratio(rgbOf(one), rgbOf(other));
}

function ratio(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((part, index) =>
    Math.round(part + (to[index]! - part) * share),
  ) as unknown as Rgb;
}

function rgbOf(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
