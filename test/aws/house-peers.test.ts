import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPeerHouse } from './peer-house.ts';

/** A peer that knows SES v2 with bulk mail beside tables and queues, such as `ministack`. */
const endpoint = process.env['MODERATO_AWS_ENDPOINT'];
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const READERS = 60;
/** A peer keeps what earlier runs sent. */
const RUN = process.hrtime.bigint().toString(36);
const DAY = 86_400_000;

type House = Awaited<ReturnType<typeof openPeerHouse>>;
type Campaign = { readonly id: string; readonly state: string; readonly figures: object };

const person = (name: string) => ({
  email: `${name}-${RUN}@example.org`,
  givenName: name,
  frequency: 'immediate',
  language: 'fr',
  subscriptions: [
    {
      topic: 'arrivages',
      consent: {
        state: 'given',
        legalBasis: 'consent',
        proof: { at: '2026-01-05T09:00:00Z', method: 'paper', words: 'Oui.' },
      },
    },
  ],
});

describe.runIf(endpoint)('the whole house on a peer of AWS', () => {
  let house: House;
  beforeAll(async () => {
    house = await openPeerHouse(endpoint!);
    const topic = { id: 'arrivages', name: { fr: 'Arrivages', en: 'New in' } };
    expect((await house.ask('POST', '/api/v1/topics', topic)).status).toBe(201);
  });

  test('who signs up confirms by the one mail that SES was given, and reads from then on', async () => {
    const { ask, drain } = house;
    expect((await ask('GET', '/subscribe')).status).toBe(200);
    const email = `ada-${RUN}@example.org`;
    const form = new URLSearchParams({ email, frequency: 'monthly', topics: 'arrivages' });
    form.set('consent', 'yes');
    expect((await ask('POST', '/subscribe', form.toString())).status).toBeLessThan(400);
    await drain();
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    const [, link] = /https:\/\/letters\.example\.org(\/confirm\/[\w.-]+)/.exec(mail!.BodyText)!;
    const page = await ask('GET', link!);
    expect((await ask('POST', link!, hiddenFields(page.body))).status).toBe(200);
    await drain();
    const { body } = await ask<{ state: string }>('POST', '/api/v1/people/lookup', { email });
    expect(body.state).toBe('active');
  });

  test('a campaign reaches each who reads at once, waits for who reads once a month, and its books balance', async () => {
    const { ask, pass } = house;
    for (let n = 0; n < READERS; n += 1)
      expect((await ask('POST', '/api/v1/people', person(`reader${n}`))).status).toBe(201);
    const { body: draft } = await ask<Campaign>('POST', '/api/v1/campaigns', {
      name: 'January',
      topic: 'arrivages',
      subject: { fr: 'Nouveautés pour {{ person.givenName }}' },
      from: { name: 'Claire Delorme', address: 'claire@example.org' },
      content: {
        format: 'markdown',
        source: { fr: '{{ person.greeting }},\n\nVoici **janvier**.' },
      },
    });
    const at = new Date(house.ports.now() + 2 * DAY).toISOString().slice(0, 10);
    const schedule = { at: `${at}T12:00`, timeZone: 'Europe/Paris', expect: READERS + 1 };
    const scheduled = await ask('POST', `/api/v1/campaigns/${draft.id}/schedule`, schedule);
    expect(scheduled).toMatchObject({ status: 200 });
    await pass(Date.parse(`${at}T11:00:30Z`) - house.ports.now());
    for (let minute = 0; minute < 5; minute += 1) await pass(60_000);
    const { body } = await ask<Campaign>('GET', `/api/v1/campaigns/${draft.id}`);
    expect(body).toMatchObject({
      state: 'sent',
      figures: { candidates: READERS + 1, accepted: READERS, digest: 1, refused: 0, uncertain: 0 },
    });
    for (let n = 0; n < READERS; n += 1) {
      const subjects = (await mailsTo(`reader${n}-${RUN}@example.org`)).map((mail) => mail.Subject);
      expect(subjects).toEqual([`Nouveautés pour reader${n}`]);
    }
  });
});

if (!endpoint)
  test.skip('the whole house works on a peer of AWS (set MODERATO_AWS_ENDPOINT to try it)');

/** What a browser sends back without being asked. */
function hiddenFields(page: string): string {
  const hidden = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return new URLSearchParams(
    [...hidden].map(([, name = '', value = '']): [string, string] => [name, value]),
  ).toString();
}

type Mail = { readonly To: readonly string[]; readonly Subject: string; readonly BodyText: string };

/** What the peer was given for one address. */
async function mailsTo(address: string): Promise<Mail[]> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, Mail[]> };
  return Object.values(messages)
    .flat()
    .filter(({ To }) => To.includes(address));
}
