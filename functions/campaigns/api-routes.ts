import * as z from 'zod';
import { PLACES } from '../mail/figures.ts';
import { TOLD, type Told } from '../mail/told.ts';
import { Language } from '../people/brand.ts';
import { apiRoute, Id, json, jsonBody, Page, pageOf } from '../team/api.ts';
import { CampaignChange, CampaignLine, CampaignView, NewCampaign, State } from './api-views.ts';
import { CorrectionInput } from './correct.ts';
import { ScheduleInput } from './schedule-wish.ts';

const tags = ['campaigns'];
const request = { params: Id };
const answered = { 200: json(CampaignView, 'The campaign as it is now.') };

const mayBeUnready = z.object({
  unready: z
    .enum(['refuse', 'keep'])
    .default('refuse')
    .describe(
      '"keep" keeps a draft that cannot be sent as it stands, as its author left it: "ready" is then false and "remarks" names each place to mend. It is not scheduled before it is ready.',
    ),
});

/** An act on a campaign that takes no body and answers the campaign. */
function act<const Name extends string>(
  name: Name,
  summary: string,
  description: string,
  sends = false,
) {
  return apiRoute({
    method: 'post',
    path: `/campaigns/{id}/${name}`,
    scope: 'campaigns:send',
    sends,
    tags,
    summary,
    description,
    request,
    responses: answered,
  });
}

