import * as z from 'zod';

type Test = (value: unknown) => boolean;

/**
 * Reads rows with a schema, many thousands a second. What we wrote ourselves is nearly always just
 * what its schema gives back: that is seen without making a copy of it, and the row is taken as it
 * is. Everything else (a default to fill in, a name to leave out, a fault) goes through the schema.
 */
export function rowParser<Schema extends z.ZodType>(
  schema: Schema,
): (data: unknown) => z.output<Schema> {
  const isExact = exact(schema);
  return (data) => (isExact(data) ? (data as z.output<Schema>) : schema.parse(data));
}

type Known =
  | z.core.$ZodObjectDef
  | z.core.$ZodArrayDef
  | z.core.$ZodRecordDef
  | z.core.$ZodStringDef
  | z.core.$ZodNumberDef
  | z.core.$ZodBooleanDef
  | z.core.$ZodLiteralDef<z.core.util.Literal>
  | z.core.$ZodEnumDef
  | z.core.$ZodNullableDef
  | z.core.$ZodOptionalDef
  | z.core.$ZodDefaultDef
  | z.core.$ZodUnionDef;

/** Says yes only to what the schema would give back unchanged; it may say no to some of that. */
function exact(schema: z.core.$ZodType): Test {
  const def: Known = (schema as z.core.$ZodTypes)._zod.def as Known;
  switch (def.type) {
    case 'object':
      return def.checks?.length ? isUnchanged(schema) : exactObject(def);
    case 'array':
      return every(exact(def.element), lengthOf(def));
    case 'record':
      return def.checks?.length ? isUnchanged(schema) : exactRecord(def);
    case 'string':
      return exactString(schema, def);
    case 'number':
      return exactNumber(schema, def);
    case 'boolean':
      return (value) => value === true || value === false;
    case 'literal':
      return among(def.values);
    case 'enum':
      return among(Object.values(def.entries));
    case 'nullable':
      return orElse((value) => value === null, exact(def.innerType));
    case 'optional':
    case 'default':
      return exact(def.innerType);
    case 'union':
      return exactUnion(schema, def);
    default:
      return isUnchanged(schema);
  }
}

/** The first option that fits gives the result, so only what cannot fit two of them is seen here. */
function exactUnion(schema: z.core.$ZodType, def: z.core.$ZodUnionDef): Test {
  if (def.options.every(isEnum))
    return among(def.options.flatMap(({ _zod }) => Object.values(_zod.def.entries)));
  if (def.options.every(isScalar)) return def.options.map(exact).reduce(orElse);
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  if (discriminator === undefined) return isUnchanged(schema);
  const options = new Map<unknown, Test>();
  for (const option of def.options)
    for (const value of option._zod.propValues?.[discriminator] ?? [])
      options.set(value, exact(option));
  return (value) => isPlain(value) && (options.get(value[discriminator])?.(value) ?? false);
}

/** The schema itself, asked: a copy of an object is never the object, so this is for single values. */
function isUnchanged(schema: z.core.$ZodType): Test {
  return (value) => {
    const parsed = z.safeParse(schema, value);
    return parsed.success && parsed.data === value;
  };
}

function exactObject({ shape, catchall }: z.core.$ZodObjectDef): Test {
  if (catchall && (catchall as z.core.$ZodTypes)._zod.def.type !== 'never') return () => false;
  const fields = new Map(
    Object.entries(shape).map(([name, field]) => {
      const { type } = (field as z.core.$ZodTypes)._zod.def;
      return [name, { isExact: exact(field), isNeeded: type !== 'optional' }];
    }),
  );
  const needed = [...fields.values()].filter(({ isNeeded }) => isNeeded).length;
  return (value) => {
    if (!isPlain(value)) return false;
    let found = 0;
    for (const name in value) {
      const field = fields.get(name);
      if (!field?.isExact(value[name])) return false;
      if (field.isNeeded) found += 1;
    }
    return found === needed;
  };
}

function exactRecord({ keyType, valueType }: z.core.$ZodRecordDef): Test {
  const isKey = exact(keyType);
  const isValue = exact(valueType);
  return (value) => {
    if (!isPlain(value)) return false;
    for (const name in value)
      if (name === '__proto__' || !isKey(name) || !isValue(value[name])) return false;
    return true;
  };
}

function every(isElement: Test, fits: ((length: number) => boolean) | undefined): Test {
  if (!fits) return () => false;
  return (value) => Array.isArray(value) && fits(value.length) && value.every(isElement);
}

function exactString(schema: z.core.$ZodType, def: z.core.$ZodStringDef): Test {
  const fits = lengthOf(def);
  if (!fits || 'format' in def) return isUnchanged(schema);
  return (value) => typeof value === 'string' && fits(value.length);
}

function exactNumber(schema: z.core.$ZodType, def: z.core.$ZodNumberDef): Test {
  if (def.checks?.length) return isUnchanged(schema);
  if (!('format' in def)) return Number.isFinite;
  return def.format === 'safeint' ? Number.isSafeInteger : isUnchanged(schema);
}

/** What a schema asks of a length, when it asks nothing else. */
function lengthOf(def: {
  readonly checks?: z.core.$ZodCheck<never>[] | undefined;
}): ((length: number) => boolean) | undefined {
  let least = 0;
  let most = Infinity;
  for (const check of def.checks ?? []) {
    const asked = (check as z.core.$ZodChecks)._zod.def;
    if (asked.check === 'min_length') least = Math.max(least, asked.minimum);
    else if (asked.check === 'max_length') most = Math.min(most, asked.maximum);
    else return undefined;
  }
  return (length) => length >= least && length <= most;
}

function isScalar(schema: z.core.$ZodType): boolean {
  const { type } = (schema as z.core.$ZodTypes)._zod.def;
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'enum';
}

const isEnum = (schema: z.core.$ZodType): schema is z.core.$ZodEnum =>
  (schema as z.core.$ZodTypes)._zod.def.type === 'enum';

function among(values: readonly unknown[]): Test {
  const [only] = values;
  if (values.length === 1) return (value) => value === only;
  const known = new Set(values);
  return (value) => known.has(value);
}

const orElse =
  (one: Test, other: Test): Test =>
  (value) =>
    one(value) || other(value);

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
