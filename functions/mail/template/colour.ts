/** A colour as `#rrggbb`. */
type Colour = string;

/** WCAG asks for 4.5 between text and what is behind it. */
const READABLE = 4.5;

/** The house's colour, darkened or lightened in small steps until it can be read on this background. */
export function readableOn(background: Colour, colour: Colour): Colour {
  const towards = luminanceOf(background) > 0.4 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share);
    if (contrastOf(mixed, background) >= READABLE) return mixed;
  }
  return towards;
}

/** The ink of a button: white where white can be read on the colour, else near black. */
export function inkOn(colour: Colour): Colour {
  return contrastOf('#ffffff', colour) >= READABLE ? '#ffffff' : '#1b1413';
}

function contrastOf(one: Colour, other: Colour): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = partsOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const [from, to] = [partsOf(one), partsOf(other)];
  const hex = from.map((part, index) =>
    Math.round(part + (to[index]! - part) * share)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

function partsOf(colour: Colour): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error('a colour is written as #rrggbb');
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
