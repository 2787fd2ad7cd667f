import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { openTown, type StoryTown } from '../town.ts';
import { CLAIRE, publish, townWithClaire } from './reader-cast.ts';

const agent = { name: 'Lise', method: 'phone' };
const iso = (at: number) => new Date(at).toISOString();
const when = (town: StoryTown) => town.mails(CLAIRE).map(({ at }) => iso(at));

async function change(town: StoryTown, brand: object): Promise<void> {
  const { headers } = await town.api('GET', '/brand');
  await town.call('PATCH', '/brand', brand, { 'if-match': headers.get('etag')! });
}

async function sendAt(town: StoryTown, at: string, timeZone: string): Promise<void> {
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'À son heure',
    topic: 'arrivages',
    subject: 'À son heure',
    content: { format: 'markdown', source: 'Bonjour.' },
  });
  await town.call('POST', `/campaigns/${id}/schedule`, { at, timeZone });
}

const noNight = { quiet: { fromMinutes: 0, toMinutes: 0 } };

describe('hours that clocks play with', () => {
  it('an hour that never happens: the letter leaves at the first minute after it', async () => {
    const { town } = await townWithClaire();
    await change(town, noNight);
    await sendAt(town, '2026-03-29T02:30', 'Europe/Paris');
    await town.passTime({ to: Date.parse('2026-04-02T00:00:00Z') });
    expect(when(town)).toEqual(['2026-03-29T01:00:00.000Z']);
  });

  it('an hour that happens twice: the letter leaves once, in the first of the two', async () => {
    const { town } = await townWithClaire();
    await change(town, noNight);
    await sendAt(town, '2026-10-25T02:30', 'Europe/Paris');
    await town.passTime({ to: Date.parse('2026-10-28T00:00:00Z') });
    expect(when(town)).toEqual(['2026-10-25T00:30:00.000Z']);
  });

  it.each([
    ['before and after the spring change', '2026-03-22', ['03-24T08:00', '03-31T07:00']],
    ['before and after the autumn change', '2026-10-18', ['10-20T07:00', '10-27T08:00']],
  ])('a letter at nine stays at nine %s', async (_, from, expected) => {
    const { town } = await townWithClaire({ frequency: 'weekly' });
    await town.passTime({ to: Date.parse(`${from}T12:00:00Z`) });
    await publish(town, 'arrivages', 'Un');
    await town.passTime(3 * DAY);
    await publish(town, 'arrivages', 'Deux');
    await town.passTime(10 * DAY);
    expect(when(town)).toEqual(expected.map((at) => `2026-${at}:00.000Z`));
  });

  it.each([
    ['of quarter hours', 'Asia/Kathmandu', '03:15'],
    ['of half hours', 'Asia/Kolkata', '03:30'],
    ['with an old name', 'Asia/Calcutta', '03:30'],
    ['with another old name', 'Europe/Kiev', '07:00'],
    ['with its new name', 'Europe/Kyiv', '07:00'],
  ])('nine o’clock in a zone %s is nine o’clock there', async (_, timeZone, utc) => {
    const { town } = await townWithClaire({ frequency: 'weekly', timeZone });
    await publish(town, 'arrivages');
    await town.passTime(3 * DAY);
    expect(when(town)).toEqual([`2026-01-06T${utc}:00.000Z`]);
  });

  it('at each reader’s own clock the letter comes at that hour where she lives', async () => {
    const { town } = await townWithClaire({ timeZone: 'America/New_York' });
    await sendAt(town, '2026-03-08T10:00', 'reader');
    await town.passTime({ to: Date.parse('2026-03-10T00:00:00Z') });
    expect(when(town)).toEqual(['2026-03-08T14:00:00.000Z']);
  });
});

describe('somebody whose zone nobody knows', () => {
  it('is written to by the clock of the house, which the page says; never at once for want of a zone', async () => {
    const { town, claire } = await townWithClaire({ frequency: 'weekly' });
    expect((await claire()).timeZone).toBe('Europe/Paris');
    const page = await town.open((await claire()).links.preferences);
    expect(page.text).toContain('Celui de la maison, faute de connaître le vôtre.');
    await sendAt(town, '2026-01-07T10:00', 'reader');
    await town.passTime({ to: Date.parse('2026-01-07T08:59:00Z') });
    expect(when(town)).toEqual([]);
    await town.passTime(10 * DAY);
    expect(when(town)).toEqual(['2026-01-13T08:00:00.000Z']);
  });

  it.each(['Mars/Olympus', '', 'CET+1'])('cannot be given the zone "%s"', async (timeZone) => {
    const { town, id } = await townWithClaire();
    const { status } = await town.api('POST', `/people/${id}/preferences`, { timeZone, agent });
    expect(status).toBe(422);
  });

  it('a guess never takes the place of what the reader chose', async () => {
    const { town, id, claire } = await townWithClaire();
    await town.call('POST', `/people/${id}/preferences`, { timeZone: 'Asia/Tokyo', agent });
    const { ignored } = await town.call<{ ignored: string[] }>('POST', '/people', {
      email: CLAIRE,
      timeZone: 'Europe/Paris',
      subscriptions: [],
    });
    expect(ignored).toContain('timeZone');
    expect((await claire()).timeZone).toBe('Asia/Tokyo');
  });
});

