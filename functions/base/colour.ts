/** Red, green and blue, each from 0 to 255. */
type Rgb = readonly [number, number, number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const STEPS = 50;

/**
 * The nearest colour to a brand's own that still reads on every one of these backgrounds (4.5 to 1
 * and a little more): darker on light paper, lighter on dark, its hue and strength kept.
 */
export function readableOn(colour: string, backgrounds: readonly string[], wanted = 4.6): string {
  const { hue, strength, lightness } = hueOf(rgbOf(colour));
  const papers = backgrounds.map(rgbOf);
  const end = luminance(papers[0]!) > 0.5 ? 0 : 1;
  for (let step = 0; step <= STEPS; step += 1) {
    const shade = lightness + (end - lightness) * (step / STEPS);
    const shown = step === 0 ? rgbOf(colour) : fromHue(hue, strength, shade);
    if (papers.every((paper) => ratio(shown, paper) >= wanted)) return hexOf(shown);
  }
  return end === 0 ? '#000000' : '#ffffff';
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

type Hue = { readonly hue: number; readonly strength: number; readonly lightness: number };

function hueOf(colour: Rgb): Hue {
  const [red, green, blue] = colour.map((part) => part / 255) as [number, number, number];
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const spread = most - least;
  const lightness = (most + least) / 2;
  if (spread === 0) return { hue: 0, strength: 0, lightness };
  const turn =
    most === red
      ? (green - blue) / spread
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return {
    hue: (turn * 60 + 360) % 360,
    strength: spread / (1 - Math.abs(2 * lightness - 1)),
    lightness,
  };
}

function fromHue(hue: number, strength: number, lightness: number): Rgb {
  const reach = strength * Math.min(lightness, 1 - lightness);
  const part = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    const share = lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(share * 255);
  };
  return [part(0), part(8), part(4)];
}

function rgbOf(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
