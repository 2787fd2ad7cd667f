import { languageFor } from '../mail/publication.ts';
import { fieldsWithoutFallback } from '../mail/template/lint.ts';
import type { Brand } from '../people/brand.ts';
import type { Profile } from '../people/person.ts';
import type { Person } from '../people/store.ts';
import type { CampaignInput } from './campaign.ts';
import { compileCampaign } from './compile.ts';

/**
 * Which fields a letter shows to a person without having anything to show; undefined when it shows
 * none without a fallback, so that nobody's profile needs to be read.
 */
export async function gapsOf(
  input: CampaignInput,
  brand: Brand,
): Promise<((person: Person) => readonly string[]) | undefined> {
  const letters = await compileCampaign(input, brand);
  const languages = [...letters.keys()];
  const shown = new Map(
    [...letters].map(([language, { holes }]) => [language, fieldsWithoutFallback(holes)]),
  );
  if ([...shown.values()].every((names) => names.length === 0)) return undefined;
  return (person) => {
    const { language } = person.reader.it;
    const asked = shown.get(languageFor({ languages }, language, brand.language)) ?? [];
    // A letter that shows no bare field leaves the profile closed.
    return asked.filter((name) => isEmpty(person.profile.it, name));
  };
}

function isEmpty(profile: Profile, name: string): boolean {
  const [, group = '', key = ''] = /^person\.(\w+)(?:\.|\[["'])?([\w-]*)/.exec(name) ?? [];
  const value: unknown =
    group === 'givenName' || group === 'familyName'
      ? profile[group]
      : (profile[group as 'fields' | 'facts'] as Record<string, unknown>)[key];
  return value === undefined || value === null || value === '';
}
