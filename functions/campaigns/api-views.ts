import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { AudienceField } from '../people/condition-schema.ts';
import type { AudienceCondition } from '../people/condition.ts';
import { Sentence } from '../people/segments-api.ts';
import { speaker, type Speak } from '../people/segments.ts';
import { MomentText, momentText } from '../team/api.ts';
import { PLACES } from '../mail/figures.ts';
import { CampaignInput, Checked, type Campaign, type Hand, type Schedule } from './campaign.ts';
import { remarksOf } from './ready.ts';
import type { Held } from './store.ts';
import { standingOf } from './view.ts';

const conditions = { audience: AudienceField.optional(), stopIf: AudienceField.optional() };
export const NewCampaign = CampaignInput.extend(conditions).meta({ id: 'NewCampaign' });

const { whole, public: listed, ...rest } = NewCampaign.shape;
const removable = <Schema extends z.ZodType>(schema: z.ZodOptional<Schema>) =>
  schema.unwrap().nullable().optional();

/** What is left out stays; null takes away what may be missing. */
export const CampaignChange = z.strictObject({
  name: rest.name.optional(),
  topic: rest.topic.optional(),
  subject: rest.subject.optional(),
  content: rest.content.optional(),
  whole: whole.unwrap().optional(),
  public: listed.unwrap().optional(),
  preheader: removable(rest.preheader),
  from: removable(rest.from),
  replyTo: removable(rest.replyTo),
  title: removable(rest.title),
  summary: removable(rest.summary),
  picture: removable(rest.picture),
  audience: removable(rest.audience),
  stopIf: removable(rest.stopIf),
  expiresAt: removable(rest.expiresAt),
});
export type CampaignChange = z.infer<typeof CampaignChange>;

