import { dateIn, longDateIn, say, weekdayIn, type WordKey } from '../base/words.ts';
import { DAY, type Instant } from '../base/time.ts';
import type { Both, House } from '../consent/newcomer.ts';
import { paceInside, topicName } from '../consent/consent-words.ts';
import type { Words } from '../consent/record.ts';
import { PACES } from '../people/person.ts';
import { greetingOf } from '../people/salutation.ts';
import type { Difference } from './difference.ts';
import { placeOf } from './time-zones.ts';

/** A day, with its year once that could be mistaken. */
export function dayIn(language: string, timeZone: string, at: Instant, now: Instant): string {
  return at - now > 300 * DAY ? longDateIn(language, timeZone, at) : dateIn(language, timeZone, at);
}

/** What is different now, one line each, in a reader's words. */
export function told(
  found: readonly Difference[],
  { reader, profile }: Both,
  house: House,
  language: string,
  now: Instant,
): string[] {
  const t = (key: WordKey, args?: Record<string, string>) => say(language, key, args);
  return found.flatMap((one): string[] => {
    switch (one.what) {
      case 'stopped':
        return [];
      case 'frequency':
        return [t('changed.frequency', { value: paceInside(one.value, language) })];
      case 'pause':
        return one.until === null
          ? [t('changed.pause.none')]
          : [t('changed.pause', { date: dayIn(language, reader.timeZone, one.until, now) })];
      case 'topic':
        return [t(`changed.topic.${one.wish}`, { topic: nameOf(one.id, house, language) })];
      case 'notes':
      case 'purchases':
      case 'clicks':
      case 'only':
        return [t(`changed.${one.what}.${one.on ? 'on' : 'off'}`)];
      case 'greeting':
        return [t('changed.greeting', { greeting: greetingOf(profile, language) })];
      case 'name':
        return [one.name ? t('changed.name', { name: one.name }) : t('changed.name.none')];
      case 'weekday':
        return one.value === null
          ? [t('changed.weekday.house')]
          : [t('changed.weekday', { day: weekdayIn(language, one.value) })];
      case 'part':
        return [t(`changed.part.${one.value ?? 'house'}`)];
      case 'zone':
        return [t('changed.zone', { zone: placeOf(one.value, language) })];
      case 'language':
        return [t('changed.language', { language: say(one.value, 'language.name') })];
    }
  });
}

/** A topic by its id; one that is no longer there by the id itself. */
export function nameOf(id: string, { brand, topics }: House, language: string): string {
  const topic = topics.find((one) => one.id === id);
  return topic ? topicName(topic, language, brand) : id;
}

/** The exact words of the preference page behind what was changed: each question with its answer, and what else could be answered. */
export function pageWords(found: readonly Difference[], house: House, language: string): Words {
  const t = (key: WordKey) => say(language, key, house.brand.lifecycleCeiling);
  const answers: string[] = [];
  const options = new Set<string>();
  const offer = (keys: readonly WordKey[]) => keys.forEach((key) => options.add(t(key)));
  for (const one of found)
    switch (one.what) {
      case 'frequency':
        answers.push(`${t('preferences.pace')} ${t(`pace.${one.value}`)}`);
        offer(PACES.map((pace) => `pace.${pace}` as const));
        break;
      case 'topic':
        answers.push(`${nameOf(one.id, house, language)}: ${t(`preferences.topic.${one.wish}`)}`);
        offer(['preferences.topic.off', 'preferences.topic.digest', 'preferences.topic.immediate']);
        break;
      case 'pause':
        answers.push(
          `${t('preferences.pause')}: ${one.until === null ? t('preferences.pause.none') : new Date(one.until).toISOString()}`,
        );
        break;
      case 'notes':
      case 'purchases':
      case 'clicks':
        answers.push(
          `${one.on ? '☑' : '☐'} ${t(`preferences.${one.what}`)}. ${t(`preferences.${one.what}.means`)}`,
        );
        break;
      case 'stopped':
        answers.push(`${t('preferences.stop')}. ${t('preferences.stop.means')}`);
        break;
      case 'greeting':
      case 'name':
      case 'weekday':
      case 'part':
      case 'zone':
      case 'language':
      case 'only':
        break;
    }
  return { language, text: answers.join('\n'), options: [...options] };
}
