import type { Leaf } from './condition-leaf.ts';
import type { Frequency, PersonState } from './person.ts';

/** What a marketer reads of a condition. Each phrase follows "who", and has its opposite. */
export type Phrase = { readonly is: string; readonly isNot: string };
type Fact = Extract<Leaf, { fact: unknown }>['fact'];
type Moment = Extract<Leaf, { moment: unknown }>['moment'];

export type ConditionWords = {
  readonly everybody: string;
  readonly people: string;
  readonly who: string;
  readonly and: string;
  readonly or: string;
  readonly quoted: (text: string) => string;
  readonly number: Intl.NumberFormat;
  readonly list: Intl.ListFormat;
  readonly language: (code: string) => string;
  readonly atLeast: (n: string) => string;
  readonly atMost: (n: string) => string;
  readonly lastDays: (days: string) => string;
  readonly daysAgo: (days: string) => string;
  readonly times: (amount: string) => Phrase;
  readonly timesSince: (amount: string, days: string) => Phrase;
  readonly spent: (amount: string) => Phrase;
  readonly spentSince: (amount: string, days: string) => Phrase;
  readonly lastAmount: (amount: string) => Phrase;
  readonly lastItems: (amount: string) => Phrase;
  readonly moment: Readonly<
    Record<Extract<Fact, `${string}At`> | Moment, (when: string) => Phrase>
  >;
  readonly fieldIs: (field: string, value: string) => Phrase;
  readonly fieldExists: (field: string) => Phrase;
  readonly fieldHolds: (field: string, amount: string) => Phrase;
  readonly fieldDate: (field: string, when: string) => Phrase;
  readonly yes: string;
  readonly no: string;
  readonly follows: (topic: string) => Phrase;
  readonly reads: (paces: string) => Phrase;
  readonly paces: Readonly<Record<Frequency, string>>;
  readonly readsIn: (language: string) => Phrase;
  readonly stands: (states: string) => Phrase;
  readonly states: Readonly<Record<PersonState, string>>;
  readonly paused: Phrase;
  readonly letters: (amount: string, days: string) => Phrase;
  readonly received: (campaign: string) => Phrase;
  readonly belongs: (segment: string) => Phrase;
};

/** What is no code of a language is said as it was written: no reader has it, and Intl would refuse it. */
function languageIn(spoken: string): (code: string) => string {
  const names = new Intl.DisplayNames(spoken, { type: 'language' });
  return (code) => (/^[a-z]{2}$/.test(code) ? (names.of(code) ?? code) : code);
}

const fr: ConditionWords = {
  everybody: 'Tout le monde',
  people: 'Les personnes',
  who: 'qui',
  and: 'et',
  or: 'ou',
  quoted: (text) => `«\u00a0${text}\u00a0»`,
  number: new Intl.NumberFormat('fr'),
  list: new Intl.ListFormat('fr', { type: 'disjunction' }),
  language: languageIn('fr'),
  atLeast: (n) => `au moins ${n}`,
  atMost: (n) => `au plus ${n}`,
  lastDays: (days) => `il y a ${days} jours ou moins`,
  daysAgo: (days) => `il y a plus de ${days} jours`,
  times: (n) => ({ is: `ont acheté ${n} fois`, isNot: `n’ont pas acheté ${n} fois` }),
  timesSince: (n, days) => ({
    is: `ont acheté ${n} fois ces ${days} derniers jours`,
    isNot: `n’ont pas acheté ${n} fois ces ${days} derniers jours`,
  }),
  spent: (n) => ({ is: `ont dépensé ${n} en tout`, isNot: `n’ont pas dépensé ${n} en tout` }),
  spentSince: (n, days) => ({
    is: `ont dépensé ${n} ces ${days} derniers jours`,
    isNot: `n’ont pas dépensé ${n} ces ${days} derniers jours`,
  }),
  lastAmount: (n) => ({
    is: `ont dépensé ${n} à leur dernier achat`,
    isNot: `n’ont pas dépensé ${n} à leur dernier achat`,
  }),
  lastItems: (n) => ({
    is: `ont pris ${n} articles à leur dernier achat`,
    isNot: `n’ont pas pris ${n} articles à leur dernier achat`,
  }),
  moment: {
    firstPurchaseAt: (when) => ({
      is: `ont acheté pour la première fois ${when}`,
      isNot: `n’ont pas acheté pour la première fois ${when}`,
    }),
    lastPurchaseAt: (when) => ({
      is: `ont acheté pour la dernière fois ${when}`,
      isNot: `n’ont pas acheté pour la dernière fois ${when}`,
    }),
    createdAt: (when) => ({ is: `sont arrivées ${when}`, isNot: `ne sont pas arrivées ${when}` }),
    lastActAt: (when) => ({
      is: `ont fait signe pour la dernière fois ${when}`,
      isNot: `n’ont pas fait signe pour la dernière fois ${when}`,
    }),
    lastLetterAt: (when) => ({
      is: `ont reçu leur dernier courrier ${when}`,
      isNot: `n’ont pas reçu leur dernier courrier ${when}`,
    }),
  },
  fieldIs: (field, value) => ({
    is: `ont ${value} comme ${field}`,
    isNot: `n’ont pas ${value} comme ${field}`,
  }),
  fieldExists: (field) => ({ is: `ont un champ ${field}`, isNot: `n’ont pas de champ ${field}` }),
  fieldHolds: (field, n) => ({
    is: `ont ${n} comme ${field}`,
    isNot: `n’ont pas ${n} comme ${field}`,
  }),
  fieldDate: (field, when) => ({
    is: `ont une date ${when} comme ${field}`,
    isNot: `n’ont pas de date ${when} comme ${field}`,
  }),
  yes: 'oui',
  no: 'non',
  follows: (topic) => ({ is: `suivent ${topic}`, isNot: `ne suivent pas ${topic}` }),
  reads: (paces) => ({ is: `nous lisent ${paces}`, isNot: `ne nous lisent pas ${paces}` }),
  paces: {
    immediate: 'à chaque parution',
    weekly: 'chaque semaine',
    monthly: 'chaque mois',
    quarterly: 'chaque saison',
  },
  readsIn: (language) => ({ is: `lisent en ${language}`, isNot: `ne lisent pas en ${language}` }),
  stands: (states) => ({ is: `sont ${states}`, isNot: `ne sont pas ${states}` }),
  states: {
    active: 'abonnées',
    unproven: 'sans preuve d’accord',
    unsubscribed: 'parties',
    bounced: 'à une adresse qui ne répond plus',
    complained: 'de celles qui se sont plaintes',
  },
  paused: { is: 'font une pause', isNot: 'ne font pas de pause' },
  letters: (n, days) => ({
    is: `ont reçu ${n} courriers ces ${days} derniers jours`,
    isNot: `n’ont pas reçu ${n} courriers ces ${days} derniers jours`,
  }),
  received: (campaign) => ({
    is: `ont reçu ${campaign} depuis un mois`,
    isNot: `n’ont pas reçu ${campaign} depuis un mois`,
  }),
  belongs: (segment) => ({
    is: `font partie de ${segment}`,
    isNot: `ne font pas partie de ${segment}`,
  }),
};

