import * as z from 'zod';
import { TimeZone, Language, type Brand } from '../people/brand.ts';
import { Frequency, isSlower, Salutation, TopicDelivery, type Reader } from '../people/person.ts';
import { TopicId } from '../people/topic.ts';
import {
  withEverythingStopped,
  withFrequency,
  withMoment,
  withoutTopic,
  withPause,
  withSubscription,
} from '../policy/change.ts';
import type { Both } from '../consent/newcomer.ts';
import type { Instant } from '../base/time.ts';

const Name = z
  .string()
  .trim()
  .max(80)
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line')
  .nullable();

/** What a reader may choose. What is left out stays as it is. */
export const Choice = z.object({
  everything: z.literal('stop').optional(),
  frequency: Frequency.optional(),
  /** Null ends a pause. */
  pausedUntil: z.number().nullable().optional(),
  subscriptions: z.record(TopicId, z.enum(['off', ...TopicDelivery.options])).optional(),
  personalNotes: z.boolean().optional(),
  salutation: Salutation.optional(),
  givenName: Name.optional(),
  familyName: Name.optional(),
  weekday: z.int().min(1).max(7).nullable().optional(),
  partOfDay: z.enum(['morning', 'afternoon']).nullable().optional(),
  timeZone: TimeZone.optional(),
  language: Language.optional(),
  languageOnly: z.boolean().optional(),
  byPurchases: z.boolean().optional(),
  countClicks: z.boolean().optional(),
});
export type Choice = z.infer<typeof Choice>;

/** The person as a choice leaves them: what waits moves with it, and what they chose is theirs from now on. */
export function chosen(both: Both, choice: Choice, brand: Brand, now: Instant): Both {
  const moved = withDelivery(both.reader, choice, brand, now);
  const reader: Reader = {
    ...moved,
    personalNotes: choice.personalNotes ?? moved.personalNotes,
    language: choice.language ?? moved.language,
    languageOnly: choice.languageOnly ?? moved.languageOnly,
    byPurchases: choice.byPurchases ?? moved.byPurchases,
    countClicks: choice.countClicks ?? moved.countClicks,
    chosen: [...new Set([...moved.chosen, ...namesOf(choice)])],
  };
  const named = (before: string | null, name: string | null | undefined) =>
    name === undefined ? before : name === '' ? null : name;
  const profile = {
    ...both.profile,
    salutation: choice.salutation ?? both.profile.salutation,
    givenName: named(both.profile.givenName, choice.givenName),
    familyName: named(both.profile.familyName, choice.familyName),
    // Who takes their yes back is forgotten at once.
    clicks: reader.countClicks ? both.profile.clicks : [],
    lastActAt: now,
  };
  // Nothing else is kept of somebody's wishes in the moment they stop everything.
  if (choice.everything === 'stop') return { reader: withEverythingStopped(reader, now), profile };
  return { reader, profile };
}

/** When and how letters come. The zone first, because dates are counted in it; the pause last, because it ends none. */
function withDelivery(start: Reader, choice: Choice, brand: Brand, now: Instant): Reader {
  const moment = {
    ...(choice.weekday === undefined ? {} : { weekday: choice.weekday }),
    ...(choice.partOfDay === undefined ? {} : { partOfDay: choice.partOfDay }),
    ...(choice.timeZone === undefined
      ? {}
      : { timeZone: choice.timeZone, timeZoneFrom: 'chosen' as const }),
  };
  const timed = withMoment(start, moment, brand, now);
  const subscribed = Object.entries(choice.subscriptions ?? {}).reduce(
    (reader, [topic, wish]) =>
      wish === 'off'
        ? withoutTopic(reader, topic, now)
        : withSubscription(reader, topic, { state: 'given', delivery: wish, at: now }),
    timed,
  );
  const paced =
    choice.frequency === undefined
      ? subscribed
      : withFrequency(subscribed, choice.frequency, brand, now);
  return choice.pausedUntil === undefined
    ? paced
    : withPause(paced, choice.pausedUntil, brand, now);
}

/** The same wish, as far as it means fewer mails: all that a link which never expires may do. */
export function onlyLess(choice: Choice, reader: Reader): Choice {
  const off = Object.entries(choice.subscriptions ?? {}).filter(([, wish]) => wish === 'off');
  const slower = choice.frequency !== undefined && isSlower(choice.frequency, reader.frequency);
  const longer = choice.pausedUntil != null && choice.pausedUntil > (reader.pause?.until ?? 0);
  return {
    ...(choice.everything ? { everything: choice.everything } : {}),
    ...(off.length > 0 ? { subscriptions: Object.fromEntries(off) } : {}),
    ...(slower ? { frequency: choice.frequency } : {}),
    ...(longer ? { pausedUntil: choice.pausedUntil } : {}),
  };
}

function namesOf(choice: Choice): Reader['chosen'] {
  const names: [Reader['chosen'][number], boolean][] = [
    ['frequency', choice.frequency !== undefined],
    ['language', choice.language !== undefined],
    ['timeZone', choice.timeZone !== undefined],
    ['salutation', choice.salutation !== undefined],
    ['name', choice.givenName !== undefined || choice.familyName !== undefined],
    ['subscriptions', choice.subscriptions !== undefined || choice.everything !== undefined],
  ];
  return names.filter(([, isChosen]) => isChosen).map(([name]) => name);
}
