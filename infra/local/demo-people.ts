import { PersonInput } from '../../functions/consent/person-input.ts';

const GIVEN = {
  fr: [
    'Claire',
    'Jules',
    'Inès',
    'Mathieu',
    'Salomé',
    'Bastien',
    'Noé',
    'Agathe',
    'Yann',
    'Fatou',
    'Zoé',
    'Émile',
    'Linh',
    'Paul',
    'Aïcha',
    'Rémi',
  ],
  en: ['Ada', 'Owen', 'Priya', 'Tom', 'Grace', 'Kofi', 'Maeve', 'Leo', 'Ruth', 'Sam'],
};
const FAMILY = {
  fr: [
    'Bonnet',
    'Lefèvre',
    'Müller',
    'Nguyen',
    'Garnier',
    'Roux',
    'Diallo',
    'Perrin',
    'Chevalier',
    'Marchand',
    'Da Silva',
  ],
  en: ['O’Brien', 'Walker', 'Shah', 'Hughes', 'Mensah', 'Clarke', 'Evans'],
};
const CITIES = ['Lyon', 'Annecy', 'Grenoble', 'Paris', 'Dijon', 'Genève', 'London', 'Bristol'];
const PACES = ['monthly', 'weekly', 'immediate', 'quarterly'] as const;
const TOPICS = ['vignerons', 'arrivages', 'ateliers'];
const FORMS = ['given-name', 'madame', 'monsieur', 'full-name', 'none'] as const;
export const DEMO_PEOPLE = 300;

/** Counted from one, as one reads them in the mailbox. */
export const demoAddress = (number: number) =>
  `reader${String(number).padStart(3, '0')}@example.org`;

/** The same few hundred readers on every laptop: no chance, so that two people see the same demo. */
export function demoPerson(index: number, agreedAt: number): PersonInput {
  const language = index % 5 === 3 ? 'en' : 'fr';
  const pick = <Item>(items: readonly Item[], salt: number) =>
    items[(index * 7 + salt * 13 + Math.floor(index / items.length)) % items.length]!;
  const topics = TOPICS.filter((_, place) => (index + place) % 3 !== 0 || place === index % 3);
  const frequency = PACES[[0, 0, 1, 1, 1, 2, 2, 3][index % 8]!]!;
  return PersonInput.parse({
    email: demoAddress(index + 1),
    givenName: pick(GIVEN[language], 1),
    familyName: pick(FAMILY[language], 2),
    salutation: { form: pick(FORMS, 3) },
    frequency,
    language,
    timeZone: language === 'en' ? 'Europe/London' : 'Europe/Paris',
    fields: { city: pick(CITIES, 4) },
    subscriptions: topics.map((topic) => ({
      topic,
      consent: {
        state: 'given' as const,
        legalBasis: 'consent' as const,
        // Every twenty-fifth came in with a list nobody can show a yes for.
        ...(index % 25 === 24
          ? {}
          : {
              proof: {
                at: new Date(agreedAt).toISOString(),
                method: 'paper' as const,
                words:
                  language === 'fr'
                    ? 'Oui, Maison Delorme peut m’écrire. (Consentement inventé pour la démonstration.)'
                    : 'Yes, Maison Delorme may write to me. (Consent invented for the demonstration.)',
              },
            }),
      },
    })),
  });
}