export const make = apiRoute({
  method: 'post',
  path: '/campaigns',
  scope: 'campaigns:write',
  tags,
  summary: 'Write a campaign',
  description:
    'A draft: nobody is written to before it is scheduled. A template that cannot be made into a letter is refused with line and column, unless "unready" is "keep".',
  request: { query: mayBeUnready, ...jsonBody(NewCampaign) },
  responses: { 201: json(CampaignView, 'The draft.') },
});
export const list = apiRoute({
  method: 'get',
  path: '/campaigns',
  scope: 'campaigns:read',
  tags,
  summary: 'All campaigns, newest first',
  description: 'All of them, or those in one state, of one topic, or whose name has these words.',
  request: {
    query: Page.extend({
      state: State.optional(),
      topic: z.string().max(40).optional(),
      series: z.string().max(64).optional().describe('letters of one that leaves again and again'),
      text: z.string().max(120).optional(),
    }),
  },
  responses: { 200: json(pageOf(CampaignLine), 'A page of campaigns with their figures.') },
});
export const show = apiRoute({
  method: 'get',
  path: '/campaigns/{id}',
  scope: 'campaigns:read',
  tags,
  summary: 'One campaign, its letter and its figures',
  request,
  responses: { 200: json(CampaignView, 'The campaign; its ETag is what a change needs.') },
});
export const change = apiRoute({
  method: 'patch',
  path: '/campaigns/{id}',
  scope: 'campaigns:write',
  audited: 'seldom',
  tags,
  summary: 'Change a draft',
  description:
    'Send If-Match with the ETag that was read. What is left out stays; null takes away what may be missing.',
  request: { params: Id, query: mayBeUnready, ...jsonBody(CampaignChange) },
  responses: answered,
});
export const duplicate = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/duplicate',
  scope: 'campaigns:write',
  tags,
  summary: 'The same letter as a new draft',
  request,
  responses: { 201: json(CampaignView, 'The new draft.') },
});
export const schedule = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/schedule',
  scope: 'campaigns:send',
  sends: true,
  tags,
  summary: 'Send a draft at an hour',
  description:
    'An hour of a wall clock and its zone, or "reader" for each reader’s own clock. "now" leaves in two minutes. "expect" is the number of readers as a person typed it; another number refuses the call. To more readers than the house has set ("largeSend" of the brand) a member of the house needs it; where the house wants a second person instead, the answer is still a draft, with "asked", until somebody else approves it, and a program waits for one too.',
  request: { params: Id, ...jsonBody(ScheduleInput) },
  responses: answered,
});
export const approve = act(
  'approve',
  'Say yes as the second person',
  'To a send to many that somebody else asked for. It leaves at the hour that was asked for, in two minutes at the earliest; a letter that was changed since has to be asked for again.',
  true,
);
export const unschedule = act(
  'unschedule',
  'Make it a draft again',
  'Before it has started: what was just sent can be taken back for two minutes. It takes back what waits for a second person too.',
);
export const pause = act('pause', 'Hold it where it stands', 'Who has it keeps it; others wait.');
export const resume = act(
  'resume',
  'Go on',
  'Whether a person paused it, the provider blocked it, or it came too late.',
  true,
);
export const stop = act('stop', 'End it for good', 'Who has not got it will not.');
export const withdraw = act(
  'withdraw',
  'Leave it out of letters to come',
  'What has gone has gone.',
);
export const resend = act(
  'resend-uncertain',
  'Send again where nobody knows',
  'To readers whose mail may or may not have left, after the provider gave no clear answer and told nothing since. Whoever has it already gets it twice. Each is asked about anew: who has left meanwhile gets nothing.',
  true,
);
export const correct = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/correct',
  scope: 'campaigns:send',
  sends: true,
  tags,
  summary: 'Put right what has been sent',
  description:
    'A campaign of its own, which leaves in two minutes to those who got the original, alone or in their own letter, at their pace. Letters to come and the page of the original show the right text at once. Take it off the agenda with "unschedule".',
  request: { params: Id, ...jsonBody(CorrectionInput) },
  responses: { 201: json(CampaignView, 'The correction.') },
});
const SaidWords = z.union([z.string(), z.record(z.string(), z.string())]);
export const answers = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/answers',
  scope: 'campaigns:read',
  tags,
  summary: 'What it asked its readers, and what they answered',
  description: 'How many people gave each answer; whoever changed their mind is counted once.',
  request,
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            words: SaidWords,
            answers: z.array(z.object({ id: z.string(), words: SaidWords, count: z.int() })),
          }),
        ),
      }),
      'Its questions.',
    ),
  },
});
export const links = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/links',
  scope: 'campaigns:read',
  tags,
  summary: 'How often each link was followed',
  description:
    'In sum, by everybody alike; what machines followed is left out. Links that differ from reader to reader are not counted.',
  request,
  responses: {
    200: json(
      z.object({ items: z.array(z.object({ url: z.string(), clicks: z.int() })) }),
      'Every counted link.',
    ),
  },
});
export const trial = apiRoute({
  method: 'post',
  path: '/campaigns/{id}/test',
  scope: 'campaigns:test',
  sends: true,
  tags,
  summary: 'Send it to whoever wrote it',
  description: 'As a reader without a name would get it. It stands in no book.',
  request: {
    params: Id,
    ...jsonBody(z.strictObject({ to: z.string().max(400), language: Language.optional() })),
  },
  responses: { 202: json(z.object({ sent: z.literal(1) }), 'It is on its way.') },
});
export const deliveries = apiRoute({
  method: 'get',
  path: '/campaigns/{id}/deliveries',
  scope: 'people:read',
  tags,
  summary: 'The delivery log: one line a candidate',
  description:
    'All of it, or the lines behind a figure: by decision, reason, place in the books, or what the provider told. Where few stand among many a page may be short, and the log still go on until "next" is null.',
  request: {
    params: Id,
    query: Page.extend({
      person: z.string().max(64).optional(),
      decision: z.enum(['send', 'hold', 'digest', 'drop']).optional(),
      reason: z.string().max(40).optional(),
      place: z.enum(PLACES).optional(),
      told: z.enum(['delivered', 'bounced', 'complained']).optional(),
    }),
  },
  responses: {
    200: json(
      pageOf(
        z
          .object({
            person: z.string(),
            decision: z.string(),
            reason: z.string(),
            place: z.string(),
            at: z.iso.datetime().nullable(),
            messageId: z.string().nullable(),
            because: z.string().nullable(),
            told: z.array(z.enum(Object.keys(TOLD) as [Told, ...Told[]])),
          })
          .meta({ id: 'Delivery' }),
      ),
      'A page of the log, in the order planned.',
    ),
  },
});
