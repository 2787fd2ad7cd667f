import fc from 'fast-check';
import { MINUTE, type Instant } from '../../../functions/base/time.ts';
import type { Brand } from '../../../functions/people/brand.ts';
import type { Frequency } from '../../../functions/people/person.ts';
import type { Choice } from '../../../functions/preferences/choice.ts';

/** Two years in which the clocks of both halves of the world change, and one 29 February. */
const BEGINS = Date.parse('2027-01-01T00:00:00Z');
const TWO_YEARS_MINUTES = 2 * 365 * 24 * 60;

/** Three topics; one promises more a week than the house does, one less. */
export const TOPICS: Readonly<Record<string, number | null>> = { garden: null, flash: 8, wine: 2 };
export type Topic = keyof typeof TOPICS;

/** Whole hours, half hours, quarters; clocks that change at two, at midnight, by half an hour, never. */
const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Santiago',
  'Africa/Cairo',
  'America/St_Johns',
  'Asia/Calcutta',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

export type News = {
  readonly topic: Topic;
  /** Hours from its start until it is stale. */
  readonly goodForHours: number | null;
  readonly inFrench: boolean;
  /** At ten on each reader's own clock; its run begins where the day begins first. */
  readonly atReaders: boolean;
  /** The plan meets the same reader twice, so many minutes apart, as after a crash. */
  readonly againAfter: number | null;
};

export type Act =
  | {
      readonly do: 'publish';
      readonly news: News;
      readonly times: number;
      readonly everyHours: number;
    }
  | {
      readonly do: 'note';
      readonly goodForHours: number | null;
      readonly againAfter: number | null;
    }
  /** They have just confirmed. */
  | { readonly do: 'welcome' }
  | { readonly do: 'service'; readonly asked: boolean; readonly goodForHours: number | null }
  | { readonly do: 'withdraw'; readonly last: number }
  | { readonly do: 'stop-campaign'; readonly last: number }
  | { readonly do: 'choose'; readonly choice: Omit<Choice, 'pausedUntil'> }
  | { readonly do: 'pause'; readonly days: number | null }
  | { readonly do: 'import'; readonly topic: Topic }
  | { readonly do: 'bounce' | 'complain' | 'wake' | 'undo' }
  | { readonly do: 'house'; readonly change: Partial<Brand> };

/** One person's two years with a house: how they begin, what happens and when, and how slow the machines are. */
export type Life = {
  readonly beginsAt: Instant;
  readonly timeZone: string;
  readonly frequency: Frequency;
  readonly house: Partial<Brand>;
  readonly follows: readonly Topic[];
  readonly acts: readonly { readonly afterMinutes: number; readonly act: Act }[];
  /** Minutes between a moment and its plan, and between a plan and its mail. */
  readonly planTakes: number;
  readonly sendTakes: number;
  /** What the provider says to each mail in turn, then over again. */
  readonly provider: readonly ('takes' | 'later' | 'refuses' | 'gives-up')[];
};

const zone = fc.constantFrom(...ZONES);
const topic = fc.constantFrom<Topic>('garden', 'flash', 'wine');
const frequency = fc.constantFrom<Frequency>('immediate', 'weekly', 'monthly', 'quarterly');
const hours = fc.option(
  fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 12, max: 60 * 24 })),
  { freq: 2 },
);

const againAfter = fc.option(fc.integer({ min: 0, max: 3_000 }), { freq: 2 });

const news = fc.record({
  topic,
  goodForHours: hours,
  inFrench: fc.boolean(),
  atReaders: fc.boolean(),
  againAfter,
});
const publish = (most: number, everyHours: number): fc.Arbitrary<Act> =>
  fc.record({
    do: fc.constant('publish' as const),
    news,
    times: fc.integer({ min: 1, max: most }),
    everyHours: fc.integer({ min: 1, max: everyHours }),
  });

const choices = fc.oneof<fc.Arbitrary<Omit<Choice, 'pausedUntil'>>[]>(
  fc.record({ frequency }),
  fc.record({ frequency }),
  fc.record({ timeZone: zone }),
  fc.record({ weekday: fc.option(fc.integer({ min: 1, max: 7 })) }),
  fc.record({ partOfDay: fc.option(fc.constantFrom('morning' as const, 'afternoon' as const)) }),
  fc
    .tuple(topic, fc.constantFrom('off' as const, 'digest' as const, 'immediate' as const))
    .map(([name, wish]) => ({ subscriptions: { [name]: wish } })),
  fc.record({ personalNotes: fc.boolean() }),
  fc.record({ language: fc.constantFrom('fr', 'en'), languageOnly: fc.boolean() }),
  fc.constant({ everything: 'stop' as const }),
  fc.constantFrom('off' as const, 'digest' as const).map((wish) => ({
    subscriptions: { garden: wish, flash: wish, wine: wish },
  })),
);

