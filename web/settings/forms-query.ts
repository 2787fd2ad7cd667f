import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api, bodyOf, versioned } from '../api/client.ts';
import type { Words } from '../words/words.ts';

export type Form = InferResponseType<typeof api.forms.$get, 200>['items'][number];
type Change = InferRequestType<(typeof api.forms)[':id']['$patch']>['json'];

export const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: () => bodyOf(api.forms.$get()),
});

/** A change is made to the form as it is now. */
export async function changeForm(id: string, change: Change) {
  const { version } = await versioned(api.forms[':id'].$get({ param: { id } }));
  const asked = { param: { id }, json: change };
  return bodyOf(api.forms[':id'].$patch(asked, { headers: { 'if-match': version } }));
}

export const nameOfForm = ({ id }: Pick<Form, 'id'>, t: Words['t']) =>
  id === 'home' ? t('signUp.home') : id;
