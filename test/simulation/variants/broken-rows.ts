import type { Ports, Row, Table } from '../../../functions/base/ports.ts';

/** Rows read without what they say: each forgets one thing that decides who gets a mail. */

const readAs =
  (seen: (row: Row) => Row) =>
  (table: Table): Table => ({
    ...table,
    get: async (key) => {
      const row = await table.get(key);
      return row && seen(row);
    },
    getMany: async (keys) => (await table.getMany(keys)).map((row) => row && seen(row)),
  });

const without =
  (isOne: (row: Row) => boolean, forgotten: object) =>
  (ports: Ports): Ports => ({
    ...ports,
    table: readAs((row) =>
      isOne(row) ? { ...row, data: { ...(row.data as object), ...forgotten } } : row,
    )(ports.table),
  });

/** What ends a letter for somebody is asked once, when it is planned, and never again. */
export const endsForNobody = without(({ key }) => key.pk === 'publications', { stopIf: null });

/** A letter for some goes to all who follow its topic. */
export const forEverybody = without(({ key }) => key.pk === 'campaigns', {
  frozen: { audience: undefined, stopIf: undefined },
});

/** What was put right is told to all who follow the topic, and not to whom it was told wrong. */
export const toldToAll = without(({ key }) => key.pk === 'campaigns', { corrects: null });

/** What was in a file of people is kept when they are in. */
export const fileKept = (ports: Ports): Ports => ({
  ...ports,
  files: { ...ports.files, remove: async () => undefined },
});

/** Who was welcomed is not crossed off, and is greeted anew on each day on which there is news. */
export const greetedEachDay = (ports: Ports): Ports => ({
  ...ports,
  table: {
    ...readAs((row) =>
      row.key.pk === 'agenda#welcome'
        ? { ...row, data: { ...(row.data as object), at: ports.now() } }
        : row,
    )(ports.table),
    writeAll: (writes) =>
      ports.table.writeAll(
        writes.filter(({ kind, key }) => kind !== 'remove' || key.pk !== 'agenda#welcome'),
      ),
  },
});
