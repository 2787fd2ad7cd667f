import { describe, expect, it } from 'vitest';
import { isDead, readEvent } from '../../functions/feedback/event.ts';
import { readingOf } from '../../functions/feedback/reading.ts';
import { ALL_KINDS, eventJson, eventOf, type Kind } from './events.ts';

const mail = {
  id: '0102019a',
  at: Date.UTC(2026, 0, 5, 10),
  to: 'ada@example.org',
  tags: { mailing: 'c-1', batch: '3-00000012', line: '4' },
};

describe('an event of the provider', () => {
  it.each(Object.keys(ALL_KINDS) as Kind[])('of the kind "%s" leads to its line', (kind) => {
    expect(readingOf(eventOf(kind, mail))).toMatchObject({
      place: { name: { mailingId: 'c-1', segment: 3, sequence: '00000012' }, line: 4 },
      messageId: '0102019a',
      sentAt: mail.at,
      recipient: 'ada@example.org',
    });
  });

  it.each(['Open', 'Click', 'Subscription', 'Something New'])(
    'of the kind "%s" is nothing to us, and no fault',
    (kind) => {
      expect(readEvent(eventJson(mail, kind))).toBeUndefined();
    },
  );

  it('may name its kind as an identity’s own notifications do', () => {
    const { eventType, ...rest } = ALL_KINDS.dead(mail) as { eventType: string };
    expect(readEvent({ notificationType: eventType, ...rest })?.eventType).toBe('Bounce');
  });

  it('that is broken is a fault, so that it is seen among the dead letters', () => {
    expect(() => readEvent({ eventType: 'Bounce' })).toThrow();
    expect(() => readEvent('text')).toThrow();
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'no tags at all'],
    [{ mailing: 'c-1' }, 'no row'],
    [{ mailing: 'c-1', batch: 'x', line: '0' }, 'a row that is none'],
    [{ mailing: 'c-1', batch: '0-1', line: '-1' }, 'a line that is none'],
  ])('about a mail that is not ours (%j: %s) leads to no line', (tags, _what) => {
    expect(readingOf(eventOf('send', { ...mail, tags })).place).toBeUndefined();
  });
});

describe('an address is dead', () => {
  const bounce = (bounceType: string, more: object = {}) =>
    isDead({
      bounceType,
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'a@example.org', status: null, ...more }],
    });

  it.each([
    ['Permanent', {}, true],
    ['Permanent', { status: '5.7.1' }, true],
    ['Transient', { status: '4.2.2' }, false],
    ['Transient', { status: '4.4.7' }, true],
    ['Transient', { diagnosticCode: 'smtp; 550 4.4.7 Message expired' }, true],
    ['Transient', { diagnosticCode: 'smtp; 421 14.4.75 busy' }, false],
    ['Undetermined', {}, false],
    ['Of a new kind', {}, false],
  ])('after a bounce that is %s with %j: %s', (type, more, dead) => {
    expect(bounce(type, more)).toBe(dead);
  });
});
