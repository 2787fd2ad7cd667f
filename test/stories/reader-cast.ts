import { seal } from '../../functions/base/seal.ts';
import { linkTo, openTown, type StoryTown } from '../town.ts';

export const CLAIRE = 'claire@example.org';
const PROOF = { at: '2025-03-05T10:00:00Z', method: 'paper', words: 'Oui, écrivez-moi.' };

export type Shown = {
  readonly id: string;
  readonly state: string;
  readonly frequency: string;
  readonly pausedUntil: string | null;
  readonly nextDigestAt: string | null;
  readonly givenName: string | null;
  readonly language: string;
  readonly timeZone: string;
  readonly salutation: { readonly form: string; readonly words?: string };
  readonly subscriptions: readonly {
    readonly topic: string;
    readonly state: string;
    readonly delivery: string;
  }[];
  readonly links: { readonly preferences: string; readonly unsubscribe: string };
};

/** A house with three topics, and Claire Bonnet in Lyon, who follows two of them as published. */
export async function townWithClaire(
  changes: Readonly<Record<string, unknown>> = {},
  setting: Parameters<typeof openTown>[0] = {},
) {
  const town = await openTown(setting);
  for (const [id, fr, en] of [
    ['arrivages', 'Arrivages', 'New in'],
    ['ateliers', 'Ateliers', 'Tastings'],
    ['vignerons', 'Vignerons', 'Growers'],
  ])
    await town.call('POST', '/topics', { id, name: { fr, en }, visibility: 'public' });
  const consent = { state: 'given', legalBasis: 'consent', proof: PROOF };
  const { id } = await town.call<{ id: string }>('POST', '/people', {
    email: CLAIRE,
    givenName: 'Claire',
    familyName: 'Bonnet',
    language: 'fr',
    frequency: 'immediate',
    salutation: { form: 'madame' },
    subscriptions: [
      { topic: 'arrivages', consent },
      { topic: 'ateliers', consent },
    ],
    ...changes,
  });
  return { town, id, claire: () => town.call<Shown>('GET', `/people/${id}`) };
}

/** Schedules a campaign for the next minute, and answers its id. */
export async function schedule(
  town: StoryTown,
  topic: string,
  subject = `Du nouveau : ${topic}`,
  words: string | { readonly fr: string; readonly en: string } = { fr: 'Bonjour.', en: 'Hello.' },
) {
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: subject,
    topic,
    subject: { fr: subject, en: subject },
    from: { name: 'Claire Delorme', address: 'claire@example.org' },
    content: { format: 'markdown', source: words },
  });
  const at = new Date(town.now() + 60_000).toISOString().slice(0, 16);
  await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone: 'UTC' });
  return id;
}

/** Sends a campaign now, and answers its id. */
export async function publish(
  town: StoryTown,
  topic: string,
  subject?: string,
  words?: Parameters<typeof schedule>[3],
) {
  const id = await schedule(town, topic, subject, words);
  await town.passTime(2 * 60_000);
  return id;
}

export const figuresOf = async (town: StoryTown, campaign: string) =>
  (await town.call<{ figures: Record<string, number> }>('GET', `/campaigns/${campaign}`)).figures;

/** The page behind a link of her last mail. */
export const pageFromMail = (town: StoryTown, page: string, query = '') =>
  town.open(linkTo(page, town.lastMail(CLAIRE)) + query);

/** What the page and the download behind a fresh mail tell somebody about themselves. */
export async function knownOf(town: StoryTown, email: string) {
  const { id } = await town.call<{ id: string }>('POST', '/people/lookup', { email });
  const token = seal(town.ports, {
    purpose: 'my-data',
    subjectId: id,
    expiresAt: town.now() + 3_600_000,
  });
  const all = await town.ask(`/my-data/${token}/my-data.json`);
  return {
    page: (await town.open(`/my-data/${token}`)).text,
    all: (await all.json()) as Record<string, unknown>,
  };
}
