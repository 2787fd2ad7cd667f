import { engine, globalsOf, settingOf } from './engine.ts';
import type { Compiled, Hole } from './letter.ts';
import { type LookUp, lookUpOf } from './look-up.ts';
import { RenderFailed } from './render-failed.ts';

type Context = Readonly<Record<string, unknown>>;

/** No hole is worth more than a letter. */
const HOLE_LENGTH_MOST = 100_000;

/** What fills the holes for one reader after another. Reads the holes once. */
export function fillerOf({
  holes,
  language,
}: Compiled): (context: Context) => Record<string, string> {
  const fillers = holes.map((hole) => ({ name: hole.name, fill: fillOf(hole, language) }));
  // An object copied from one that was read keeps its shape: made name by name it would be a slow one.
  const blank = JSON.parse(
    JSON.stringify(Object.fromEntries(holes.map(({ name }) => [name, '']))),
  ) as Record<string, string>;
  return (context) => {
    const setting = settingOf(language, context);
    const data = { ...blank };
    for (const { name, fill } of fillers) {
      let text;
      try {
        text = fill(context, setting);
      } catch (error) {
        throw failureOf(error, name);
      }
      if (text.length > HOLE_LENGTH_MOST) throw new RenderFailed('result-too-long', name);
      data[name] = text;
    }
    return data;
  };
}

/** A plain look-up needs no Liquid: most holes are one, and it is ten times faster. */
function fillOf({ liquid }: Hole, language: string): LookUp {
  const lookUp = lookUpOf(liquid);
  if (lookUp) return lookUp;
  const parsed = engine.parse(liquid);
  const globals = globalsOf(language);
  return (context) => engine.renderSync(parsed, context, { globals }) as string;
}

/** What Liquid says may quote the data, so only the kind of failure is passed on. */
function failureOf(error: unknown, hole: string): RenderFailed {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) {
    if (cause instanceof RenderFailed) return new RenderFailed(cause.reason, hole);
    if (cause.message.includes('limit exceeded')) return new RenderFailed('too-much-work', hole);
  }
  return new RenderFailed('template-fault', hole);
}

const causeOf = (error: Error): unknown =>
  'originalError' in error ? error.originalError : undefined;

/** One reader's whole letter, put together as the provider does it: each `{{h0}}` once, values untouched. */
export function assemble(
  { wire }: Pick<Compiled, 'wire'>,
  data: Readonly<Record<string, string>>,
): { subject: string; html: string; text: string } {
  const filled = (text: string) =>
    text.replace(/\{\{(h\d+)\}\}/g, (_, name: string) => data[name] ?? '');
  return { subject: filled(wire.subject), html: filled(wire.html), text: filled(wire.text) };
}
