import type { InferRequestType, InferResponseType } from 'hono/client';
import type { api } from './client.ts';

/** Names for what the API answers; the shapes are the server's own. */
export type Me = InferResponseType<typeof api.me.$get, 200>;
export type Topic = InferResponseType<typeof api.topics.$get, 200>['items'][number];
export type CampaignLine = InferResponseType<typeof api.campaigns.$get, 200>['items'][number];
export type Campaign = InferResponseType<(typeof api.campaigns)[':id']['$get'], 200>;
export type Figures = CampaignLine['figures'];
export type Preview = InferResponseType<typeof api.campaigns.preview.$post, 200>;
export type DryRunWish = InferRequestType<
  (typeof api.campaigns)[':id']['dry-run']['$post']
>['query'];
export type DryRun = InferResponseType<(typeof api.campaigns)[':id']['dry-run']['$post'], 200>;
export type Letters = InferResponseType<typeof api.digests.$get, 200>;
export type LetterDay = InferResponseType<(typeof api.digests)[':id']['$get'], 200>;
export type Person = InferResponseType<(typeof api.people)[':id']['$get'], 200>;
export type StoryMoment = InferResponseType<
  (typeof api.people)[':id']['timeline']['$get'],
  200
>['items'][number];
export type Brand = InferResponseType<typeof api.brand.$get, 200>;
export type Report = InferResponseType<typeof api.reports.today.$get, 200>;
