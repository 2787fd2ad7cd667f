import * as z from 'zod';
import { BlockLetter, languagesOfBlocks } from '../mail/blocks/block.ts';
import { Language } from '../people/brand.ts';
import { AudienceCondition, Condition } from '../people/condition.ts';
import { TopicId } from '../people/topic.ts';
import { Repeat } from './rhythm.ts';

const Text = (max: number) => z.string().trim().min(1).max(max);
/** One text for every language, or one a language. */
const Texts = (max: number) =>
  z.union([
    Text(max),
    z
      .record(Language, Text(max))
      .refine((texts) => Object.keys(texts).length > 0, 'needs at least one language'),
  ]);
const OneLine = (max: number) =>
  z
    .union([Text(max), z.record(Language, Text(max))])
    .refine(
      (texts) =>
        (typeof texts === 'string' ? [texts] : Object.values(texts)).every(
          (text) => !/[\r\n]/.test(text),
        ),
      'must be one line',
    );
const Sender = z.strictObject({ name: Text(80), address: z.email() });

/** A letter may be as long as this before it is compiled; what is sent stays under 90 KB. */
const SOURCE_MOST = 120_000;

/** What a marketer writes. */
export const CampaignInput = z.strictObject({
  name: Text(120),
  topic: TopicId,
  subject: OneLine(200),
  preheader: OneLine(200).optional(),
  from: Sender.optional(),
  replyTo: z.email().optional(),
  content: z.discriminatedUnion('format', [
    z.strictObject({ format: z.enum(['markdown', 'mjml', 'html']), source: Texts(SOURCE_MOST) }),
    z.strictObject({ format: z.literal('blocks'), source: BlockLetter }),
  ]),
  title: OneLine(200).optional(),
  summary: Texts(1_000).optional(),
  picture: z
    .strictObject({ url: z.url({ protocol: /^https$/ }), alt: z.string().max(200) })
    .optional(),
  audience: AudienceCondition.optional(),
  stopIf: AudienceCondition.optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  whole: z.boolean().default(false),
  public: z.boolean().default(false),
});
export type CampaignInput = z.infer<typeof CampaignInput>;

/** When it leaves: an instant, and for "at each reader's own clock" the wall time it stands for. */
export const Schedule = z.object({
  startsAt: z.number(),
  timeZone: z.string(),
  wallTime: z.object({ date: z.string(), minutes: z.int() }),
  atReaders: z.boolean(),
});
export type Schedule = z.infer<typeof Schedule>;

/** Whom a campaign is for and whom it stops for, with every segment spelled out. */
const Conditions = z.object({ audience: Condition.optional(), stopIf: Condition.optional() });
export type Spelled = Omit<CampaignInput, 'audience' | 'stopIf'> & {
  readonly audience: Condition | undefined;
  readonly stopIf: Condition | undefined;
};

/** Who did something, as it is shown beside it for ever. */
export const Hand = z.object({ id: z.string(), name: z.string(), is: z.enum(['key', 'member']) });
export type Hand = z.infer<typeof Hand>;

export const handOf = ({ id, name, is }: Hand): Hand => ({ id, name, is });

/** When somebody wants it to leave: "now", or an hour of a wall clock. */
const Wish = z.object({
  at: z.string(),
  timeZone: z.string(),
  expect: z.int().optional(),
  /** Not once, but again and again. */
  repeat: Repeat.optional(),
});

/** The letter of one date of a series: which, when it was to leave, and why it waits, if it does. */
const Occurrence = z.object({
  seriesId: z.string(),
  date: z.string(),
  planned: Schedule,
  waits: z.enum(['more-readers', 'unchanged', 'not-ready']).nullable(),
  onlyNewest: z.boolean(),
  /** Somebody has had a hand in this one: it goes its own way, whatever becomes of the others. */
  isOwn: z.boolean(),
});
export type Occurrence = z.infer<typeof Occurrence>;

/** Who looked at it before it was put on the agenda, and how. */
export const Checked = z.object({
  by: Hand,
  how: z.enum(['few', 'number', 'second-person', 'program']),
  second: Hand.nullable(),
  at: z.number(),
});
export type Checked = z.infer<typeof Checked>;

/**
 * A campaign as the table keeps it: small, for lists; its letter stands in a row of its own. Once
 * started, the mailing knows how far it is.
 */
export const Campaign = z.object({
  format: z.literal(1),
  campaignId: z.string(),
  name: z.string(),
  topic: z.string(),
  /** `recurring` is copied at each date of its series and is never sent itself; `ended` was. */
  state: z.enum(['draft', 'scheduled', 'started', 'recurring', 'ended']),
  /** A draft that was kept although it could not be sent as it stood. */
  unready: z.literal(true).optional(),
  schedule: Schedule.nullable(),
  mailingId: z.string().nullable(),
  number: z.int().nullable(),
  /** The campaign it puts right, if it is a correction. */
  corrects: z.string().nullable().default(null),
  occurrence: Occurrence.optional(),
  /** Whom it is for, for lists to say; the letter has it too. */
  audience: AudienceCondition.optional(),
  /** Its conditions as they were when it started: a segment that changes later changes no run. */
  frozen: Conditions.optional(),
  /** A send to many that waits for a second person. */
  asked: z.object({ by: Hand, wish: Wish, at: z.number() }).optional(),
  checked: Checked.optional(),
  /** Whose change was the last, for who meets it. */
  changedBy: Hand.optional(),
  /** How many versions it has had. */
  versions: z.int().optional(),
  createdAt: z.number(),
  changedAt: z.number(),
});
export type Campaign = z.infer<typeof Campaign>;

/** Somebody has had a hand in it: the letter of a date goes its own way from now on. */
export const handled = (campaign: Campaign): Campaign =>
  campaign.occurrence
    ? { ...campaign, occurrence: { ...campaign.occurrence, waits: null, isOwn: true } }
    : campaign;

/** The languages a letter was written in. One text for all counts as the house's main language. */
export function languagesOf(input: CampaignInput, main: string): string[] {
  const { content } = input;
  if (content.format === 'blocks') {
    const spoken = languagesOfBlocks(content.source);
    return spoken.length === 0 ? [main] : spoken;
  }
  return typeof content.source === 'string' ? [main] : Object.keys(content.source);
}
