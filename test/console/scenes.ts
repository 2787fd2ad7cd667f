import { DAY, MINUTE } from '../../functions/base/time.ts';
import { longLetter } from '../../infra/bench/long-letter.ts';
import { given } from '../api/cast.ts';
import type { StoryTown } from '../town.ts';

const READERS = [
  { givenName: 'Ada', frequency: 'immediate' },
  { givenName: 'Ben', frequency: 'immediate' },
  { givenName: 'Chloé', frequency: 'monthly' },
  { givenName: '<img src=x onerror=alert(1)>', frequency: 'weekly' },
];
const LETTER = {
  topic: 'arrivages',
  subject: { fr: 'Le poulsard est là', en: 'The poulsard is here' },
  preheader: { fr: 'Six bouteilles par personne', en: 'Six bottles each' },
  content: {
    format: 'markdown',
    source: {
      fr: '# Le poulsard\n\n{{ person.greeting }},\n\nIl est arrivé du Jura.\n\n[Le voir](https://example.org/poulsard)',
      en: '# The poulsard\n\n{{ person.greeting }},\n\nIt came from the Jura.\n\n[See it](https://example.org/poulsard)',
    },
  },
};

/** Four readers of "arrivages", each at a pace of their own. */
export async function withReaders(town: StoryTown): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, reader] of READERS.entries()) {
    const { id } = await town.call<{ id: string }>('POST', '/people', {
      email: `reader-${index}@example.org`,
      language: 'fr',
      timeZone: 'Europe/Paris',
      salutation: { form: 'given-name' },
      subscriptions: [given('arrivages')],
      ...reader,
    });
    ids.push(id);
  }
  return ids;
}

/** A file of three people that waits to be rehearsed. */
export async function fileToImport(town: StoryTown): Promise<string> {
  const { id } = await town.call<{ id: string }>('POST', '/imports', { name: 'boutique.csv' });
  const text = 'courriel,prénom,ville\nines@example.org,Inès,Lyon\npas une adresse,Luc,Dole\n';
  await town.call('POST', `/imports/${id}/pieces`, { index: 0, text, last: true });
  return id;
}

/** A letter in two languages that waits to be sent. */
export async function draftCampaign(town: StoryTown, name = 'Poulsard'): Promise<string> {
  return (await town.call<{ id: string }>('POST', '/campaigns', { name, ...LETTER })).id;
}

/** A letter on the agenda for the Thursday, which two readers will have at once and two in their letters. */
export async function plannedCampaign(town: StoryTown): Promise<string> {
  await withReaders(town);
  const id = await draftCampaign(town);
  await town.call('POST', `/campaigns/${id}/schedule`, {
    at: '2026-01-08T10:00',
    timeZone: 'Europe/Paris',
  });
  return id;
}

/** A letter that two readers have, and that waits in the letters of two others. */
export async function sentCampaign(town: StoryTown): Promise<string> {
  await withReaders(town);
  return sendAnother(town, 'Poulsard');
}

/** One more of the same to the same readers. */
export async function sendAnother(town: StoryTown, name: string): Promise<string> {
  const id = await draftCampaign(town, name);
  await town.call('POST', `/campaigns/${id}/schedule`, {
    at: 'now',
    timeZone: 'Europe/Paris',
  });
  await town.passTime(3 * MINUTE);
  return id;
}

/**
 * A house in which something has happened: one reader came to leave and stayed at a slower pace, one
 * left, one has no mailbox any more.
 */
export async function houseThatLives(town: StoryTown): Promise<StoryTown> {
  await sentCampaign(town);
  const names = ['Inès', 'Jeanne'];
  for (const [index, givenName] of names.entries())
    await town.call('POST', '/people', {
      email: `late-${index}@example.org`,
      givenName,
      language: 'fr',
      frequency: 'immediate',
      subscriptions: [given('arrivages')],
    });
  await sendAnother(town, 'Savagnin');
  await town.passTime(2 * DAY);
  await leaving(town, 'reader-0@example.org', 'Une fois par mois');
  await leaving(town, 'late-0@example.org', 'Ne plus rien recevoir');
  const last = town.lastMail('reader-2@example.org');
  await (await town.open(`/mailbox/messages/${last.id}`)).press(/^(Bounce it|Renvoyer)/);
  await town.call('POST', '/reports/file/count');
  return town;
}

/** Somebody opens their page of leaving and presses a button there. */
export async function leaving(town: StoryTown, email: string, button: string): Promise<void> {
  type Found = { readonly links: { readonly unsubscribe: string } };
  const { links } = await town.call<Found>('POST', '/people/lookup', { email });
  await (await town.open(links.unsubscribe)).press(button);
}

/** Forty blocks in two languages. */
export async function fortyBlocks(town: StoryTown): Promise<string> {
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', longLetter('arrivages'));
  return `/campaigns/${id}/write`;
}