describe('days that are not what they were', () => {
  it('a pause of three months from the end of November ends on 29 February where there is one', async () => {
    const { town } = await townWithClaire();
    await town.passTime({ to: Date.parse('2027-11-30T11:00:00Z') });
    const { links } = await town.call<{ links: { preferences: string } }>(
      'POST',
      '/people/lookup',
      {
        email: CLAIRE,
      },
    );
    const page = await town.open(links.preferences);
    const saved = await page.press('Enregistrer', { pause: '3' });
    expect(saved.text).toContain('29 février');
  });

  it('who flies west on the day of their letter gets it once', async () => {
    const { town, id } = await townWithClaire({
      frequency: 'weekly',
      timeZone: 'Pacific/Kiritimati',
    });
    await publish(town, 'arrivages', 'Un');
    await town.passTime({ to: Date.parse('2026-01-05T19:30:00Z') });
    expect(when(town)).toEqual(['2026-01-05T19:00:00.000Z']);
    await town.call('POST', `/people/${id}/preferences`, {
      timeZone: 'Pacific/Honolulu',
      agent,
    });
    await publish(town, 'arrivages', 'Deux');
    await town.passTime(10 * DAY);
    expect(when(town)).toEqual(['2026-01-05T19:00:00.000Z', '2026-01-13T19:00:00.000Z']);
  });

  it('who flies east just before their letter gets it on its day over there, and only once', async () => {
    const { town, id } = await townWithClaire({
      frequency: 'weekly',
      timeZone: 'Pacific/Honolulu',
    });
    await publish(town, 'arrivages');
    await town.passTime({ to: Date.parse('2026-01-06T12:00:00Z') });
    await town.call('POST', `/people/${id}/preferences`, {
      timeZone: 'Pacific/Auckland',
      agent,
    });
    await town.passTime(20 * DAY);
    expect(when(town)).toEqual(['2026-01-12T20:00:00.000Z']);
  });
});

describe('no moment without its zone', () => {
  it.each([
    [
      'an event',
      'POST',
      '/events',
      {
        events: [
          {
            id: 'e1',
            type: 'purchase',
            email: CLAIRE,
            at: '2026-01-02T10:00:00',
            data: { amount: 1, currency: 'EUR' },
          },
        ],
      },
    ],
    [
      'a proof',
      'POST',
      '/people',
      {
        email: CLAIRE,
        subscriptions: [
          {
            topic: 'arrivages',
            consent: {
              state: 'given',
              proof: { at: '2026-01-02T10:00:00', method: 'paper', words: 'Oui' },
            },
          },
        ],
      },
    ],
    [
      'an expiry',
      'POST',
      '/campaigns',
      {
        name: 'x',
        topic: 'arrivages',
        subject: 'x',
        expiresAt: '2026-02-01T10:00:00',
        content: { format: 'markdown', source: 'x' },
      },
    ],
  ])('%s is refused', async (_, method, path, body) => {
    const { town } = await townWithClaire();
    expect((await town.api(method, path, body)).status).toBe(422);
  });

  it('a pause is refused', async () => {
    const { town, id } = await townWithClaire();
    const body = { pausedUntil: '2026-03-01T09:00:00', agent };
    expect((await town.api('POST', `/people/${id}/preferences`, body)).status).toBe(422);
  });

  it('whatever the API answers, every moment says which it is: in UTC, or beside the zone of its clock', async () => {
    const { town, id } = await townWithClaire({ frequency: 'monthly' });
    await publish(town, 'arrivages');
    await sendAt(town, '2026-03-08T10:00', 'Europe/Paris');
    await town.passTime(40 * DAY);
    const naked: string[] = [];
    const paths = [
      '/brand',
      '/topics',
      '/campaigns',
      '/digests',
      '/digests/2026-01-06',
      '/digests/2026-02-03',
      `/people/${id}`,
    ];
    for (const path of paths) look(await town.call('GET', path), path, naked);
    expect(naked).toEqual([]);
  });
});

/** Looks for moments that could be read on two clocks. A wall time with its zone beside it is none. */
function look(value: unknown, path: string, naked: string[]): void {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) && !/(Z|[+-]\d{2}:\d{2})$/.test(value))
      naked.push(`${path}: ${value}`);
  } else if (Array.isArray(value)) value.forEach((one) => look(one, path, naked));
  else if (typeof value === 'object' && value !== null) {
    const { timeZone } = value as { timeZone?: unknown };
    for (const [name, inner] of Object.entries(value))
      if (!(name === 'at' && typeof timeZone === 'string')) look(inner, `${path}.${name}`, naked);
  }
}

describe('each page says whose clock it shows', () => {
  it('the laptop’s own clock names its zone', async () => {
    const town = await openTown();
    const { timeZone } = (await (
      await town.ask('/clock', { headers: { accept: 'application/json' } })
    ).json()) as { timeZone: string };
    expect(timeZone).toBe('Europe/Paris');
  });

  it('dates of letters are days on the reader’s own calendar, beside the zone they are counted in', async () => {
    const { town, claire } = await townWithClaire({
      frequency: 'weekly',
      timeZone: 'Pacific/Kiritimati',
    });
    const page = await town.open((await claire()).links.preferences);
    expect(page.text).toContain('Fuseau horaire');
    const next = Date.parse((await claire()).nextDigestAt!);
    const day = new Intl.DateTimeFormat('fr-FR', {
      timeZone: 'Pacific/Kiritimati',
      day: 'numeric',
      month: 'long',
    }).format(next);
    expect(page.text).toContain(day);
    expect(next).toBeGreaterThan(town.now() - HOUR);
  });
});
