import type { ConsentRecord, Hand, Method } from '../consent/record.ts';
import { CONDITION_WORDS } from '../people/condition-words.ts';
import type { ConsoleLanguage } from '../people/condition-sentence.ts';
import type { TimelineEvent } from './event.ts';

/** What a person's story is told with: names as the house gives them, days as its clock shows them. */
export type Teller = {
  readonly topic: (id: string) => string;
  readonly day: (at: number) => string;
};

type StoryWords = {
  readonly yes: (what: string) => string;
  readonly asked: (what: string) => string;
  readonly unproven: (what: string) => string;
  readonly no: (what: string) => string;
  readonly changed: (what: string) => string;
  readonly pace: (pace: string) => string;
  readonly pausedUntil: (day: string) => string;
  readonly pauseEnds: string;
  readonly digest: (topic: string) => string;
  readonly atOnce: (topic: string) => string;
  readonly purposes: Readonly<Record<string, string>>;
  readonly by: Readonly<Record<Hand['kind'], (name: string) => string>>;
  readonly methods: Readonly<Record<Method, string>>;
  readonly undone: string;
  readonly bought: (money: string, items: number | null) => string;
  readonly event: (type: string) => string;
  readonly click: string;
  readonly came: string;
};

const fr: StoryWords = {
  yes: (what) => `Oui à ${what}`,
  asked: (what) => `Oui à ${what}, à confirmer`,
  unproven: (what) => `Oui à ${what}, sans preuve`,
  no: (what) => `Non à ${what}`,
  changed: (what) => `Changement : ${what}`,
  pace: (pace) => `Rythme : ${pace}`,
  pausedUntil: (day) => `Pause jusqu’au ${day}`,
  pauseEnds: 'Fin de la pause',
  digest: (topic) => `${topic} : dans la lettre`,
  atOnce: (topic) => `${topic} : tout de suite`,
  purposes: {
    letters: 'nos lettres',
    'personal-notes': 'un mot personnel',
    profiling: 'un courrier choisi d’après les achats',
    'click-counting': 'le comptage des clics',
    address: 'l’adresse',
    everything: 'tout courrier',
  },
  by: {
    person: () => '',
    agent: (name) => `par ${name}`,
    import: (name) => `import « ${name} »`,
    provider: () => 'par le fournisseur de messagerie',
    house: () => 'par la maison',
  },
  methods: {
    form: 'formulaire',
    'preference-page': 'page des préférences',
    'one-click': 'bouton du logiciel de courrier',
    reply: 'réponse à une lettre',
    phone: 'téléphone',
    paper: 'papier',
    'in-person': 'en personne',
    qr: 'code QR',
    api: 'API',
    import: 'import',
    complaint: 'plainte',
    'end-of-term': 'fin du délai',
  },
  undone: 'a annulé ce qui précède',
  bought: (money, items) =>
    `Achat de ${money}${items === null ? '' : `, ${items} article${items > 1 ? 's' : ''}`}`,
  event: (type) => `Événement « ${type} »`,
  click: 'A suivi un lien',
  came: 'Arrivée dans la maison',
};

const en: StoryWords = {
  yes: (what) => `Yes to ${what}`,
  asked: (what) => `Yes to ${what}, to be confirmed`,
  unproven: (what) => `Yes to ${what}, without proof`,
  no: (what) => `No to ${what}`,
  changed: (what) => `Changed: ${what}`,
  pace: (pace) => `Pace: ${pace}`,
  pausedUntil: (day) => `Break until ${day}`,
  pauseEnds: 'End of the break',
  digest: (topic) => `${topic}: in the letter`,
  atOnce: (topic) => `${topic}: at once`,
  purposes: {
    letters: 'our letters',
    'personal-notes': 'a personal note',
    profiling: 'mail chosen by purchases',
    'click-counting': 'counting of clicks',
    address: 'the address',
    everything: 'all mail',
  },
  by: {
    person: () => '',
    agent: (name) => `by ${name}`,
    import: (name) => `import “${name}”`,
    provider: () => 'by the mail provider',
    house: () => 'by the house',
  },
  methods: {
    form: 'form',
    'preference-page': 'preference page',
    'one-click': 'button of the mail program',
    reply: 'reply to a letter',
    phone: 'phone',
    paper: 'paper',
    'in-person': 'in person',
    qr: 'QR code',
    api: 'API',
    import: 'import',
    complaint: 'complaint',
    'end-of-term': 'end of the term',
  },
  undone: 'took back what came before',
  bought: (money, items) =>
    `Bought for ${money}${items === null ? '' : `, ${items} item${items === 1 ? '' : 's'}`}`,
  event: (type) => `Event “${type}”`,
  click: 'Followed a link',
  came: 'Came to the house',
};

const WORDS = { fr, en } as const;

/** A line of the ledger: what was said, how, and by whose hand. */
export function consentWords(
  record: ConsentRecord,
  language: ConsoleLanguage,
  teller: Teller,
): string {
  const words = WORDS[language];
  const { by, method, surface } = record;
  const hand = words.by[by.kind]('name' in by ? by.name : '');
  // Whoever took something back did not choose anew.
  const way = surface.name === 'undo' ? words.undone : words.methods[method];
  // A file says itself that it came in with one.
  const how = by.kind === 'import' && method === 'import' ? [hand] : [way, hand];
  return `${said(record, language, teller)} · ${how.filter(Boolean).join(', ')}`;
}

function said(record: ConsentRecord, language: ConsoleLanguage, teller: Teller): string {
  const words = WORDS[language];
  const what = aboutWhat(record.purpose, language, teller);
  switch (record.state) {
    case 'given':
      return words.yes(what);
    case 'asked':
      return words.asked(what);
    case 'unproven':
      return words.unproven(what);
    case 'withdrawn':
      return words.no(what);
    case 'changed':
      return changed(record, what, language, teller);
  }
}

function changed(
  { change }: ConsentRecord,
  what: string,
  language: ConsoleLanguage,
  teller: Teller,
): string {
  const words = WORDS[language];
  if (change?.frequency) return words.pace(CONDITION_WORDS[language].paces[change.frequency]);
  if (change?.pausedUntil === null) return words.pauseEnds;
  if (change?.pausedUntil !== undefined) return words.pausedUntil(teller.day(change.pausedUntil));
  if (change?.delivery === 'digest') return words.digest(what);
  if (change?.delivery === 'immediate') return words.atOnce(what);
  return words.changed(what);
}

function aboutWhat(purpose: string, language: ConsoleLanguage, teller: Teller): string {
  if (!purpose.startsWith('topic:')) return WORDS[language].purposes[purpose] ?? purpose;
  return CONDITION_WORDS[language].quoted(teller.topic(purpose.slice('topic:'.length)));
}

const FACTS_SAID = 3;

/** What somebody did at a touchpoint of the house. */
export function eventWords({ type, data }: TimelineEvent, language: ConsoleLanguage): string {
  const words = WORDS[language];
  const { amount, currency, items } = data;
  if (type === 'purchase' && typeof amount === 'number')
    return words.bought(
      money(amount, currency, language),
      typeof items === 'number' ? items : null,
    );
  const facts = Object.entries(data)
    .slice(0, FACTS_SAID)
    .map(([name, value]) => `${name} ${String(value)}`);
  return [words.event(type), ...facts].join(' · ');
}

function money(amount: number, currency: unknown, language: ConsoleLanguage): string {
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    return new Intl.NumberFormat(language).format(amount);
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
}

export const clickWords = (language: ConsoleLanguage) => WORDS[language].click;
export const cameWords = (language: ConsoleLanguage) => WORDS[language].came;
