import type { Instant } from '../../functions/base/time.ts';
import { DAY } from '../../functions/base/time.ts';
import type { Frequency, TopicDelivery } from '../../functions/people/person.ts';
import type { Chance } from './chance.ts';
import type { Club } from './clubs.ts';

/** Stands in every name and address of a simulated world, and so must stand in no log line and no URL. */
export const SECRET = 'zqxvwk';

/** Somebody who reads, or signed up once, as they are when the scenes begin. */
export type Member = {
  readonly name: string;
  readonly email: string;
  readonly givenName: string;
  readonly language: 'fr' | 'en';
  readonly languageOnly: boolean;
  readonly timeZone: string;
  readonly frequency: Frequency;
  readonly weekday: number | null;
  readonly partOfDay: 'morning' | 'afternoon' | null;
  /** A field of the house's own. */
  readonly club?: Club;
  readonly topics: readonly {
    readonly id: string;
    readonly delivery: TopicDelivery;
    readonly proven: boolean;
  }[];
  readonly standing: 'well' | 'bounced' | 'complained';
  readonly pausedUntil: Instant | null;
  /** The provider takes no mail for this address. */
  readonly refused: boolean;
  /** When they come to us; before the scenes begin for most. */
  readonly joinsAt: Instant | null;
  /** How they come, if the house does not bring them in itself. */
  readonly comes?: 'form' | 'file';
};

export type Theme = { readonly id: string; readonly atMost: number | null };

const ZONES = [
  'Europe/Paris',
  'Europe/Paris',
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;
export const zoneOf = (chance: Chance): string => chance.pick(ZONES);

export const paceOf = (chance: Chance): Frequency =>
  chance.pick(['immediate', 'immediate', 'immediate', 'weekly', 'weekly', 'monthly', 'quarterly']);

export function castOf(
  chance: Chance,
  scenes: {
    readonly people: number;
    readonly themes: readonly Theme[];
    readonly from: Instant;
    readonly until: Instant;
  },
): Member[] {
  return Array.from({ length: scenes.people }, (_, index) => memberOf(chance, scenes, index));
}

export function memberOf(
  chance: Chance,
  {
    themes,
    from,
    until,
  }: {
    readonly themes: readonly Theme[];
    readonly from: Instant;
    readonly until: Instant;
  },
  index: number,
): Member {
  const name = `${SECRET}${index}`;
  const followed = themes.filter((_, place) => place === 0 || chance.is(0.6));
  return {
    name,
    email: `${name}@example.org`,
    givenName: `Zoé-${name}`,
    language: chance.is(0.7) ? 'fr' : 'en',
    languageOnly: chance.is(0.08),
    timeZone: zoneOf(chance),
    frequency: paceOf(chance),
    weekday: chance.is(0.2) ? chance.between(1, 7) : null,
    partOfDay: chance.is(0.2) ? chance.pick(['morning', 'afternoon'] as const) : null,
    topics: followed.map(({ id }) => ({
      id,
      delivery: chance.is(0.25) ? 'immediate' : 'digest',
      proven: !chance.is(0.07),
    })),
    standing: chance.is(0.92) ? 'well' : chance.pick(['bounced', 'complained'] as const),
    pausedUntil: chance.is(0.1) ? from + chance.below(20 * DAY) : null,
    refused: chance.is(0.04),
    joinsAt: chance.is(0.07) ? from + chance.below(until - from) : null,
  };
}