export function changed(input: CampaignInput, change: CampaignChange): CampaignInput {
  const merged = Object.entries({ ...input, ...change }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return CampaignInput.parse(Object.fromEntries(merged));
}

export const State = z.enum([
  'draft',
  'scheduled',
  'sending',
  'paused',
  'blocked',
  'stopped',
  'sent',
  'recurring',
  'ended',
]);
const Count = z.int();
const PLACE_MEANS: Readonly<Record<(typeof PLACES)[number], string>> = {
  open: 'still to be sent',
  accepted: 'taken by the provider',
  held: 'wait: it is night for them, or the hour they chose is to come',
  digest: 'get it in their own letter, at the pace they chose',
  dropped: 'do not get it; "byReason" says why',
  refused: 'the provider would not take it for them',
  uncertain: 'nobody knows whether they have it; never sent again by itself',
};
export const FiguresView = z
  .object({
    candidates: Count.describe('readers it was for; the seven places below always add up to them'),
    ...(Object.fromEntries(
      PLACES.map((place) => [place, Count.describe(PLACE_MEANS[place])]),
    ) as Record<(typeof PLACES)[number], typeof Count>),
    byReason: z.record(z.string(), Count).describe('candidates by why each was decided so'),
    deliveredInDigests: Count.describe('of "digest": have had it in their own letter'),
    leftOutOfDigests: Count.describe('of "digest": will not get it, and why follows'),
    leftOutByReason: z.record(z.string(), Count),
    delivered: Count.describe('the provider told that it arrived'),
    bounced: Count.describe('came back'),
    dead: Count.describe('of "bounced": the address does not exist'),
    complained: Count.describe('their readers called it spam'),
    clicked: Count.describe('clicks in sum; nobody is followed who did not ask for it'),
    clickedByMachines: Count.describe(
      'clicks of what follows every link at once; they mean nothing',
    ),
    unsubscribed: Count.describe('left from this mail'),
    retained: Count.describe('came to leave from this mail and chose fewer letters instead'),
  })
  .meta({ id: 'Figures' });

export const HandView = z.object({ id: z.string(), name: z.string() });
const ScheduleView = z
  .object({ at: z.string(), timeZone: z.string(), startsAt: MomentText })
  .nullable();

export const CampaignLine = z
  .object({
    id: z.string(),
    name: z.string(),
    topic: z.string(),
    /** Its number among all that was published, once it has started. */
    number: z.int().nullable(),
    /** Whom it is for, as one would say it. */
    readers: Sentence,
    state: State,
    ready: z.boolean().describe('false for a draft that cannot be sent as it stands'),
    because: z.string().nullable().describe('why it stands still, if it does'),
    first: z
      .object({ readers: z.int(), judgedAt: MomentText.nullable() })
      .nullable()
      .describe(
        'of a large send: how many go ahead, and when what came back of them is looked at; the rest follows then',
      ),
    schedule: ScheduleView,
    /** A send to many that waits for a second person. */
    asked: z
      .object({
        by: HandView,
        at: MomentText,
        leaves: z.object({ at: z.string(), timeZone: z.string() }),
      })
      .nullable(),
    /** Who looked at it before it was put on the agenda. */
    checked: z
      .object({ by: HandView, how: Checked.shape.how, second: HandView.nullable(), at: MomentText })
      .nullable(),
    corrects: z.string().nullable().describe('the campaign it puts right'),
    occurrence: z
      .object({
        series: z.string().describe('the campaign it is a copy of'),
        date: z.iso.date(),
        at: z.string(),
        timeZone: z.string(),
        waits: z
          .enum(['more-readers', 'unchanged', 'not-ready'])
          .nullable()
          .describe('why it is not on the agenda, though its date comes'),
      })
      .nullable()
      .describe('which letter it is of those that leave again and again'),
    changedBy: HandView.nullable(),
    createdAt: MomentText,
    changedAt: MomentText,
    finishedAt: MomentText.nullable(),
    figures: FiguresView,
  })
  .meta({ id: 'CampaignLine' });

export const CampaignView = NewCampaign.extend(CampaignLine.shape)
  .extend({
    whole: z.boolean(),
    public: z.boolean(),
    remarks: z
      .array(
        z.object({
          path: z.string(),
          detail: z.string(),
          words: z.record(z.string(), z.string()).optional(),
        }),
      )
      .describe(
        'what is to be mended before it can be sent, with line and column, or block; "words" is "detail" by language',
      ),
  })
  .meta({ id: 'Campaign' });

/** A campaign in a list: where it stands and its books. */
export async function lineOf(
  ports: Pick<Ports, 'table'>,
  campaign: Campaign,
  say: Speak,
): Promise<z.infer<typeof CampaignLine>> {
  const { state, because, figures, finishedAt, first } = await standingOf(ports, campaign);
  return {
    id: campaign.campaignId,
    name: campaign.name,
    topic: campaign.topic,
    number: campaign.number,
    readers: say(forWhom(campaign)),
    state,
    ready: !campaign.unready,
    because,
    first: first && { readers: first.readers, judgedAt: momentText(first.judgedAt) },
    schedule: campaign.schedule && scheduleView(campaign.schedule),
    ...lookedAt(campaign),
    corrects: campaign.corrects,
    occurrence: occurrenceOf(campaign),
    changedBy: campaign.changedBy
      ? { id: campaign.changedBy.id, name: campaign.changedBy.name }
      : null,
    createdAt: momentText(campaign.createdAt),
    changedAt: momentText(campaign.changedAt),
    finishedAt: momentText(finishedAt),
    figures,
  };
}

function occurrenceOf({ occurrence }: Campaign) {
  if (!occurrence) return null;
  const { at, timeZone } = scheduleView(occurrence.planned);
  const { seriesId: series, date, waits } = occurrence;
  return { series, date, at, timeZone, waits };
}

/** Its topic and, if it has one, its condition. */
function forWhom({ topic, audience }: Campaign): AudienceCondition {
  const subscribed = { follows: topic };
  return audience ? { all: [subscribed, audience] } : subscribed;
}

function lookedAt({ asked, checked }: Campaign) {
  const hand = ({ id, name }: Hand) => ({ id, name });
  return {
    asked: asked
      ? {
          by: hand(asked.by),
          at: momentText(asked.at),
          leaves: { at: asked.wish.at, timeZone: asked.wish.timeZone },
        }
      : null,
    checked: checked
      ? {
          by: hand(checked.by),
          how: checked.how,
          second: checked.second && hand(checked.second),
          at: momentText(checked.at),
        }
      : null,
  };
}

/** A campaign whole, with its letter. */
export async function viewOf(
  ports: Pick<Ports, 'table' | 'now'>,
  { campaign, input }: Held,
): Promise<z.infer<typeof CampaignView>> {
  const line = await lineOf(ports, campaign, await speaker(ports));
  return { ...input, ...line, remarks: [...(await remarksOf(ports, { campaign, input }))] };
}

export function scheduleView(schedule: Schedule): NonNullable<z.infer<typeof ScheduleView>> {
  const { date, minutes } = schedule.wallTime;
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return {
    at: `${date}T${clock.join(':')}`,
    timeZone: schedule.atReaders ? 'reader' : schedule.timeZone,
    startsAt: momentText(schedule.startsAt),
  };
}
