import { say, speaks } from '../base/words.ts';
import type { Profile } from './person.ts';

/** How a language greets. A form that lacks its name falls back to the plain greeting: never "Bonjour ,". */
type Phrases = {
  readonly plain: string;
  /** What stands before and after a name. */
  readonly around: readonly [string, string];
  readonly titles: Readonly<Record<'madame' | 'monsieur', string>>;
  /** Whether "Madame" may be said without a name, as in French. */
  readonly titlesStandAlone: boolean;
};

/** Put together once a language: every mail asks for it. */
const kept = new Map<string, Phrases>();

function phrasesIn(language: string): Phrases {
  const spoken = speaks(language) ? language : 'en';
  let known = kept.get(spoken);
  if (!known) {
    const [before = '', after = ''] = say(spoken, 'greeting.named', { name: '\u0000' }).split(
      '\u0000',
    );
    known = {
      plain: say(spoken, 'greeting.plain'),
      around: [before, after],
      titles: {
        madame: say(spoken, 'greeting.madame'),
        monsieur: say(spoken, 'greeting.monsieur'),
      },
      titlesStandAlone: say(spoken, 'greeting.titles-stand-alone') === 'yes',
    };
    kept.set(spoken, known);
  }
  return known;
}

type Named = Pick<Profile, 'salutation' | 'givenName' | 'familyName'>;

/** The greeting itself, without a comma, as the person chose to be addressed. */
export function greetingOf(person: Named, language: string): string {
  const phrases = phrasesIn(language);
  const name = nameIn(person, phrases);
  return name === '' ? phrases.plain : phrases.around[0] + name + phrases.around[1];
}

function nameIn(
  { salutation, givenName, familyName }: Named,
  { titles, titlesStandAlone }: Phrases,
): string {
  switch (salutation.form) {
    case 'madame':
    case 'monsieur': {
      const title = titles[salutation.form];
      if (familyName) return `${title} ${familyName}`;
      return titlesStandAlone ? title : (givenName ?? '');
    }
    case 'given-name':
      return givenName ?? '';
    case 'full-name':
      return [givenName, familyName].filter(Boolean).join(' ');
    case 'own':
      return salutation.words;
    case 'none':
      return '';
  }
}
