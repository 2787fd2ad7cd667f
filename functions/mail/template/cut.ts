import { type Hole, type Place } from './letter.ts';
import { BLOCKS } from './engine.ts';
import { liquidOf, type Node, placeOf } from './nodes.ts';

/** A sealed link of ours holds nothing that any place escapes: HTML and text share its hole. */
const OUR_LINK =
  /^\{\{ (links\.(?:preferences|unsubscribe)) \| in_(?:url|plain_url|attribute|text|plain) \}\}$/;

/** The holes of one letter, found in its subject, its HTML and its text; the same twice is one hole. */
export class Holes {
  readonly #byContent = new Map<string, Hole>();

  get all(): readonly Hole[] {
    return [...this.#byContent.values()];
  }

  nameOf(liquid: string, place: Place): string {
    const content = OUR_LINK.exec(liquid)?.[1] ?? `${place} ${liquid}`;
    const hole = this.#byContent.get(content) ?? {
      name: `h${this.#byContent.size}`,
      liquid,
      place,
    };
    this.#byContent.set(content, hole);
    return hole.name;
  }
}

/** Leaves a hole where readers differ: an output, or a whole block with all that stands in it. */
export function cut(nodes: readonly Node[], holes: Holes, place: Place): string {
  let fixed = '';
  let block = '';
  let blockPlace = place;
  let depth = 0;
  for (const node of nodes) {
    const liquid = liquidOf(node);
    if (node.kind === 'tag' && Object.hasOwn(BLOCKS, node.name) && (depth += 1) === 1)
      blockPlace = node.place;
    if (depth > 0) block += liquid;
    else if (node.kind === 'text') fixed += node.text;
    else if (node.kind !== 'tag')
      fixed += `{{${holes.nameOf(liquid, node.kind === 'output' ? placeOf(node.escape) : place)}}}`;
    if (node.kind === 'tag' && node.name.startsWith('end') && (depth -= 1) === 0) {
      fixed += `{{${holes.nameOf(block, blockPlace)}}}`;
      block = '';
    }
  }
  return fixed;
}
