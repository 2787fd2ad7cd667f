import { describe, expect, it } from 'vitest';
import { takeEvents } from '../../functions/feedback/take.ts';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { Mailbox } from '../../infra/local/mailbox.ts';
import { linkTo, type StoryTown } from '../town.ts';
import { eventOf, type Kind } from '../feedback/events.ts';
import { CLAIRE, figuresOf, publish, schedule, townWithClaire } from './reader-cast.ts';

const CONSENT = {
  state: 'given',
  proof: { at: '2026-01-01T10:00:00Z', method: 'paper', words: 'Oui' },
};

/** Opens the last mail to somebody in the laptop's mailbox. */
const mailPage = (town: StoryTown, to: string) =>
  town.open(`/mailbox/messages/${town.lastMail(to).id}`);
const tell = (town: StoryTown, to: string, ...kinds: readonly Kind[]) =>
  takeEvents(
    town.ports,
    kinds.map((kind) => eventOf(kind, town.lastMail(to))),
  );

describe('a letter that comes back because there is no such mailbox', () => {
  it('stands on the books of its campaign, and the next one leaves its reader out for that reason', async () => {
    const { town, claire } = await townWithClaire();
    const first = await publish(town, 'arrivages');
    expect(await figuresOf(town, first)).toMatchObject({ accepted: 1, delivered: 1, bounced: 0 });

    const page = await mailPage(town, CLAIRE);
    const after = await page.press(/^Bounce it/);
    expect(after.text).toContain('It came back: there is no such mailbox.');
    expect((await claire()).state).toBe('bounced');
    await after.press(/^Bounce it/);
    expect(await figuresOf(town, first)).toMatchObject({ accepted: 1, delivered: 0, bounced: 1 });

    const second = await publish(town, 'arrivages');
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, second)).toMatchObject({
      candidates: 1,
      dropped: 1,
      byReason: { bounced: 1 },
    });
    const log = await town.call<{ items: object[] }>('GET', `/campaigns/${first}/deliveries`);
    expect(log.items).toMatchObject([{ place: 'accepted', told: ['sent', 'delivered', 'dead'] }]);
  });

  it('says nothing of her new address when she had moved meanwhile', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const old = { ...town.lastMail(CLAIRE), to: 'claire.before@example.org' };
    await takeEvents(town.ports, [eventOf('dead', old)]);
    expect((await claire()).state).toBe('active');
  });

  it('only for now, as when her mailbox is full, changes nothing for her', async () => {
    const { town, claire } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    await tell(town, CLAIRE, 'full');
    expect((await claire()).state).toBe('active');
    expect(await figuresOf(town, campaign)).toMatchObject({ delivered: 0, bounced: 1 });
    await publish(town, 'arrivages', 'Encore');
    expect(town.mails(CLAIRE)).toHaveLength(2);
  });

  it('after it could not be delivered for a day, means that nobody is there', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    await tell(town, CLAIRE, 'delay', 'expired');
    expect((await claire()).state).toBe('bounced');
  });

  it('is forgotten when she signs up anew, and what is told late of the old mail does not matter', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const lost = town.lastMail(CLAIRE);
    await tell(town, CLAIRE, 'dead');
    await signUpAgain(town, 'arrivages');
    expect((await claire()).state).toBe('active');
    await takeEvents(town.ports, [eventOf('dead', lost), eventOf('complaint', lost)]);
    expect((await claire()).state).toBe('active');
  });
});

