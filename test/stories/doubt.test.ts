import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../functions/base/time.ts';
import { takeEvents } from '../../functions/feedback/take.ts';
import { eventOf } from '../feedback/events.ts';
import { SesLike } from '../feedback/ses-like.ts';
import { linkTo, type StoryTown } from '../town.ts';
import { CLAIRE, figuresOf, publish, townWithClaire } from './reader-cast.ts';

const NEW = 'new@example.org';

async function townOnSes(hasCanary = true) {
  const provider = new SesLike();
  provider.hasCanary = hasCanary;
  const { town } = await townWithClaire({}, { mailer: provider.mailer });
  return { town, provider };
}

async function signUp(town: StoryTown): Promise<void> {
  const form = await town.open('/subscribe?lang=fr');
  await form.press('Je m’inscris', { email: NEW, topics: ['arrivages'], consent: 'yes' });
}

const canaries = (town: StoryTown, provider: SesLike) => town.mails(provider.canary);

describe('a campaign of which the provider gave no answer', () => {
  it('is shown as uncertain, and never sent again by itself', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'answer-lost';
    const campaign = await publish(town, 'arrivages');
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 0, uncertain: 1 });
    provider.mood = 'fine';
    await town.passTime(20 * DAY);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, campaign)).toMatchObject({ candidates: 1, uncertain: 1 });
  });

  it('is settled by what the provider tells of it later', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'answer-lost';
    const campaign = await publish(town, 'arrivages');
    await takeEvents(town.ports, [eventOf('send', town.lastMail(CLAIRE))]);
    expect(await figuresOf(town, campaign)).toMatchObject({ accepted: 1, uncertain: 0 });
    const again = await town.api('POST', `/campaigns/${campaign}/resend-uncertain`);
    expect(again.status).toBe(409);
  });

  it('goes again by hand to who may not have it, once the provider has had time to tell', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'never-came';
    const campaign = await publish(town, 'arrivages');
    provider.mood = 'fine';
    const resend = () =>
      town.api<{ detail: string }>('POST', `/campaigns/${campaign}/resend-uncertain`);
    const early = await resend();
    expect([early.status, early.body.detail]).toEqual([
      409,
      'The provider may still tell what became of them: wait a quarter of an hour.',
    ]);
    await town.passTime(16 * MINUTE);
    expect((await resend()).status).toBe(200);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, campaign)).toMatchObject({
      candidates: 1,
      accepted: 1,
      uncertain: 0,
    });
    expect((await resend()).status).toBe(409);
    expect(town.mails(CLAIRE)).toHaveLength(1);
  });

  it('goes by hand to nobody who has stopped meanwhile', async () => {
    const { town, provider } = await townOnSes();
    const before = await publish(town, 'arrivages');
    provider.mood = 'never-came';
    const campaign = await publish(town, 'arrivages', 'Encore');
    provider.mood = 'fine';
    const page = await town.open(linkTo('unsubscribe', town.lastMail(CLAIRE)));
    await page.press('Ne plus rien recevoir');
    await town.passTime(HOUR);
    await town.call('POST', `/campaigns/${campaign}/resend-uncertain`);
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect(await figuresOf(town, campaign)).toMatchObject({ dropped: 1, uncertain: 0 });
    expect(await figuresOf(town, before)).toMatchObject({ accepted: 1 });
  });

  it('that was stopped goes to nobody any more', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'never-came';
    const campaign = await publish(town, 'arrivages');
    provider.mood = 'fine';
    await town.call('POST', `/campaigns/${campaign}/withdraw`);
    await town.passTime(HOUR);
    expect((await town.api('POST', `/campaigns/${campaign}/resend-uncertain`)).status).toBe(409);
    expect(await figuresOf(town, campaign)).toMatchObject({ uncertain: 1 });
  });
});

describe('a confirmation mail of which the provider gave no answer', () => {
  it('is sent again after a quarter of an hour of silence, once a canary was heard of', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'never-came';
    await signUp(town);
    provider.mood = 'fine';
    await town.passTime(14 * MINUTE);
    expect(canaries(town, provider)).toHaveLength(0);
    await town.passTime(4 * MINUTE);
    expect(canaries(town, provider)).toHaveLength(1);
    await town.passTime(20 * MINUTE);
    expect(town.mails(NEW)).toHaveLength(0);

    await takeEvents(town.ports, [eventOf('delivery', canaries(town, provider)[0]!)]);
    await town.passTime(10 * MINUTE);
    expect(town.mails(NEW)).toHaveLength(1);
    const page = await town.open(linkTo('confirm', town.lastMail(NEW)));
    expect((await page.press('Oui, je confirme')).status).toBe(200);
    await town.passTime(2 * DAY);
    expect(town.mails(NEW).filter(({ category }) => category === 'transactional')).toHaveLength(1);
    expect(canaries(town, provider)).toHaveLength(1);
  });

  it('is not sent again when the provider tells, however late, that it took it', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'answer-lost';
    await signUp(town);
    provider.mood = 'fine';
    await town.passTime(17 * MINUTE);
    await takeEvents(town.ports, [eventOf('send', town.lastMail(NEW))]);
    await takeEvents(town.ports, [eventOf('send', canaries(town, provider)[0]!)]);
    await town.passTime(2 * DAY);
    expect(town.mails(NEW)).toHaveLength(1);
  });

  it('is never sent again while nothing is heard of the canaries either: their silence says nothing', async () => {
    const { town, provider } = await townOnSes();
    provider.mood = 'answer-lost';
    await signUp(town);
    provider.mood = 'fine';
    await town.passTime(3 * DAY);
    expect(town.mails(NEW)).toHaveLength(1);
    expect(canaries(town, provider).length).toBeGreaterThan(5);
    expect(canaries(town, provider).length).toBeLessThan(30);
  });

  it('stays in doubt where the provider tells nothing at all, as a mail server does', async () => {
    const { town, provider } = await townOnSes(false);
    provider.mood = 'answer-lost';
    await signUp(town);
    await town.passTime(3 * DAY);
    expect(town.mails(NEW)).toHaveLength(1);
    expect(canaries(town, provider)).toHaveLength(0);
  });
});
