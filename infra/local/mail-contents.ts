import * as z from 'zod';
import type { Destination } from '../../functions/base/ports.ts';

export type Contents = Pick<Destination, 'data' | 'headers'>;

/** A name of one mail's part, and where its value is: in every mail, or the same in all of them. */
const Column = z.tuple([z.string(), z.union([z.int(), z.string(), z.null()])]);
const Packed = z.object({
  data: z.array(Column),
  headers: z.array(Column),
  mails: z.array(z.array(z.string().nullable())),
});
type Column = z.infer<typeof Column>;
type Values = readonly (string | null)[];

/**
 * What fills the holes of the mails of one call, as one text. Much of it is the same for all of them
 * or said twice in each (in the HTML and in the text part): that is written once.
 */
export function packed(mails: readonly Contents[]): string {
  const kept: Values[] = [];
  const known = new Map<string | null, number[]>();
  const columnOf = (name: string, values: Values): Column => {
    const first = values[0] ?? null;
    if (values.every((value) => value === first)) return [name, first];
    const alike = known.get(first) ?? [];
    known.set(first, alike);
    const place = alike.find((at) => kept[at]!.every((value, index) => value === values[index]));
    if (place !== undefined) return [name, place];
    alike.push(kept.length);
    return [name, kept.push(values) - 1];
  };
  const columns = (part: keyof Contents) =>
    namesIn(mails.map((mail) => mail[part])).map((name) =>
      columnOf(
        name,
        mails.map((mail) => mail[part][name] ?? null),
      ),
    );
  const [data, headers] = [columns('data'), columns('headers')];
  const rows = mails.map((_, index) => kept.map((values) => values[index]!));
  return JSON.stringify({ data, headers, mails: rows } satisfies z.infer<typeof Packed>);
}

export function unpacked(text: string): Contents[] {
  const { data, headers, mails } = Packed.parse(JSON.parse(text));
  return mails.map((values) => ({ data: filled(data, values), headers: filled(headers, values) }));
}

function filled(columns: readonly Column[], values: Values): Record<string, string> {
  const named = columns.map(([name, at]) => [name, typeof at === 'number' ? values[at] : at]);
  return Object.fromEntries(named.filter(([, value]) => typeof value === 'string')) as Record<
    string,
    string
  >;
}

/** Nearly always the names of the first. */
function namesIn(parts: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const names = Object.keys(parts[0] ?? {});
  const known = new Set(names);
  for (const part of parts)
    for (const name in part)
      if (!known.has(name)) {
        known.add(name);
        names.push(name);
      }
  return names;
}
