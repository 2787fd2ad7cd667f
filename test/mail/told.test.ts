import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../functions/mail/delivery.ts';
import { figureChange } from '../../functions/mail/figures.ts';
import { TOLD, toldOf, withTold } from '../../functions/mail/told.ts';

const line = (more: Partial<Line> = {}): Line => ({
  p: 'ada',
  d: 'send',
  r: 'subscribed',
  o: 'uncertain',
  w: 'no-answer-in-time',
  ...more,
});
const told = (name: keyof typeof TOLD, messageId = 'm1') => ({ bits: TOLD[name], messageId });

describe('what the provider tells of a line', () => {
  it('settles a doubt: whatever it tells, it had accepted the mail', () => {
    expect(withTold(line(), told('delayed'))).toEqual({
      p: 'ada',
      d: 'send',
      r: 'subscribed',
      o: 'accepted',
      m: 'm1',
      e: TOLD.delayed,
    });
  });

  it('refuses what it threw away after it had accepted it', () => {
    const after = withTold(withTold(line(), told('sent')), told('rejected'));
    expect(after).toMatchObject({ o: 'refused', w: 'rejected' });
    expect(toldOf(after)).toEqual(['sent', 'rejected']);
  });

  it('says nothing about a line that was decided otherwise since', () => {
    const dropped = line({ d: 'drop', r: 'suppressed' });
    expect(withTold(dropped, told('sent'))).toBe(dropped);
  });

  it('counts a mail that came back as bounced and not as delivered, in either order', () => {
    for (const order of [
      ['delivered', 'dead'],
      ['dead', 'delivered'],
    ] as const) {
      const after = order.reduce((one, name) => withTold(one, told(name)), line());
      expect(figureChange([line()], [after])).toEqual({
        uncertain: -1,
        accepted: 1,
        bounced: 1,
        dead: 1,
      });
    }
  });

  it('comes to the same line in any order, also where it was sent twice by hand', () => {
    const names = fc.constantFrom(...(Object.keys(TOLD) as (keyof typeof TOLD)[]));
    const news = fc.array(fc.tuple(names, fc.constantFrom('m1', 'm2')), { minLength: 1 });
    fc.assert(
      fc.property(news, fc.infiniteStream(fc.nat()), (all, weights) => {
        const shuffled = all
          .map((one) => ({ one, weight: weights.next().value as number }))
          .sort((first, second) => first.weight - second.weight)
          .map(({ one }) => one);
        const after = (order: typeof all) =>
          order.reduce((one, [name, id]) => withTold(one, told(name, id)), line());
        expect(after([...all, ...shuffled])).toEqual(after(all));
      }),
    );
  });
});
