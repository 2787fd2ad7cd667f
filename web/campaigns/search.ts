const STATES = ['draft', 'scheduled', 'recurring', 'sending', 'sent', 'halted'] as const;
export type StateFilter = (typeof STATES)[number];
export const STATE_FILTERS = STATES;
export const DECISIONS = ['send', 'hold', 'digest', 'drop'] as const;
/** The books of a campaign: these add up to everybody who was a candidate. */
export const PLACES = [
  'accepted',
  'digest',
  'held',
  'dropped',
  'refused',
  'uncertain',
  'open',
] as const;
/** What the provider tells of a mail afterwards. */
export const TOLD = ['delivered', 'bounced', 'complained'] as const;
export type DecisionName = (typeof DECISIONS)[number];

type Given = Readonly<Record<string, unknown>>;
const oneOf = <Name extends string>(names: readonly Name[], value: unknown) =>
  names.find((name) => name === value);
const text = (value: unknown) =>
  typeof value === 'string' && value !== '' && value.length <= 80 ? value : undefined;

/** What the list shows stands in its address, so that it can be sent to a colleague. */
export function listSearch(given: Given) {
  const state = oneOf(STATES, given['state']);
  const topic = text(given['topic']);
  const words = text(given['words']);
  return { ...(state && { state }), ...(topic && { topic }), ...(words && { words }) };
}
export type ListSearch = ReturnType<typeof listSearch>;

/** Which part of the delivery log is shown. */
export function logSearch(given: Given) {
  const decision = oneOf(DECISIONS, given['decision']);
  const reason = text(given['reason']);
  const place = oneOf(PLACES, given['place']);
  const told = oneOf(TOLD, given['told']);
  return {
    ...(decision && { decision }),
    ...(reason && { reason }),
    ...(place && { place }),
    ...(told && { told }),
  };
}
