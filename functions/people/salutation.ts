import type { Profile } from './person.ts';

/** How each language greets. A form that lacks its name falls back to the plain greeting: never "Bonjour ,". */
type Phrases = {
  readonly plain: string;
  readonly named: (name: string) => string;
  readonly titles: Readonly<Record<'madame' | 'monsieur', string>>;
};

const PHRASES: Readonly<Record<string, Phrases>> = {
  fr: {
    plain: 'Bonjour',
    named: (name) => `Bonjour ${name}`,
    titles: { madame: 'Madame', monsieur: 'Monsieur' },
  },
  en: {
    plain: 'Hello',
    named: (name) => `Hello ${name}`,
    titles: { madame: 'Ms', monsieur: 'Mr' },
  },
};

type Named = Pick<Profile, 'salutation' | 'givenName' | 'familyName'>;

/** The greeting itself, without a comma, as the person chose to be addressed. */
export function greetingOf(person: Named, language: string): string {
  const phrases = PHRASES[language] ?? PHRASES.en!;
  const name = nameIn(person, phrases);
  return name === '' ? phrases.plain : phrases.named(name);
}

function nameIn({ salutation, givenName, familyName }: Named, { titles }: Phrases): string {
  switch (salutation.form) {
    case 'madame':
    case 'monsieur': {
      const title = titles[salutation.form];
      if (familyName) return `${title} ${familyName}`;
      return title === 'Madame' || title === 'Monsieur' ? title : (givenName ?? '');
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
