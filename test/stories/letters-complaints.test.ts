import { describe, expect, it } from 'vitest';
import { takeEvents } from '../../functions/feedback/take.ts';
import { given } from '../api/cast.ts';
import { eventOf } from '../feedback/events.ts';
import { CLAIRE, publish, townWithClaire } from './reader-cast.ts';

const ANN = 'ann@example.org';
const TUESDAY = '2026-01-06';
const at = (time: string, day = TUESDAY) => Date.parse(`${day}T${time}:00+01:00`);

/** Three readers in Paris have had their letter and called it spam; Ann's, in Los Angeles, is to come. */
async function townWhereThreeComplained() {
  const { town } = await townWithClaire({ frequency: 'weekly' });
  const join = (email: string, timeZone: string) =>
    town.call('POST', '/people', {
      email,
      frequency: 'weekly',
      timeZone,
      subscriptions: [given('arrivages')],
    });
  const [bea, cem] = ['bea@example.org', 'cem@example.org'];
  for (const email of [bea, cem]) await join(email, 'Europe/Paris');
  await join(ANN, 'America/Los_Angeles');
  await publish(town, 'arrivages', 'Du beau');
  await town.passTime({ to: at('10:00') });
  const letters = [CLAIRE, bea, cem].map((email) => town.lastMail(email));
  await takeEvents(
    town.ports,
    letters.map((letter) => eventOf('complaint', letter)),
  );
  const day = () => town.call<{ readonly state: string }>('GET', `/digests/${TUESDAY}`);
  return { town, day };
}

describe('the letters of a day that three readers called spam', () => {
  it('stand still, and say why', async () => {
    const { town, day } = await townWhereThreeComplained();
    expect(await day()).toMatchObject({ state: 'complaints' });
    await town.passTime({ to: at('23:00') });
    expect(town.mails(ANN)).toHaveLength(0);
  });

  it('leave for the others once somebody of the house has looked', async () => {
    const { town, day } = await townWhereThreeComplained();
    await town.passTime({ to: at('20:00') });
    await town.call('POST', `/digests/${TUESDAY}/approve`);
    expect(town.mails(ANN)).toHaveLength(1);
    await town.passTime({ to: at('20:00', '2026-01-08') });
    expect(await day()).toMatchObject({ state: 'sent' });
  });
});
