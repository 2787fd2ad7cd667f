/** A colour as `#rrggbb`. */
type Colour = string;

/** WCAG asks for 4.5 between text and what is behind it; a little more is calmer to read. */
const READABLE = 5;

/** The house's colour, darker or lighter in small steps until it can be read on this background. */
export function readableOn(background: Colour, colour: Colour, least = READABLE): Colour {
  const isOnLight = luminanceOf(background) > 0.4;
  const { hue, saturation, lightness } = hslOf(colour);
  for (let step = 0; step <= 20; step += 1) {
    const towards = isOnLight ? 0 : 1;
    const shade = colourOf({
      hue,
      saturation,
      lightness: lightness + ((towards - lightness) * step) / 20,
    });
    if (contrastOf(shade, background) >= least) return shade;
  }
  return isOnLight ? '#000000' : '#ffffff';
}

/** The ink of a button: white where white can be read on the colour, else near black. */
export function inkOn(colour: Colour): Colour {
  return contrastOf('#ffffff', colour) >= 4.5 ? '#ffffff' : '#1b1413';
}

/** From 1, no difference, to 21, black on white. WCAG 2.2, contrast ratio. */
export function contrastOf(one: Colour, other: Colour): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** The same hue as pale as paper, for what stands behind words. */
export function tintOf(colour: Colour): Colour {
  const { hue, saturation } = hslOf(colour);
  return colourOf({ hue, saturation: Math.min(saturation, 0.5), lightness: 0.94 });
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = partsOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

type Hsl = { readonly hue: number; readonly saturation: number; readonly lightness: number };

function hslOf(colour: Colour): Hsl {
  const [red, green, blue] = partsOf(colour).map((part) => part / 255) as [number, number, number];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const spread = most - least;
  const lightness = (most + least) / 2;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const turn =
    most === red
      ? (green - blue) / spread
      : most === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread;
  return {
    hue: (turn * 60 + 360) % 360,
    saturation: spread / (1 - Math.abs(2 * lightness - 1)),
    lightness,
  };
}

function colourOf({ hue, saturation, lightness }: Hsl): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const hex = [0, 8, 4].map((offset) => {
    const place = (offset + hue / 30) % 12;
    const share = lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(share * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${hex.join('')}`;
}

function partsOf(colour: Colour): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error('a colour is written as #rrggbb');
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
