import { listIn, say } from '../base/words.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import type { Frequency } from '../people/person.ts';
import type { Topic } from '../people/topic.ts';
import { hashOf, type Surface, type Words } from './record.ts';

type Asking = Pick<Brand, 'name' | 'language'>;

/** "à chaque parution", "once a month": a pace in the middle of a sentence. */
export const paceInside = (frequency: Frequency, language: string) =>
  say(language, `pace.${frequency}.inside`);

/** A topic's name as its reader knows it. */
export const topicName = (topic: Topic, language: string, brand: Pick<Brand, 'language'>) =>
  inLanguage(topic.name, language, brand);

/** What is said yes to when pace and topics are known: the second half of the double opt-in. */
export function consentWords(
  brand: Asking,
  language: string,
  { frequency, topics }: { readonly frequency: Frequency; readonly topics: readonly Topic[] },
): Words {
  const names = topics.map((topic) => topicName(topic, language, brand));
  const text = say(language, 'subscribe.consent', {
    brand: brand.name,
    pace: paceInside(frequency, language),
    topics: listIn(language, names),
  });
  return { language, text, options: [] };
}

/** What is said yes to on the form, where pace and topics are chosen beside it. */
export function formWords(
  brand: Asking,
  language: string,
  { announced, topics }: { readonly announced: Frequency; readonly topics: readonly Topic[] },
): Words {
  const names = topics.map((topic) => topicName(topic, language, brand));
  const text = say(language, 'subscribe.consent', {
    brand: brand.name,
    pace: say(language, 'subscribe.consent.pace', { pace: paceInside(announced, language) }),
    topics: topics.length === 1 ? names[0]! : say(language, 'subscribe.consent.topics'),
  });
  return { language, text, options: topics.length === 1 ? [] : names };
}

/** Where words were shown; their version is what they say, so it can never be forgotten. */
export function surfaceOf(name: string, url: string, words: Words | null): Surface {
  return { name, version: words ? hashOf(words).slice(0, 8) : '1', url };
}
