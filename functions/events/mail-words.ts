import type { ConsoleLanguage } from '../people/condition-sentence.ts';
import { CONDITION_WORDS } from '../people/condition-words.ts';
import type { Reason } from '../policy/decision.ts';
import type { Became, MailTold } from './mail-story.ts';
import type { Teller } from './story-words.ts';

type MailWords = {
  readonly became: Readonly<Record<Became, (subject: string, when: string) => string>>;
  readonly reasons: Readonly<Record<Reason, (topic: string) => string>>;
};

const fr: MailWords = {
  became: {
    sent: (subject) => `Courrier « ${subject} »`,
    ready: (subject) => `« ${subject} » est prêt à partir`,
    refused: (subject) => `« ${subject} » a été refusé par le fournisseur de messagerie`,
    uncertain: (subject) => `« ${subject} » : le fournisseur n’a pas dit s’il est parti`,
    held: (subject, when) => `« ${subject} » attend${when && ` jusqu’au ${when}`}`,
    'put-off': (subject, when) =>
      `« ${subject} » est remis à sa propre lettre${when && ` du ${when}`}`,
    'waits-no-more': (subject, when) =>
      `« ${subject} » attendait sa propre lettre${when && ` du ${when}`}, et n’attend plus`,
    dropped: (subject) => `« ${subject} » ne lui a pas été envoyé`,
    unknown: (subject) =>
      `« ${subject} » n’est pas parmi ses derniers courriers ; le journal d’envoi dit pourquoi`,
  },
  reasons: {
    subscribed: (topic) => `suit ${topic}`,
    'digest-day': () => 'sa propre lettre, qui réunit ce qui attendait son jour',
    requested: () => 'demandé par la personne elle-même',
    transactional: () => 'message de service',
    'quiet-hours': () => 'il fait nuit là où se trouve cette personne',
    quota: () => 'le débit du jour est épuisé',
    'preferred-time': () => 'attend l’heure choisie',
    paused: () => 'fait une pause',
    frequency: () => 'a choisi un rythme plus lent',
    'frequency-cap': () => 'a déjà reçu beaucoup de courrier ces jours-ci',
    'no-consent': () => 'n’a pas donné son accord',
    'not-subscribed': (topic) => `ne suit pas ${topic}`,
    unproven: () => 'son accord est sans preuve',
    suppressed: () => 'a tout arrêté',
    bounced: () => 'son adresse ne répond plus',
    complained: () => 'nous a signalés comme indésirables',
    erased: () => 'a été effacée',
    expired: () => 'la nouvelle était trop vieille',
    withdrawn: () => 'la campagne a été retirée',
    stopped: () => 'n’en avait plus besoin',
    'newer-came': () => 'une nouvelle plus récente a pris sa place',
    'already-sent': () => 'l’avait déjà reçu',
    'lifecycle-off': () => 'ne veut pas de mots personnels',
    'lifecycle-ceiling': () => 'a reçu assez de mots personnels',
    holdout: () => 'fait partie du groupe témoin',
    'not-in-audience': () => 'n’est pas du public de cette campagne',
    'render-failed': () => 'la lettre n’a pas pu être faite',
  },
};

const en: MailWords = {
  became: {
    sent: (subject) => `Mail “${subject}”`,
    ready: (subject) => `“${subject}” is ready to leave`,
    refused: (subject) => `“${subject}” was refused by the mail provider`,
    uncertain: (subject) => `“${subject}”: the provider did not say whether it left`,
    held: (subject, when) => `“${subject}” waits${when && ` until ${when}`}`,
    'put-off': (subject, when) =>
      `“${subject}” is put off to their own letter${when && ` of ${when}`}`,
    'waits-no-more': (subject, when) =>
      `“${subject}” waited for their own letter${when && ` of ${when}`}, and waits no more`,
    dropped: (subject) => `“${subject}” was not sent to them`,
    unknown: (subject) => `“${subject}” is not among their last mails; its delivery log says why`,
  },
  reasons: {
    subscribed: (topic) => `follows ${topic}`,
    'digest-day': () => 'their own letter, which gathers what waited for its day',
    requested: () => 'they asked for it themselves',
    transactional: () => 'a service message',
    'quiet-hours': () => 'it is night where they are',
    quota: () => 'the day’s rate is used up',
    'preferred-time': () => 'it waits for the hour they chose',
    paused: () => 'they take a break',
    frequency: () => 'they chose a slower pace',
    'frequency-cap': () => 'they had much mail these days',
    'no-consent': () => 'they gave no consent',
    'not-subscribed': (topic) => `they do not follow ${topic}`,
    unproven: () => 'their consent is without proof',
    suppressed: () => 'they stopped everything',
    bounced: () => 'their address is dead',
    complained: () => 'they called us spam',
    erased: () => 'they were erased',
    expired: () => 'the news was too old',
    withdrawn: () => 'the campaign was withdrawn',
    stopped: () => 'they did not need it any more',
    'newer-came': () => 'newer news took its place',
    'already-sent': () => 'they had it already',
    'lifecycle-off': () => 'they want no personal notes',
    'lifecycle-ceiling': () => 'they had enough personal notes',
    holdout: () => 'they are in the hold-out',
    'not-in-audience': () => 'they are not in its audience',
    'render-failed': () => 'the letter could not be made',
  },
};

const WORDS = { fr, en } as const;

/** What became of a mail for this person, and why. */
export function mailWords(mail: MailTold, language: ConsoleLanguage, teller: Teller): string {
  const words = WORDS[language];
  const topic =
    mail.topic === null ? '' : CONDITION_WORDS[language].quoted(teller.topic(mail.topic));
  const because = mail.reason === null ? '' : words.reasons[mail.reason](topic);
  return [what(mail, language, teller), because].filter(Boolean).join(' · ');
}

function what(mail: MailTold, language: ConsoleLanguage, teller: Teller): string {
  const when = mail.until === null ? '' : teller.day(mail.until);
  return WORDS[language].became[mail.became](mail.subject, when);
}
