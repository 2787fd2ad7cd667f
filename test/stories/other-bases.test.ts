import { describe, expect, it } from 'vitest';
import { seal } from '../../functions/base/seal.ts';
import { DAY } from '../../functions/base/time.ts';
import { openTown, type StoryTown } from '../town.ts';
import { figuresOf, knownOf, publish, type Shown } from './reader-cast.ts';

const EVE = 'eve@example.org';
const SALE = {
  at: '2025-12-20T15:00:00Z',
  entity: 'Maison Delorme SAS',
  family: 'vins',
  reference: 'till 7, 0042',
  refusalOffered: '☐ Je ne veux pas recevoir vos nouvelles de vins.',
};
const BUSINESS = {
  country: 'DE',
  organisation: 'Weinhandel Müller GmbH',
  source: 'Salon des vins, Lyon, 2025',
  interest: 'buys wine for restaurants',
  refusalOffered: 'Ein Klick genügt, um nichts mehr zu erhalten.',
};

async function house(settings: object = { productFamilies: { vins: ['arrivages'] } }) {
  const town = await openTown();
  for (const [id, fr, en] of [
    ['arrivages', 'Arrivages', 'New in'],
    ['ateliers', 'Ateliers', 'Tastings'],
  ])
    await town.call('POST', '/topics', { id, name: { fr, en }, visibility: 'public' });
  const { headers } = await town.api('GET', '/brand');
  await town.call('PATCH', '/brand', settings, { 'if-match': headers.get('etag')! });
  return town;
}

type Refused = { readonly errors?: readonly { readonly path: string; readonly detail: string }[] };
const add = (town: StoryTown, consent: object, topic = 'arrivages') =>
  town.api<Shown & Refused & { ignored: string[] }>('POST', '/people', {
    email: EVE,
    language: 'fr',
    frequency: 'immediate',
    subscriptions: [{ topic, consent: { state: 'given', ...consent } }],
  });
const customer = (sale: object = {}) => ({ legalBasis: 'soft-opt-in', sale: { ...SALE, ...sale } });
const atWork = (business: object = {}) => ({
  legalBasis: 'legitimate-interest-b2b',
  business: { ...BUSINESS, ...business },
});

const buys = (town: StoryTown, at: number) =>
  town.call('POST', '/events', {
    events: [
      {
        id: `till-${at}`,
        type: 'purchase',
        email: EVE,
        at: new Date(at).toISOString(),
        data: { amount: 20, currency: 'EUR' },
      },
    ],
  });

