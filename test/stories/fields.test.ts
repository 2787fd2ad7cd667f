import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { readBrand, readPerson } from '../../functions/people/store.ts';
import { decide } from '../../functions/policy/decide.ts';
import { Choice } from '../../functions/preferences/choice.ts';
import { linksIn, type StoryTown } from '../town.ts';
import { CLAIRE, publish, townWithClaire } from './reader-cast.ts';

type Came = { readonly subject: string; readonly at: string; readonly text: string };
type Story = {
  /** How she begins; what is published to her is the same in every story. */
  readonly as?: Readonly<Record<string, unknown>>;
  readonly chooses: Readonly<Record<string, unknown>>;
  readonly notices: (mails: readonly Came[], without: readonly Came[]) => void;
};

const agent = { name: 'Lise', method: 'phone' };
const subjects = (mails: readonly Came[]) => mails.map(({ subject }) => subject);
const days = (mails: readonly Came[]) => mails.map(({ at }) => at.slice(0, 10));

/** Three letters in a week of January: one in both languages, one in French, one for who bought something. */
async function publishJanuary(town: StoryTown): Promise<string[]> {
  const ids: string[] = [];
  const news = [
    { topic: 'arrivages', subject: { fr: 'Arrivage', en: 'Arrival' }, both: true },
    { topic: 'ateliers', subject: { fr: 'Atelier' }, both: false },
    {
      topic: 'arrivages',
      subject: { fr: 'Merci', en: 'Thanks' },
      both: true,
      audience: { fact: 'purchases', atLeast: 1 },
    },
  ];
  for (const [index, { both, ...one }] of news.entries()) {
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      ...one,
      name: one.subject.fr,
      content: {
        format: 'markdown',
        source: {
          fr: '{{ person.greeting }}, bonne lecture, {{ person.givenName }} {{ person.familyName }}.',
          ...(both && { en: '{{ person.greeting }}, enjoy, {{ person.givenName }}.' }),
        },
      },
    });
    await town.call('POST', `/campaigns/${id}/schedule`, {
      at: `2026-01-0${7 + index}T10:00`,
      timeZone: 'Europe/Paris',
    });
    ids.push(id);
  }
  return ids;
}

const cameTo = (town: StoryTown): Came[] =>
  town
    .mails(CLAIRE)
    .map(({ subject, at, text }) => ({ subject, at: new Date(at).toISOString(), text }));

async function lived(as: Story['as'], choice: Story['chooses'] | undefined): Promise<Came[]> {
  const { town, id } = await townWithClaire(as);
  await town.call('POST', '/events', {
    events: [
      {
        id: 'till-1',
        type: 'purchase',
        personId: id,
        at: '2026-01-02T10:00:00Z',
        data: { amount: 20, currency: 'EUR', items: 1 },
      },
    ],
  });
  if (choice) await town.call('POST', `/people/${id}/preferences`, { ...choice, agent });
  await publishJanuary(town);
  await town.passTime(100 * DAY);
  return cameTo(town);
}

