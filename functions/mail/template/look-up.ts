import { evalQuotedToken, Tokenizer, TypeGuards, type ValueToken } from 'liquidjs';
import { type Escape, escapes } from './escapes.ts';
import { filters, type Setting } from './filters.ts';

type Context = Readonly<Record<string, unknown>>;
export type LookUp = (context: Context, setting: Setting) => string;
type Get = (context: Context) => unknown;

/** Names that Liquid reads in its own way; such a hole is left to it. */
const LIQUIDS_OWN = new Set(['size', 'first', 'last']);

/**
 * A hole that only looks a value up and passes it through filters, done without Liquid; undefined
 * for everything else. It gives to the letter what Liquid would give: a property holds this.
 */
export function lookUpOf(liquid: string): LookUp | undefined {
  const inner = /^\{\{ ([^]*) \| (in_[a-z_]+) \}\}$/.exec(liquid);
  if (!inner) return literalOf(liquid);
  const escape = escapes[inner[2] as Escape];
  const { initial, filters: chain } = new Tokenizer(inner[1]!).readFilteredValue();
  const [first, ...others] = initial.postfix;
  const get = first && others.length === 0 ? getterOf(first as ValueToken) : undefined;
  if (!get) return undefined;

  const steps: ((value: unknown, context: Context, setting: Setting) => unknown)[] = [];
  for (const { name, args } of chain) {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    const getters = args.map((arg) => (Array.isArray(arg) ? undefined : getterOf(arg)));
    if (!filter || !getters.every((getter) => getter !== undefined)) return undefined;
    steps.push((value, context, setting) =>
      filter.run(setting, value, ...getters.map((getter) => getter(context))),
    );
  }
  if (steps.length === 0) return (context) => escape(get(context));
  return (context, setting) => {
    let value = get(context);
    for (const step of steps) value = step(value, context, setting);
    return escape(value);
  };
}

/** Braces of fixed text, set aside in quotes. */
function literalOf(liquid: string): LookUp | undefined {
  const inner = /^\{\{ ("[{}\\]+") \}\}$/.exec(liquid);
  const quoted = inner && new Tokenizer(inner[1]!).readQuoted();
  if (!quoted) return undefined;
  const text = evalQuotedToken(quoted);
  return () => text;
}

function getterOf(token: ValueToken): Get | undefined {
  if (TypeGuards.isQuotedToken(token)) {
    const text = evalQuotedToken(token);
    return () => text;
  }
  if (TypeGuards.isNumberToken(token)) {
    const number = token.content;
    return () => number;
  }
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable) return undefined;
  const names = token.props.map((prop) =>
    TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop) ? prop.content : undefined,
  );
  return names.every((name) => name !== undefined && !LIQUIDS_OWN.has(name))
    ? walk(names as string[])
    : undefined;
}

/** Own properties only, as Liquid is told to. */
function walk(names: readonly string[]): Get {
  return (context) => {
    let value: unknown = context;
    for (const name of names) {
      if (value === undefined || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return typeof value === 'function' ? undefined : value;
  };
}