const minutes = fc.constantFrom(0, 30, 420, 540, 570, 1_200, 1_320);
const anyHouse = fc.oneof<fc.Arbitrary<Partial<Brand>>[]>(
  fc.record({
    cap: fc.record({
      mails: fc.integer({ min: 1, max: 40 }),
      days: fc.integer({ min: 1, max: 31 }),
    }),
  }),
  fc.record({ quiet: fc.record({ fromMinutes: minutes, toMinutes: minutes }) }),
  fc.record({ digestWeekday: fc.integer({ min: 1, max: 7 }), digestAtMinutes: minutes }),
  fc.record({
    lifecycleCeiling: fc.record({
      mails: fc.integer({ min: 0, max: 4 }),
      days: fc.integer({ min: 1, max: 90 }),
    }),
  }),
);

const houses = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Partial<Brand>>({}) },
  { weight: 1, arbitrary: anyHouse },
);

const act = fc.oneof<fc.WeightedArbitrary<Act>[]>(
  { weight: 12, arbitrary: publish(7, 60) },
  { weight: 1, arbitrary: publish(40, 30) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('note' as const), goodForHours: hours, againAfter }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('service' as const),
      asked: fc.boolean(),
      goodForHours: hours,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('withdraw' as const, 'stop-campaign' as const),
      last: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 8, arbitrary: choices.map((choice) => ({ do: 'choose' as const, choice })) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pause' as const),
      days: fc.option<number>(fc.integer({ min: 1, max: 200 }), { freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof<fc.Arbitrary<Act>[]>(
      fc.record({ do: fc.constant('import' as const), topic }),
      fc.record({
        do: fc.constantFrom(
          'welcome' as const,
          'bounce' as const,
          'complain' as const,
          'wake' as const,
          'undo' as const,
        ),
      }),
      fc.record({ do: fc.constant('house' as const), change: houses }),
    ),
  },
);

const gap = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 240 }) },
  { weight: 4, arbitrary: fc.integer({ min: 240, max: 5 * 24 * 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 5 * 24 * 60, max: 120 * 24 * 60 }) },
);
const slowness = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300 }) },
);

const lifeWith = (
  rest: Pick<
    { [Key in keyof Life]: fc.Arbitrary<Life[Key]> },
    'timeZone' | 'frequency' | 'house' | 'acts' | 'planTakes' | 'sendTakes'
  >,
): fc.Arbitrary<Life> =>
  fc.record({
    ...rest,
    beginsAt: fc
      .integer({ min: 0, max: TWO_YEARS_MINUTES })
      .map((after) => BEGINS + after * MINUTE),
    follows: fc.uniqueArray(topic, { minLength: 1, maxLength: 3, size: 'max' }),
    provider: fc
      .array(
        fc.oneof(
          { weight: 8, arbitrary: fc.constant('takes' as const) },
          {
            weight: 1,
            arbitrary: fc.constantFrom('later' as const, 'refuses' as const, 'gives-up' as const),
          },
        ),
        { maxLength: 4 },
      )
      .map((answers) => [...answers, 'takes' as const]),
  });

/** Months, as most people live them. */
const quiet = lifeWith({
  timeZone: zone,
  frequency,
  house: houses,
  planTakes: slowness,
  sendTakes: slowness,
  acts: fc.array(fc.record({ afterMinutes: gap, act }), {
    minLength: 1,
    maxLength: 24,
    size: 'max',
  }),
});

/** Days in which everything happens at once, on both sides of the date line, in a house with a low cap. */
const dateLine = fc.constantFrom('Pacific/Kiritimati', 'Pacific/Pago_Pago');
const busy = lifeWith({
  timeZone: dateLine,
  frequency: fc.constantFrom('immediate', 'weekly'),
  house: fc.record({
    cap: fc.record({ mails: fc.integer({ min: 1, max: 2 }), days: fc.integer({ min: 1, max: 2 }) }),
  }),
  planTakes: fc.integer({ min: 0, max: 300 }),
  sendTakes: fc.integer({ min: 0, max: 900 }),
  acts: fc.array(
    fc.record({
      afterMinutes: fc.integer({ min: 0, max: 900 }),
      act: fc.oneof(
        { weight: 3, arbitrary: act },
        {
          weight: 1,
          arbitrary: dateLine.map((timeZone): Act => ({ do: 'choose', choice: { timeZone } })),
        },
      ),
    }),
    { minLength: 1, maxLength: 24, size: 'max' },
  ),
});

export const aLife: fc.Arbitrary<Life> = fc.oneof(
  { weight: 3, arbitrary: quiet },
  { weight: 1, arbitrary: busy },
);
