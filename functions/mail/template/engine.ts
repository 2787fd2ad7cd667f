import {
  type Context,
  type Emitter,
  ForTag,
  Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { escapes } from './escapes.ts';
import { type Setting, filters } from './filters.ts';

/** The only tags a letter may use, each with what may stand inside it and what ends it. */
export const BLOCKS: Readonly<
  Record<string, { readonly between: readonly string[]; readonly end: string }>
> = {
  if: { between: ['elsif', 'else'], end: 'endif' },
  unless: { between: ['elsif', 'else'], end: 'endunless' },
  case: { between: ['when', 'else'], end: 'endcase' },
  for: { between: ['else'], end: 'endfor' },
};

/**
 * Work one render may do: letters escaped and steps taken in loops. It is counted, not timed, so
 * that a slow machine refuses nobody; the clock below is the last resort.
 */
const WORK_MOST = 300_000;
const WORK_A_STEP = 12;
const RENDER_MS_MOST = 2_000;
const PARSE_LENGTH_MOST = 600_000;

/** Every turn of a loop is paid for, by the size of what it repeats. */
class BoundedFor extends ForTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    const before = rest.length;
    super(token, rest, liquid, parser);
    this.templates.unshift(new Toll(token, (before - rest.length + 1) * WORK_A_STEP));
  }
}

class Toll implements Template {
  readonly token: TagToken;
  readonly work: number;

  constructor(token: TagToken, work: number) {
    this.token = token;
    this.work = work;
  }

  *render(context: Context, _emitter: Emitter): Generator<void, void, void> {
    context.memoryLimit.use(this.work);
  }
}

/** What a render is given beside the reader's data. */
export const globalsOf = (language: string) => ({ language });

/** The zone stands in the data because it is the reader's; the language is the letter's. */
export function settingOf(language: string, context: Readonly<Record<string, unknown>>): Setting {
  const zone = Object.hasOwn(context, 'timeZone') ? context.timeZone : undefined;
  return { language, timeZone: typeof zone === 'string' ? zone : 'UTC' };
}

function newEngine(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    memoryLimit: WORK_MOST,
    renderLimit: RENDER_MS_MOST,
    parseLimit: PARSE_LENGTH_MOST,
    templates: {},
  });
  // No prototype either: a tag called `constructor` must be as unknown as any other.
  const { if: If, unless, case: Case } = liquid.tags;
  for (const name of Object.keys(liquid.tags)) Reflect.deleteProperty(liquid.tags, name);
  for (const name of Object.keys(liquid.filters)) Reflect.deleteProperty(liquid.filters, name);
  Object.setPrototypeOf(liquid.tags, null);
  Object.setPrototypeOf(liquid.filters, null);
  Object.assign(liquid.tags, { if: If, unless, case: Case, for: BoundedFor });

  for (const [name, { run }] of Object.entries(filters))
    liquid.registerFilter(name, function (value: unknown, ...args: unknown[]) {
      const { environments, globals } = this.context;
      return run(settingOf(globals.language as string, environments), value, ...args);
    });
  for (const [name, escape] of Object.entries(escapes))
    liquid.registerFilter(name, function (value: unknown) {
      const text = escape(value);
      this.context.memoryLimit.use(text.length);
      return text;
    });
  return liquid;
}

/** The one Liquid of letters, for checking, for filling and as the oracle in tests. */
export const engine: Liquid = newEngine();