const weekly = { frequency: 'weekly' };
/** A field that is added to what readers may choose does not compile before its story is told here. */
const STORIES: Record<Exclude<keyof Choice, 'personalNotes' | 'countClicks'>, Story> = {
  everything: {
    chooses: { everything: 'stop' },
    notices: (mails) => expect(mails).toEqual([]),
  },
  frequency: {
    chooses: { frequency: 'monthly' },
    notices: (mails, without) => {
      expect(subjects(without)).toEqual(['Arrivage', 'Atelier', 'Merci']);
      expect(days(mails)).toEqual(['2026-02-03']);
      for (const news of ['Arrivage', 'Atelier', 'Merci']) expect(mails[0]!.text).toContain(news);
    },
  },
  pausedUntil: {
    chooses: { pausedUntil: '2026-03-01T09:00:00Z' },
    notices: (mails) => {
      expect(days(mails)).toEqual(['2026-03-01']);
      expect(mails[0]!.text).toContain('Votre pause est terminée');
    },
  },
  subscriptions: {
    as: { frequency: 'monthly' },
    chooses: {
      subscriptions: [
        { topic: 'arrivages', delivery: 'off' },
        { topic: 'ateliers', delivery: 'immediate' },
      ],
    },
    notices: (mails, without) => {
      expect(days(without)).toEqual(['2026-02-03']);
      expect(subjects(mails)).toEqual(['Atelier']);
      expect(days(mails)).toEqual(['2026-01-08']);
    },
  },
  salutation: {
    chooses: { salutation: { form: 'own', words: 'chère lectrice' } },
    notices: (mails, without) => {
      expect(without[0]!.text).toContain('Bonjour Madame Bonnet,');
      expect(mails[0]!.text).toContain('Bonjour chère lectrice,');
    },
  },
  givenName: {
    chooses: { givenName: 'Clara' },
    notices: (mails, without) => {
      expect(without[0]!.text).toContain('bonne lecture, Claire Bonnet.');
      expect(mails[0]!.text).toContain('bonne lecture, Clara Bonnet.');
    },
  },
  familyName: {
    chooses: { familyName: 'Roux' },
    notices: (mails) => expect(mails[0]!.text).toContain('bonne lecture, Claire Roux.'),
  },
  weekday: {
    as: weekly,
    chooses: { weekday: 5 },
    notices: (mails, without) => {
      expect(days(without)).toEqual(['2026-01-13']);
      expect(days(mails)).toEqual(['2026-01-09', '2026-01-16']);
    },
  },
  partOfDay: {
    as: weekly,
    chooses: { partOfDay: 'afternoon' },
    notices: (mails, without) => {
      expect(without[0]!.at).toBe('2026-01-13T08:00:00.000Z');
      expect(mails[0]!.at).toBe('2026-01-13T13:00:00.000Z');
    },
  },
  timeZone: {
    as: weekly,
    chooses: { timeZone: 'Asia/Kathmandu' },
    notices: (mails) => expect(mails[0]!.at).toBe('2026-01-13T03:15:00.000Z'),
  },
  language: {
    chooses: { language: 'en' },
    notices: (mails) => {
      expect(subjects(mails)).toEqual(['Arrival', 'Atelier', 'Thanks']);
      expect(mails[0]!.text).toContain('Hello');
    },
  },
  languageOnly: {
    as: { language: 'en' },
    chooses: { languageOnly: true },
    notices: (mails, without) => {
      expect(subjects(without)).toContain('Atelier');
      expect(subjects(mails)).toEqual(['Arrival', 'Thanks']);
    },
  },
  byPurchases: {
    chooses: { byPurchases: false },
    notices: (mails, without) => {
      expect(subjects(without)).toContain('Merci');
      expect(subjects(mails)).toEqual(['Arrivage', 'Atelier']);
    },
  },
};

describe('what a reader chooses changes what is sent', () => {
  it.each(Object.entries(STORIES))('%s', async (_, { as, chooses, notices }) => {
    const without = await lived(as, undefined);
    const mails = await lived(as, chooses);
    expect(mails).not.toEqual(without);
    notices(mails, without);
  });

  it('every field that can be chosen has its story', () => {
    const told = [...Object.keys(STORIES), 'personalNotes', 'countClicks'].sort();
    expect(told).toEqual(Object.keys(Choice.shape).sort());
  });

  it('only my language: news that waits already is left out of the letter, and its campaign says why', async () => {
    const { town, id } = await townWithClaire({ frequency: 'monthly', language: 'en' });
    const [both, frenchOnly] = await publishJanuary(town);
    await town.passTime(10 * DAY);
    await town.call('POST', `/people/${id}/preferences`, { languageOnly: true, agent });
    await town.passTime(40 * DAY);
    expect(subjects(cameTo(town))).toEqual(['Arrival']);
    const figures = async (campaign: string) =>
      (await town.call<{ figures: object }>('GET', `/campaigns/${campaign}`)).figures;
    expect(await figures(both!)).toMatchObject({ deliveredInDigests: 1, leftOutOfDigests: 0 });
    expect(await figures(frenchOnly!)).toMatchObject({
      deliveredInDigests: 0,
      leftOutOfDigests: 1,
      leftOutByReason: { 'not-in-audience': 1 },
    });
  });

  it('counted clicks: links of the next mails are marked as theirs, and of nobody else’s', async () => {
    const marked = async (choice: object) => {
      const { town, id } = await townWithClaire();
      await town.call('POST', `/people/${id}/preferences`, { ...choice, agent });
      await publish(town, 'arrivages', 'Lien', '[Boutique](https://shop.example.org/new)');
      const [door] = linksIn(town.lastMail(CLAIRE)).filter((link) => link.includes('/c/'));
      return door!.includes('~');
    };
    expect(await marked({ personalNotes: true })).toBe(false);
    expect(await marked({ countClicks: true })).toBe(true);
  });
});

/** Journeys do not exist yet, so the heart is asked itself; the welcome tells the same through the doors. */
it('personal notes: who switched them off is told so as the reason', async () => {
  const { town, id } = await townWithClaire();
  const ask = async () =>
    decide({
      mail: { kind: 'note', mailing: 'j-thanks', numbers: [] },
      reader: (await readPerson(town.ports, id))!.reader.it,
      brand: await readBrand(town.ports),
      now: town.now() + HOUR,
    });
  expect(await ask()).toEqual({ kind: 'send', because: 'subscribed' });
  await town.call('POST', `/people/${id}/preferences`, { personalNotes: false, agent });
  expect(await ask()).toEqual({ kind: 'drop', because: 'lifecycle-off' });
});