describe('a reader who calls a letter spam', () => {
  it('hears nothing any more of any topic, and the ledger says by whose hand', async () => {
    const { town, id, claire } = await townWithClaire();
    const first = await publish(town, 'arrivages');
    const after = await (await mailPage(town, CLAIRE)).press(/^Complain/);
    expect(after.text).toContain('Its reader called it spam.');
    await after.press(/^Complain/);

    expect((await claire()).state).toBe('complained');
    expect((await claire()).subscriptions.map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ]);
    expect(await figuresOf(town, first)).toMatchObject({ complained: 1, unsubscribed: 0 });
    for (const topic of ['arrivages', 'ateliers']) {
      const next = await publish(town, topic, `Plus tard : ${topic}`);
      expect(await figuresOf(town, next)).toMatchObject({ byReason: { complained: 1 } });
    }
    expect(town.mails(CLAIRE)).toHaveLength(1);

    const ledger: object[] = [];
    for await (const row of town.ports.table.query('records', `ledger#${id}`))
      ledger.push(row.data as object);
    expect(ledger.slice(2)).toMatchObject([
      { purpose: 'letters', state: 'withdrawn', by: { kind: 'provider' }, method: 'complaint' },
      { purpose: 'topic:arrivages', state: 'withdrawn', method: 'complaint' },
      { purpose: 'topic:ateliers', state: 'withdrawn', method: 'complaint' },
    ]);
  });

  it('can come back only by a sign-up of her own, and follows what she asks for then', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    await tell(town, CLAIRE, 'complaint');
    const ignored = await town.call<{ state: string }>('POST', '/people', {
      email: CLAIRE,
      subscriptions: [{ topic: 'arrivages', consent: CONSENT }],
    });
    expect(ignored.state).toBe('complained');
    await signUpAgain(town, 'ateliers');
    const { state, subscriptions } = await claire();
    expect(state).toBe('active');
    expect(subscriptions.filter((one) => one.state === 'given').map(({ topic }) => topic)).toEqual([
      'ateliers',
    ]);
  });

  it('a second time is never written to again, whoever asks: the form answers as ever and sends nothing', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    await tell(town, CLAIRE, 'complaint');
    await signUpAgain(town, 'arrivages');
    await town.passTime(DAY);
    await publish(town, 'arrivages');
    const first = await town.open('/subscribe?lang=fr');
    await tell(town, CLAIRE, 'complaint');
    await town.passTime(10 * DAY);
    const before = town.mails(CLAIRE).length;
    const wish = { topics: ['arrivages'], consent: 'yes' };
    const closed = await first.press('Je m’inscris', { ...wish, email: CLAIRE });
    const other = await first.press('Je m’inscris', { ...wish, email: 'dora@example.org' });
    expect(closed.status).toBe(200);
    expect(closed.html.replaceAll('claire', 'dora')).toBe(other.html);
    await town.call('POST', '/people', {
      email: CLAIRE,
      subscriptions: [{ topic: 'arrivages', consent: { state: 'asked' } }],
    });
    expect(town.mails(CLAIRE)).toHaveLength(before);
    expect((await claire()).state).toBe('complained');
  });

  it('and one who takes a letter out of the spam folder complains of nothing', async () => {
    const { town, claire } = await townWithClaire();
    const campaign = await publish(town, 'arrivages');
    await tell(town, CLAIRE, 'notSpam');
    expect((await claire()).state).toBe('active');
    expect(await figuresOf(town, campaign)).toMatchObject({ complained: 0, delivered: 1 });
  });

  it('is one too many where many do so: the campaign waits for a person', async () => {
    const slow = { ratePerSecond: 2, quotaPerDay: 1_000 };
    const { town } = await townWithClaire(
      {},
      { mailer: (database, now) => Object.assign(new Mailbox(database, now, slow), { close }) },
    );
    for (let reader = 1; reader <= 9; reader += 1)
      await town.call('POST', '/people', {
        email: `reader${reader}@example.org`,
        frequency: 'immediate',
        subscriptions: [{ topic: 'arrivages', consent: CONSENT }],
      });
    const campaign = await schedule(town, 'arrivages');
    await town.passTime(60_000);
    while (town.mails().length < 3) await town.passTime(1_000);
    const early = town.mails();
    expect(early.length).toBeLessThan(9);
    await takeEvents(
      town.ports,
      early.slice(0, 3).map((mail) => eventOf('complaint', mail)),
    );
    const state = async () =>
      (await town.call<{ state: string }>('GET', `/campaigns/${campaign}`)).state;
    expect(await state()).toBe('paused');
    await town.passTime(DAY);
    expect(town.mails().length).toBeLessThan(10);
    await town.call('POST', `/campaigns/${campaign}/resume`);
    await town.passTime(HOUR);
    expect(await state()).toBe('sent');
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 10, complained: 3 });
  });
});

describe('a letter the provider throws away after it had taken it', () => {
  it('did not come, and what rode in it is no longer counted as delivered', async () => {
    const { town } = await townWithClaire({ frequency: 'weekly' });
    const campaign = await publish(town, 'arrivages');
    await town.passTime(9 * DAY);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, campaign)).toMatchObject({ digest: 1, deliveredInDigests: 1 });
    await tell(town, CLAIRE, 'reject', 'reject');
    expect(await figuresOf(town, campaign)).toMatchObject({ digest: 1, deliveredInDigests: 0 });
    const [mail] = town.mails(CLAIRE);
    const { items } = await town.call<{ items: object[] }>('GET', '/digests');
    expect(mail?.tags['mailing']).toMatch(/^letter-/);
    expect(JSON.stringify(items)).toContain('"refused":1');
  });
});

describe('a mail to somebody who signed up and has not confirmed', () => {
  it('that comes back ends the sign-up, and the forms leave the address alone', async () => {
    const { town } = await townWithClaire();
    const nobody = 'nobody@example.org';
    await signUp(town, nobody, 'arrivages');
    await tell(town, nobody, 'dead');
    const lookup = await town.api('POST', '/people/lookup', { email: nobody });
    expect(lookup.status).toBe(404);
    await town.passTime(2 * DAY);
    await signUp(town, nobody, 'arrivages');
    expect(town.mails(nobody)).toHaveLength(1);
  });
});

describe('the buttons of the mailbox', () => {
  it('do nothing for another site, nor when they are only looked at', async () => {
    const { town, claire } = await townWithClaire();
    await publish(town, 'arrivages');
    const path = `/mailbox/messages/${town.lastMail(CLAIRE).id}/bounce`;
    const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await town.request(path, foreign)).status).toBe(403);
    expect((await town.request(path)).status).toBe(404);
    expect((await claire()).state).toBe('active');
    expect((await town.request('/mailbox/messages/999/complain', { method: 'POST' })).status).toBe(
      404,
    );
  });
});

async function signUp(town: StoryTown, email: string, topic: string): Promise<void> {
  const form = await town.open('/subscribe?lang=fr');
  await form.press('Je m’inscris', { email, topics: [topic], consent: 'yes' });
}

async function signUpAgain(town: StoryTown, topic: string): Promise<void> {
  await town.passTime(DAY);
  await signUp(town, CLAIRE, topic);
  const page = await town.open(linkTo('confirm', town.lastMail(CLAIRE)));
  await page.press('Oui, je confirme');
}

const close = () => undefined;
