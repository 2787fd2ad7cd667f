import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, bodyOf, Refused } from '../api/client.ts';
import { LIVE_MS } from '../api/queries.ts';
import { piecesOf, textOf } from './file-text.ts';

const one = api.imports[':id'];
export type Import = InferResponseType<typeof one.$get, 200>;
const WORKING: readonly Import['state'][] = ['checking', 'running'];
export const isWorking = ({ state }: Pick<Import, 'state'>) => WORKING.includes(state);

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: () => bodyOf(api.imports.$get({ query: { limit: '50' } })),
});

/** One import; while the house works on it, it is looked at again and again. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => bodyOf(one.$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? LIVE_MS : false),
  });

export const refusedQuery = (id: string, state: Import['state']) =>
  queryOptions({
    queryKey: ['imports', id, 'refused', state],
    queryFn: () => bodyOf(one.refused.$get({ param: { id }, query: { limit: '50' } })),
  });

const PIECE_CHARACTERS = 300_000;

/** The file goes in pieces, in order; what was lost on the way is sent again. */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<string> {
  const pieces = piecesOf(textOf(await file.arrayBuffer()), PIECE_CHARACTERS);
  const { id } = await bodyOf(api.imports.$post({ json: { name: file.name.slice(0, 80) } }));
  try {
    for (const [index, text] of pieces.entries()) {
      const last = index === pieces.length - 1;
      await bodyOf(one.pieces.$post({ param: { id }, json: { index, text, last } }));
      onProgress((index + 1) / pieces.length);
    }
    return id;
  } catch (error) {
    // What cannot be read does not wait in the list for the rest of it.
    if (error instanceof Refused) await one.stop.$post({ param: { id } });
    throw error;
  }
}