const en: ConditionWords = {
  everybody: 'Everybody',
  people: 'People',
  who: 'who',
  and: 'and',
  or: 'or',
  quoted: (text) => `“${text}”`,
  number: new Intl.NumberFormat('en'),
  list: new Intl.ListFormat('en', { type: 'disjunction' }),
  language: languageIn('en'),
  atLeast: (n) => `at least ${n}`,
  atMost: (n) => `at most ${n}`,
  lastDays: (days) => `${days} days ago or less`,
  daysAgo: (days) => `more than ${days} days ago`,
  times: (n) => ({ is: `have bought ${n} times`, isNot: `have not bought ${n} times` }),
  timesSince: (n, days) => ({
    is: `have bought ${n} times in the last ${days} days`,
    isNot: `have not bought ${n} times in the last ${days} days`,
  }),
  spent: (n) => ({ is: `have spent ${n} in all`, isNot: `have not spent ${n} in all` }),
  spentSince: (n, days) => ({
    is: `have spent ${n} in the last ${days} days`,
    isNot: `have not spent ${n} in the last ${days} days`,
  }),
  lastAmount: (n) => ({
    is: `spent ${n} at their last purchase`,
    isNot: `did not spend ${n} at their last purchase`,
  }),
  lastItems: (n) => ({
    is: `took ${n} items at their last purchase`,
    isNot: `did not take ${n} items at their last purchase`,
  }),
  moment: {
    firstPurchaseAt: (when) => ({ is: `first bought ${when}`, isNot: `did not first buy ${when}` }),
    lastPurchaseAt: (when) => ({ is: `last bought ${when}`, isNot: `did not last buy ${when}` }),
    createdAt: (when) => ({ is: `came ${when}`, isNot: `did not come ${when}` }),
    lastActAt: (when) => ({
      is: `last gave a sign ${when}`,
      isNot: `did not last give a sign ${when}`,
    }),
    lastLetterAt: (when) => ({
      is: `got their last mail ${when}`,
      isNot: `did not get their last mail ${when}`,
    }),
  },
  fieldIs: (field, value) => ({
    is: `have ${value} as ${field}`,
    isNot: `do not have ${value} as ${field}`,
  }),
  fieldExists: (field) => ({ is: `have a field ${field}`, isNot: `have no field ${field}` }),
  fieldHolds: (field, n) => ({
    is: `have ${n} as ${field}`,
    isNot: `do not have ${n} as ${field}`,
  }),
  fieldDate: (field, when) => ({
    is: `have a date ${when} as ${field}`,
    isNot: `have no date ${when} as ${field}`,
  }),
  yes: 'yes',
  no: 'no',
  follows: (topic) => ({ is: `follow ${topic}`, isNot: `do not follow ${topic}` }),
  reads: (paces) => ({ is: `read us ${paces}`, isNot: `do not read us ${paces}` }),
  paces: {
    immediate: 'as published',
    weekly: 'once a week',
    monthly: 'once a month',
    quarterly: 'once a season',
  },
  readsIn: (language) => ({ is: `read in ${language}`, isNot: `do not read in ${language}` }),
  stands: (states) => ({ is: `are ${states}`, isNot: `are not ${states}` }),
  states: {
    active: 'subscribed',
    unproven: 'without proof of their consent',
    unsubscribed: 'gone',
    bounced: 'at an address that no longer answers',
    complained: 'among those who complained',
  },
  paused: { is: 'are taking a break', isNot: 'are not taking a break' },
  letters: (n, days) => ({
    is: `got ${n} mails in the last ${days} days`,
    isNot: `did not get ${n} mails in the last ${days} days`,
  }),
  received: (campaign) => ({
    is: `got ${campaign} in the last month`,
    isNot: `did not get ${campaign} in the last month`,
  }),
  belongs: (segment) => ({ is: `belong to ${segment}`, isNot: `do not belong to ${segment}` }),
};

/** The languages of the console. */
export const CONDITION_WORDS = { fr, en } as const;