describe('a customer who was offered to refuse', () => {
  it('is written to about what the sale allows, is told why, and the ledger holds the sale and the words', async () => {
    const town = await house();
    expect((await add(town, customer())).body.state).toBe('active');
    await publish(town, 'arrivages');
    expect(town.lastMail(EVE).text).toContain('parce que vous avez acheté chez Maison Delorme');
    const { consents } = (await knownOf(town, EVE)).all as { consents: { receipts: object[] } };
    expect(consents.receipts).toMatchObject([
      {
        legalBasis: 'soft-opt-in',
        state: 'given',
        evidence: { kind: 'sale', family: 'vins', entity: 'Maison Delorme SAS' },
        by: { kind: 'house' },
        words: { text: SALE.refusalOffered },
      },
    ]);
    const { id } = await town.call<{ id: string }>('POST', '/people/lookup', { email: EVE });
    const token = seal(town.ports, {
      purpose: 'my-data',
      subjectId: id,
      expiresAt: town.now() + DAY,
    });
    const { text } = await town.open(`/receipts/${token}`);
    expect(text).toContain('Sans refus de votre part · « Arrivages »');
    expect(text).toContain('Parce que vous avez acheté à Maison Delorme SAS le 20 décembre 2025');
  });

  it.each([
    ['of another company', customer({ entity: 'Autre SARL' }), 'arrivages', 'sale.entity'],
    ['of a family that does not allow the topic', customer(), 'ateliers', 'sale.family'],
    ['of a family nobody named', customer({ family: 'bijoux' }), 'arrivages', 'sale.family'],
    ['more than three years ago', customer({ at: '2022-12-30T10:00:00Z' }), 'arrivages', 'sale.at'],
    ['in the future', customer({ at: '2026-02-01T10:00:00Z' }), 'arrivages', 'sale.at'],
    ['told for a consent', { legalBasis: 'consent', sale: SALE }, 'arrivages', 'sale'],
  ])('a sale %s allows nothing', async (_, consent, topic, path) => {
    const town = await house();
    const { status, body } = await add(town, consent, topic);
    expect(status).toBe(422);
    expect(body.errors!.map((error) => error.path)).toContain(`subscriptions.0.consent.${path}`);
  });

  it('without the words of the refusal, or without the sale, gets nothing', async () => {
    const town = await house();
    expect((await add(town, { ...customer(), sale: { ...SALE, refusalOffered: '' } })).status).toBe(
      422,
    );
    expect((await add(town, { legalBasis: 'soft-opt-in' })).body.state).toBe('unproven');
    const campaign = await publish(town, 'arrivages');
    expect(await figuresOf(town, campaign)).toMatchObject({ byReason: { unproven: 1 } });
  });

  it('who says no stays away, whatever they buy later', async () => {
    const town = await house();
    const { id } = (await add(town, customer())).body;
    await town.call('POST', `/people/${id}/preferences`, {
      subscriptions: [{ topic: 'arrivages', delivery: 'off' }],
      agent: { name: 'Lise', method: 'phone' },
    });
    await town.passTime(DAY);
    const again = await add(town, customer({ at: new Date(town.now()).toISOString() }));
    expect(again.body).toMatchObject({
      state: 'unsubscribed',
      ignored: ['subscriptions.arrivages'],
    });
  });

  it('is written to for three years after the last purchase and no day longer', async () => {
    const town = await house();
    const { id } = (await add(town, customer())).body;
    await town.passTime({ to: Date.parse('2026-06-01T10:00:00Z') });
    await buys(town, town.now());
    await town.passTime({ to: Date.parse('2029-05-31T10:00:00Z') });
    const state = async () => (await town.call<Shown>('GET', `/people/${id}`)).state;
    expect(await state()).toBe('active');
    await town.passTime(2 * DAY);
    expect(await state()).toBe('unsubscribed');
    const campaign = await publish(town, 'arrivages');
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 0 });
    expect((await knownOf(town, EVE)).all).toMatchObject({
      consents: {
        receipts: [
          { state: 'given' },
          { state: 'withdrawn', method: 'end-of-term', by: { kind: 'house' } },
        ],
      },
    });
  });

  it('who then says yes themselves stands on that yes, which does not end', async () => {
    const town = await house();
    const { id } = (await add(town, customer())).body;
    const proof = { at: '2026-01-05T09:00:00Z', method: 'paper', words: 'Oui, écrivez-moi.' };
    await add(town, { legalBasis: 'consent', proof });
    await town.passTime({ to: Date.parse('2029-05-31T10:00:00Z') });
    expect(await town.call('GET', `/people/${id}`)).toMatchObject({
      state: 'active',
      subscriptions: [{ topic: 'arrivages', legalBasis: 'consent' }],
    });
  });
});

describe('somebody at their work', () => {
  it('is written to nowhere unless the house names the country, and then is told so', async () => {
    const off = await house();
    expect((await add(off, atWork())).body.errors?.[0]?.path).toBe(
      'subscriptions.0.consent.business.country',
    );
    const town = await house({ businessCountries: ['DE'] });
    expect((await add(town, atWork({ country: 'FR' }))).status).toBe(422);
    expect((await add(town, { legalBasis: 'legitimate-interest-b2b' })).body.state).toBe(
      'unproven',
    );
    expect((await add(town, atWork())).body.state).toBe('active');
    await publish(town, 'arrivages');
    expect(town.lastMail(EVE).text).toContain('à votre adresse professionnelle');
    expect((await knownOf(town, EVE)).all).toMatchObject({
      consents: {
        receipts: [{ state: 'unproven' }, { evidence: { organisation: BUSINESS.organisation } }],
      },
    });
  });
});
