import type { Ports } from '../base/ports.ts';
import { say } from '../base/words.ts';
import { surfaceOf } from '../consent/consent-words.ts';
import { HOME_FORM, topicsOf } from '../consent/form.ts';
import type { Both, House } from '../consent/newcomer.ts';
import type { Words } from '../consent/record.ts';
import { signUp } from '../consent/sign-up.ts';

/**
 * Somebody who left wants to come back: asked by mail like anybody else, with the topics they had
 * when they stopped. Nothing starts again before they confirm. False when enough mails were sent.
 */
export async function comeBack(
  ports: Ports,
  house: House,
  { reader, profile }: Both,
  { language, url }: { readonly language: string; readonly url: string },
): Promise<boolean> {
  const words: Words = {
    language,
    text: `${say(language, 'leave.back')}. ${say(language, 'leave.back.how')}`,
    options: [],
  };
  const { sent } = await signUp(ports, house, {
    email: profile.email,
    language: reader.language,
    timeZone: reader.timeZone,
    timeZoneFrom: reader.timeZoneFrom === 'brand' ? 'brand' : 'guessed',
    source: profile.source,
    topics: topicsBefore({ reader, profile }, house),
    frequency: reader.frequency,
    frequencyChosen: false,
    asked: {
      by: { kind: 'person' },
      method: 'preference-page',
      surface: surfaceOf('come-back', url, words),
      words,
    },
  });
  return sent;
}

function topicsBefore({ reader }: Both, { topics }: House) {
  const open = new Set(topics.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id));
  const all = Object.entries(reader.subscriptions).filter(([id]) => open.has(id));
  const atTheEnd = all.filter(
    ([, { state, at }]) => state !== 'withdrawn' || at === reader.stoppedAt,
  );
  const before = (atTheEnd.length > 0 ? atTheEnd : all).map(([id, { delivery }]) => ({
    id,
    delivery,
  }));
  if (before.length > 0) return before;
  return topicsOf(HOME_FORM, topics).map(({ id }) => ({ id, delivery: 'digest' as const }));
}
