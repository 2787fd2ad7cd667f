import { describe, expect, it } from 'vitest';
import { readerWrite, readPerson } from '../../functions/people/store.ts';
import { MONDAY } from '../town.ts';
import { CLAIRE, publish, townWithClaire } from './reader-cast.ts';

type Day = {
  readonly state: string;
  readonly missed: number;
  readonly figures: Readonly<Record<string, number>>;
};
type Days = {
  readonly overdue: { readonly readers: number; readonly since: string | null };
  readonly items: readonly { readonly id: string; readonly missed: number }[];
};

/** Claire reads once a week; one piece of news waits for Tuesday, 9:00 in Paris. */
async function townBeforeTuesday() {
  const cast = await townWithClaire({ frequency: 'weekly' });
  await publish(cast.town, 'arrivages', 'Du beau');
  return cast;
}
const TUESDAY = '2026-01-06';
const at = (time: string, day = TUESDAY) => Date.parse(`${day}T${time}:00+01:00`);

describe('letters that nobody was there to make', () => {
  it('leave by themselves when the house was away for a few hours', async () => {
    const { town } = await townBeforeTuesday();
    await town.nobodyUntil(at('14:00'));
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual(['Du beau']);
  });

  it('wait for somebody of the house when they would be more than six hours late, and are shown', async () => {
    const { town } = await townBeforeTuesday();
    await town.nobodyUntil(at('16:00'));
    expect(town.mails(CLAIRE)).toEqual([]);
    expect(await town.call<Day>('GET', `/digests/${TUESDAY}`)).toMatchObject({
      state: 'late',
      figures: { open: 1, accepted: 0 },
    });
    expect(await town.call<Days>('GET', '/digests')).toMatchObject({
      overdue: { readers: 1, since: '2026-01-06T08:00:00.000Z' },
    });
    await town.call('POST', `/digests/${TUESDAY}/approve`);
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual(['Du beau']);
    expect(await town.call<Days>('GET', '/digests')).toMatchObject({ overdue: { readers: 0 } });
  });

  it('still wait after days: nobody gets old news because time went by', async () => {
    const { town } = await townBeforeTuesday();
    await town.nobodyUntil(at('10:00', '2026-01-09'));
    await town.passTime({ to: at('10:00', '2026-01-20') });
    expect(town.mails(CLAIRE)).toEqual([]);
    expect(await town.call<Day>('GET', `/digests/${TUESDAY}`)).toMatchObject({ state: 'late' });
  });

  it('and news published meanwhile comes with the letter after', async () => {
    const { town } = await townBeforeTuesday();
    await town.nobodyUntil(at('16:00'));
    await publish(town, 'ateliers', 'Du neuf');
    await town.call('POST', `/digests/${TUESDAY}/approve`);
    await town.passTime({ to: at('12:00', '2026-01-20') });
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual(['Du beau', 'Du neuf']);
  });

  it('are noticed when their day went by without them: the next allowed hour, and the day says so', async () => {
    const { town, id } = await townBeforeTuesday();
    await town.passTime({ to: at('10:00') });
    await publish(town, 'ateliers', 'Oubliée');
    const claire = (await readPerson(town.ports, id))!.reader;
    // As an index that was behind leaves it: a date that the plan has passed already.
    const forgotten = { ...claire.it, nextDigestAt: at('08:30'), lastDigestAt: null };
    await town.ports.table.writeAll([readerWrite(forgotten, claire.version)]);
    await town.passTime({ to: at('10:20', '2026-01-07') });
    expect(town.mails(CLAIRE)).toHaveLength(1);
    expect((await town.call<Days>('GET', '/digests')).overdue.readers).toBe(1);
    await town.passTime({ to: at('12:00', '2026-01-08') });
    expect(town.mails(CLAIRE).map(({ subject }) => subject)).toEqual(['Du beau', 'Oubliée']);
    const { items, overdue } = await town.call<Days>('GET', '/digests');
    expect(items.find((day) => day.id === TUESDAY)).toMatchObject({ missed: 1 });
    expect(overdue.readers).toBe(0);
  });

  it('say of a day long over that it is over', async () => {
    const { town } = await townBeforeTuesday();
    await town.passTime({ to: at('12:00', '2026-01-09') });
    expect(await town.call<Day>('GET', `/digests/${TUESDAY}`)).toMatchObject({
      state: 'sent',
      missed: 0,
    });
  });
});

describe('a campaign that nobody was there to start', () => {
  const scheduled = async () => {
    const { town } = await townWithClaire();
    const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
      name: 'Vente',
      topic: 'arrivages',
      subject: 'Vente',
      content: { format: 'markdown', source: 'Bonjour.' },
    });
    await town.call('POST', `/campaigns/${id}/schedule`, {
      at: `${TUESDAY}T09:00`,
      timeZone: 'Europe/Paris',
    });
    return { town, id };
  };

  it('starts by itself a few hours late', async () => {
    const { town } = await scheduled();
    await town.nobodyUntil(at('14:00'));
    expect(town.mails(CLAIRE)).toHaveLength(1);
  });

  it('waits for somebody of the house more than six hours late, says why, and goes when told', async () => {
    const { town, id } = await scheduled();
    await town.nobodyUntil(at('16:00'));
    await town.passTime({ to: MONDAY + 3 * 86_400_000 });
    expect(town.mails(CLAIRE)).toEqual([]);
    expect(await town.call('GET', `/campaigns/${id}`)).toMatchObject({
      state: 'paused',
      because: 'late',
    });
    await town.call('POST', `/campaigns/${id}/resume`);
    expect(town.mails(CLAIRE)).toHaveLength(1);
  });

  it('is as late as the house wants it to be', async () => {
    const { town, id } = await scheduled();
    const brand = await town.api('GET', '/brand');
    await town.call(
      'PATCH',
      '/brand',
      { lateAfterHours: 1 },
      { 'if-match': brand.headers.get('etag')! },
    );
    await town.nobodyUntil(at('11:00'));
    expect(await town.call('GET', `/campaigns/${id}`)).toMatchObject({ because: 'late' });
  });
});
