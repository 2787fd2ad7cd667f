import { describe, expect, it } from 'vitest';
import type { ConsentRecord } from '../../functions/consent/record.ts';
import { consentWords } from '../../functions/events/story-words.ts';
import { ADA, addPerson, withTopics } from '../api/cast.ts';
import { openDesk } from '../api/desk.ts';

type Told = {
  id: string;
  became: string;
  because: string | null;
  until: string | null;
  canBeRead: boolean;
  carries: { campaign: string | null; title: string }[];
};
type Story = { items: { kind: string; words: { fr: string; en: string }; mail: Told | null }[] };
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the story of a person', () => {
  it('is told why each mail came, was put off or did not come, and what came is read as they had it', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const { body: ada } = await addPerson(desk, { ...ADA, frequency: 'immediate' });
    const { body: ben } = await addPerson(desk, {
      ...ADA,
      email: 'ben@example.org',
      externalId: 'ben',
      givenName: 'Ben',
      frequency: 'monthly',
    });
    const { body: cleo } = await addPerson(desk, {
      ...ADA,
      email: 'cleo@example.org',
      externalId: 'cleo',
      subscriptions: [{ topic: 'arrivages', consent: { state: 'given', legalBasis: 'consent' } }],
    });
    const sent = async (subject: string, topic: string) => {
      const source = 'For {{ person.givenName }}, [here](https://example.org/wine).';
      const body = { name: subject, topic, subject, content: { format: 'markdown', source } };
      const { id } = (await desk.ask<{ id: string }>('POST', '/campaigns', body)).body;
      const plan = { at: 'now', timeZone: 'Europe/Paris' };
      await desk.ask('POST', `/campaigns/${id}/schedule`, plan);
      await desk.passTime(3_600_000);
      return id;
    };
    const vendanges = await sent('Les vendanges', 'arrivages');
    const mailsOf = async (id: string) =>
      (await desk.ask<Story>('GET', `/people/${id}/timeline`)).body.items.filter(
        ({ kind }) => kind === 'mail',
      );
    const adas = await mailsOf(ada.id);
    expect(adas.map(({ words }) => plain(words.en))).toEqual([
      'Mail “Les vendanges” · follows “Topic arrivages”',
    ]);
    expect(adas.map(({ mail }) => mail)).toMatchObject([
      {
        became: 'sent',
        because: 'subscribed',
        canBeRead: true,
        carries: [{ campaign: vendanges, title: 'Les vendanges' }],
      },
    ]);
    const read = (person: string, mail: string) =>
      desk.ask<{ html: string; subject: string; text: string }>(
        'GET',
        `/people/${person}/letters/${mail}`,
      );
    const { body } = await read(ada.id, adas[0]!.mail!.id);
    expect(body.subject).toBe('Les vendanges');
    expect(body.html).toContain(`For ${ADA.givenName}`);
    expect(body.html).toContain('href="https://example.org/wine"');
    expect(body.html).not.toMatch(/\/(unsubscribe|preferences|c)\//);
    expect((await read(ada.id, 'c-nothing')).status).toBe(404);

    const [dropped] = await mailsOf(cleo.id);
    expect(plain(dropped!.words.fr)).toBe(
      '« Les vendanges » ne lui a pas été envoyé · son accord est sans preuve',
    );
    expect(dropped!.mail).toMatchObject({
      became: 'dropped',
      because: 'unproven',
      canBeRead: false,
      carries: [{ campaign: vendanges }],
    });
    expect((await read(cleo.id, dropped!.mail!.id)).status).toBe(404);

    const waits = (await mailsOf(ben.id)).at(-1)!;
    expect(plain(waits.words.en)).toMatch(
      /^“Les vendanges” is put off to their own letter of \d+ \w+ 2026 · they chose a slower pace$/,
    );
    await desk.passTime(Date.parse(waits.mail!.until!) - desk.ports.now() + 3_600_000);
    const came = (await mailsOf(ben.id)).find(({ mail }) => mail?.became === 'sent');
    expect(came?.mail).toMatchObject({ because: 'digest-day', canBeRead: true });
    expect(came?.words.fr).toMatch(/ · sa propre lettre, qui réunit ce qui attendait son jour$/);
    expect((await read(ben.id, came!.mail!.id)).body.text).toContain('Ben');
    expect((await read(ada.id, came!.mail!.id)).status).toBe(404);
  });

  it('never says of news that it is put off to a letter which left without it, or will not come any more', async () => {
    const desk = await openDesk();
    await withTopics(desk, 'arrivages');
    const monthly = { ...ADA, frequency: 'monthly' };
    const { body: ada } = await addPerson(desk, monthly);
    const { body: ben } = await addPerson(desk, {
      ...monthly,
      email: 'ben@example.org',
      externalId: 'ben',
    });
    const by = (person: string, change: object) =>
      desk.ask('POST', `/people/${person}/preferences`, { ...change, agent: { method: 'phone' } });
    await by(ada.id, { pausedUntil: '2026-03-01T09:00:00Z' });
    for (let n = 1; n <= 7; n += 1) {
      const body = { name: `n${n}`, topic: 'arrivages', subject: `News ${n}` };
      const content = { format: 'markdown', source: 'A text.' };
      const { id } = (await desk.ask<{ id: string }>('POST', '/campaigns', { ...body, content }))
        .body;
      await desk.ask('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
      await desk.passTime(3_600_000);
    }
    await by(ben.id, { everything: 'stop' });
    await desk.passTime(Date.parse('2026-04-10T09:00:00Z') - desk.ports.now());
    const saidOf = async (id: string) =>
      (await desk.ask<Story>('GET', `/people/${id}/timeline`)).body.items
        .filter(({ kind }) => kind === 'mail')
        .map(({ words }) => plain(words.en));
    const adas = await saidOf(ada.id);
    expect(adas.filter((one) => one.startsWith('Mail “News 7 et 4 autres'))).toHaveLength(1);
    expect(adas).toContain('“News 1” was not sent to them · newer news took its place');
    expect(adas).toContain('“News 2” was not sent to them · newer news took its place');
    const bens = await saidOf(ben.id);
    expect(bens).toHaveLength(7);
    for (const one of bens)
      expect(one).toMatch(/^“News \d” waited for their own letter of .*, and waits no more · /);
  });

  it('is said to have taken something back, and a file to have brought them in once', () => {
    const base = {
      purpose: 'topic:teas',
      state: 'given' as const,
      language: 'en',
      change: null,
      surface: { name: 'undo', version: '1', url: '/leave/:token' },
      method: 'preference-page' as const,
      by: { kind: 'person' as const },
    };
    const teller = { topic: () => 'New teas', day: String };
    const said = (record: object) => consentWords(record as ConsentRecord, 'en', teller);
    expect(said(base)).toBe('Yes to “New teas” · took back what came before');
    const byFile = {
      ...base,
      surface: { name: 'import', version: '1', url: '' },
      method: 'import',
      by: { kind: 'import', name: 'people.csv' },
    };
    expect(said(byFile)).toBe('Yes to “New teas” · import “people.csv”');
  });
});
