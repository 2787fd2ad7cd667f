import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { CLAIRE, figuresOf, pageFromMail, publish, townWithClaire } from './reader-cast.ts';

/** Claire reads once a month; a piece of news waits for her letter, and she has a mail to leave by. */
async function townWhereNewsWaits() {
  const scene = await townWithClaire({ language: 'en' });
  const { town, id } = scene;
  await publish(town, 'arrivages');
  const agent = { name: 'Lise', method: 'phone' };
  await town.call('POST', `/people/${id}/preferences`, { frequency: 'monthly', agent });
  await town.passTime(2 * DAY);
  const waits = await publish(town, 'arrivages', 'It waits');
  expect(await figuresOf(town, waits)).toMatchObject({ digest: 1, leftOutOfDigests: 0 });
  const books = async () => {
    const { digest, deliveredInDigests, leftOutOfDigests, leftOutByReason } = await figuresOf(
      town,
      waits,
    );
    expect((deliveredInDigests ?? 0) + (leftOutOfDigests ?? 0)).toBeLessThanOrEqual(digest!);
    return { deliveredInDigests, leftOutOfDigests, leftOutByReason };
  };
  return { ...scene, books };
}

describe('the books of news that waited for a letter', () => {
  it('balance when its reader stops everything before the day', async () => {
    const { town, books } = await townWhereNewsWaits();
    await (await pageFromMail(town, 'unsubscribe', '?lang=en')).press('Stop everything');
    const left = { deliveredInDigests: 0, leftOutOfDigests: 1, leftOutByReason: { suppressed: 1 } };
    expect(await books()).toEqual(left);
    await town.passTime(40 * DAY);
    expect(await books()).toEqual(left);
  });

  it('balance when that was a mistake, taken back within the hour', async () => {
    const { town, books } = await townWhereNewsWaits();
    const page = await pageFromMail(town, 'unsubscribe', '?lang=en');
    const after = await page.press('Stop everything');
    await after.press('That was a mistake, undo');
    await after.press('That was a mistake, undo');
    expect(await books()).toMatchObject({ leftOutOfDigests: 0, leftOutByReason: {} });
    await town.passTime(40 * DAY);
    expect(await books()).toEqual({
      deliveredInDigests: 1,
      leftOutOfDigests: 0,
      leftOutByReason: {},
    });
  });

  it('balance when its reader calls a mail spam', async () => {
    const { town, books } = await townWhereNewsWaits();
    await (await town.open(`/mailbox/messages/${town.lastMail(CLAIRE).id}`)).press(/^Complain/);
    expect(await books()).toMatchObject({
      leftOutOfDigests: 1,
      leftOutByReason: { complained: 1 },
    });
  });

  it('balance when its reader is erased', async () => {
    const { town, books, claire } = await townWhereNewsWaits();
    await (await town.open((await claire()).links.preferences)).press('What we know about you');
    await (await pageFromMail(town, 'my-data', '?lang=en')).press('Erase', { sure: 'yes' });
    expect(await books()).toMatchObject({ leftOutOfDigests: 1, leftOutByReason: { erased: 1 } });
  });

  it('balance when its reader leaves the topic, once the day has come', async () => {
    const { town, id, books } = await townWhereNewsWaits();
    const agent = { name: 'Lise', method: 'phone' };
    await town.call('POST', `/people/${id}/preferences`, {
      subscriptions: [{ topic: 'arrivages', delivery: 'off' }],
      agent,
    });
    await town.passTime(40 * DAY);
    expect(await books()).toMatchObject({
      leftOutOfDigests: 1,
      leftOutByReason: { 'not-subscribed': 1 },
    });
  });
});

describe('a campaign that is over but for those who sleep', () => {
  /** Late in the evening: who reads as published gets it in the morning. */
  async function townAtNight() {
    const scene = await townWithClaire();
    await scene.town.passTime({ to: Date.UTC(2026, 0, 5, 21) });
    const campaign = await publish(scene.town, 'arrivages');
    const state = async () =>
      (await scene.town.call<{ state: string }>('GET', `/campaigns/${campaign}`)).state;
    expect([await state(), (await figuresOf(scene.town, campaign)).held]).toEqual(['sent', 1]);
    return { ...scene, campaign, state };
  }

  it('can be stopped: nobody gets it any more, and the books say why', async () => {
    const { town, campaign, state } = await townAtNight();
    await town.call('POST', `/campaigns/${campaign}/stop`);
    expect(await state()).toBe('stopped');
    await town.passTime(2 * DAY);
    expect(town.mails(CLAIRE)).toEqual([]);
    expect(await figuresOf(town, campaign)).toMatchObject({ candidates: 1, held: 0, dropped: 1 });
    expect(await state()).toBe('stopped');
  });

  it('can be paused, and goes on when somebody says so', async () => {
    const { town, campaign, state } = await townAtNight();
    await town.call('POST', `/campaigns/${campaign}/pause`);
    await town.passTime(DAY);
    expect([await state(), town.mails(CLAIRE).length]).toEqual(['paused', 0]);
    await town.call('POST', `/campaigns/${campaign}/resume`);
    await town.passTime(12 * HOUR);
    expect([await state(), town.mails(CLAIRE).length]).toEqual(['sent', 1]);
  });

  it('has nothing left to pause once everybody has it', async () => {
    const { town, campaign } = await townAtNight();
    await town.passTime(DAY);
    expect((await town.api('POST', `/campaigns/${campaign}/pause`)).status).toBe(409);
    await town.call('POST', `/campaigns/${campaign}/stop`);
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 1, dropped: 0 });
  });
});

describe('a mail whose worker dies between the call and the books', () => {
  it('is found in the mailbox, with its number and that it came, and is not sent again', async () => {
    const { town } = await townWithClaire();
    const { mailer, table } = town.ports;
    const send = mailer.send.bind(mailer);
    const writeAll = table.writeAll.bind(table);
    let dies = false;
    mailer.send = async (call) => {
      const answer = await send(call);
      dies = true;
      return answer;
    };
    table.writeAll = async (writes) => {
      if (!dies) return writeAll(writes);
      dies = false;
      mailer.send = send;
      throw new Error('killed');
    };
    const campaign = await publish(town, 'arrivages');
    await town.passTime(HOUR);
    const mail = town.lastMail(CLAIRE);
    expect(town.mails(CLAIRE)).toEqual([mail]);
    expect(await figuresOf(town, campaign)).toMatchObject({
      accepted: 1,
      delivered: 1,
      uncertain: 0,
    });
    expect(await town.call('GET', `/campaigns/${campaign}/deliveries`)).toMatchObject({
      items: [{ place: 'accepted', messageId: mail.id, told: ['sent', 'delivered'] }],
    });
  });
});
