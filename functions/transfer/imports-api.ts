import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import {
  apiRoute,
  cursorOf,
  Id,
  json,
  jsonBody,
  MomentText,
  momentText,
  newApi,
  Page,
  pageOf,
  placeIn,
} from '../team/api.ts';
import { guessed, ImportCounts, ImportPlan, RefusedLine, Target, type Import } from './import.ts';
import { beginImport, receivePiece } from './receive.ts';
import { startCheck, startRun, stopImport } from './run-import.ts';
import { importsNewestFirst, readImport, refusedLines } from './store.ts';

const PIECE_CHARACTERS_MOST = 400_000;

const ImportView = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['receiving', 'ready', 'checking', 'checked', 'running', 'done', 'stopped']),
    /** The columns of the file, each with what stands in it first and what it seems to be. */
    columns: z.array(
      z.object({ name: z.string(), samples: z.array(z.string()), guess: Target.nullable() }),
    ),
    pieces: z.int(),
    rows: z.int(),
    /** How many rows the rehearsal or the run has behind it. */
    done: z.int(),
    plan: ImportPlan.nullable(),
    checked: ImportCounts.nullable(),
    counts: ImportCounts.nullable(),
    by: z.object({ id: z.string(), name: z.string() }),
    createdAt: MomentText,
    startedAt: MomentText.nullable(),
    finishedAt: MomentText.nullable(),
  })
  .meta({ id: 'Import' });

const tags = ['imports'];
const scope = 'imports:write';
const answered = { 200: json(ImportView, 'The import as it is now.') };
const begin = apiRoute({
  method: 'post',
  path: '/imports',
  scope,
  tags,
  summary: 'Begin to bring in a file of people',
  description:
    'Its pieces follow. Its name says where these addresses come from: who is brought in reads it in their first mail. A file that nobody runs is forgotten after a week.',
  request: jsonBody(z.strictObject({ name: z.string().trim().min(1).max(80) })),
  responses: { 201: json(ImportView, 'An import that waits for its file.') },
});
const piece = apiRoute({
  method: 'post',
  path: '/imports/{id}/pieces',
  scope,
  audited: 'nobody',
  tags,
  summary: 'Send a piece of the file',
  description:
    'CSV as text, with commas, semicolons, tabs or bars, its first line naming the columns. Cut it anywhere, and say with "last" that it is whole. A piece that came already changes nothing, so that a lost answer can be asked for again.',
  request: {
    params: Id,
    ...jsonBody(
      z.strictObject({
        index: z.int().min(0).max(100_000),
        text: z.string().max(PIECE_CHARACTERS_MOST),
        last: z.boolean().default(false),
      }),
    ),
  },
  responses: answered,
});
const list = apiRoute({
  method: 'get',
  path: '/imports',
  scope,
  tags,
  summary: 'Imports, newest first',
  request: { query: Page },
  responses: { 200: json(pageOf(ImportView), 'A page of imports.') },
});
const show = apiRoute({
  method: 'get',
  path: '/imports/{id}',
  scope,
  tags,
  summary: 'One import and how far it is',
  request: { params: Id },
  responses: answered,
});
const check = apiRoute({
  method: 'post',
  path: '/imports/{id}/check',
  scope,
  tags,
  summary: 'Rehearse it',
  description:
    'Says what each column is, which topics these people subscribe to, and what shows that they said yes. Every line is looked at and nobody is changed; ask for the import until it is "checked". Whom no proof shows is kept as unproven and gets nothing.',
  request: { params: Id, ...jsonBody(ImportPlan) },
  responses: answered,
});
const run = apiRoute({
  method: 'post',
  path: '/imports/{id}/run',
  scope,
  tags,
  summary: 'Do what was rehearsed',
  description:
    'In the background; it goes on where it was if it is interrupted. Who asked to be erased stays erased, and a "no" stays a "no" unless a later yes is shown. The file is removed when it is done.',
  request: { params: Id },
  responses: answered,
});
const stop = apiRoute({
  method: 'post',
  path: '/imports/{id}/stop',
  scope,
  tags,
  summary: 'Stop it',
  description: 'Who has been brought in stays. The file is removed.',
  request: { params: Id },
  responses: answered,
});
const refused = apiRoute({
  method: 'get',
  path: '/imports/{id}/refused',
  scope,
  tags,
  summary: 'The lines that were not taken, and why',
  description:
    'Of the run, or of the rehearsal before it. A line is numbered as an editor shows the file, so that a cell of several lines and an empty line count too; what stood in them is not repeated.',
  request: { params: Id, query: Page },
  responses: { 200: json(pageOf(RefusedLine.meta({ id: 'RefusedLine' })), 'A page of lines.') },
});

/** Files of people, brought in with their proof. */
export function importsApi(ports: Ports) {
  return newApi()
    .openapi(begin, async (c) => {
      const { id, name } = c.get('caller');
      const by = { id, name };
      const it = await beginImport(ports, { name: c.req.valid('json').name, by });
      return c.json(viewOf(it), 201);
    })
    .openapi(piece, async (c) => {
      const it = await receivePiece(ports, c.req.valid('param').id, c.req.valid('json'));
      return c.json(viewOf(it), 200);
    })
    .openapi(list, async (c) => {
      const { limit, ...page } = c.req.valid('query');
      const items: Import[] = [];
      for await (const it of importsNewestFirst(ports, placeIn(page))) {
        if (items.length === limit)
          return c.json({ items: items.map(viewOf), next: cursorOf(items.at(-1)!.importId) }, 200);
        items.push(it);
      }
      return c.json({ items: items.map(viewOf), next: null }, 200);
    })
    .openapi(show, async (c) => {
      const { it } = await readImport(ports, c.req.valid('param').id);
      return c.json(viewOf(it), 200);
    })
    .openapi(check, async (c) => {
      const it = await startCheck(ports, c.req.valid('param').id, c.req.valid('json'));
      c.set('facts', { rows: it.rows, proof: it.plan!.proof.kind });
      return c.json(viewOf(it), 200);
    })
    .openapi(run, async (c) => {
      const it = await startRun(ports, c.req.valid('param').id);
      c.set('facts', { rows: it.rows, proof: it.plan!.proof.kind });
      return c.json(viewOf(it), 200);
    })
    .openapi(stop, async (c) =>
      c.json(viewOf(await stopImport(ports, c.req.valid('param').id)), 200),
    )
    .openapi(refused, async (c) => {
      const { id } = c.req.valid('param');
      await readImport(ports, id);
      const { limit, ...page } = c.req.valid('query');
      const after = Number(placeIn(page) ?? 0);
      const items: RefusedLine[] = [];
      for await (const line of refusedLines(ports, id)) {
        if (line.line <= after) continue;
        if (items.length === limit)
          return c.json({ items, next: cursorOf(String(items.at(-1)!.line)) }, 200);
        items.push(line);
      }
      return c.json({ items, next: null }, 200);
    });
}

function viewOf(it: Import): z.infer<typeof ImportView> {
  const { name, state, pieces, rows, done, plan, checked, counts, by } = it;
  const guesses = guessed(it.header);
  return {
    id: it.importId,
    name,
    state,
    columns: it.header.map((column, index) => ({
      name: column,
      samples: it.samples.map((row) => row[index] ?? ''),
      guess: guesses[index] ?? null,
    })),
    pieces,
    rows,
    done,
    plan,
    checked,
    counts,
    by,
    createdAt: momentText(it.createdAt),
    startedAt: momentText(it.startedAt),
    finishedAt: momentText(it.finishedAt),
  };
}
