import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { rowParser } from '../../functions/base/row-parser.ts';
import { Delivery } from '../../functions/mail/delivery.ts';
import { Mailing } from '../../functions/mail/mailing.ts';
import { Publication } from '../../functions/mail/publication.ts';
import { Brand } from '../../functions/people/brand.ts';
import { Facts, newReader, Profile, Reader } from '../../functions/people/person.ts';
import { Topic } from '../../functions/people/topic.ts';

const reader = {
  ...newReader('0123456789abcdef', { language: 'fr', timeZone: 'Europe/Paris' }, 1_000),
  subscriptions: {
    news: { state: 'given', delivery: 'digest', at: 1, basis: 'consent' },
    wine: { state: 'unproven', at: 2 },
  },
  pause: { from: 1, until: 2 },
  weekday: 3,
  waiting: [1, 2],
  recent: [
    { m: 'c-1', b: '0.00000001', a: 1, at: 5, c: 'e', n: [1] },
    { m: 'letter-2026-01-08', b: '0.00000001', a: 1, at: 5, c: 'e', d: 7 },
  ],
};
const profile = {
  format: 1,
  personId: 'p',
  email: 'ada@example.org',
  fingerprint: 'f',
  externalId: null,
  givenName: 'Ada',
  familyName: null,
  salutation: { form: 'own', words: 'Chère Ada' },
  fields: { size: 42, city: 'Lyon', vip: true },
  facts: Facts.parse({}),
  purchases: [{ at: 1, amount: 2.5, currency: 'EUR', items: null }],
  createdAt: 1,
  source: 'form:home',
  lastActAt: 2,
};
const delivery = {
  format: 1,
  mailingId: 'c-1',
  segment: 0,
  sequence: '00000001',
  state: 'calling',
  attempt: 2,
  calledAt: 9,
  lines: [
    { p: 'a', d: 'send', r: 'subscribed', o: 'accepted', m: '12' },
    { p: 'b', d: 'hold', r: 'quiet-hours', u: 99, n: [4], f: 3 },
    { p: 'c', d: 'drop', r: 'suppressed' },
  ],
  service: {
    kind: 'welcome',
    language: 'fr',
    subject: 's',
    paragraphs: [],
    button: { label: 'l', link: { url: 'https://example.org' } },
    after: [],
    requestedAt: null,
    expiresAt: 3,
  },
};
const mailing = {
  format: 1,
  mailingId: 'c-1',
  kind: 'campaign',
  state: 'sending',
  blockedBecause: null,
  number: 1,
  topic: 'news',
  segments: 8,
  planned: false,
  startedAt: 1,
  finishedAt: null,
  wallTime: { date: '2026-01-08', minutes: 600 },
};
const publication = {
  format: 1,
  number: 1,
  mailingId: 'c-1',
  topic: 'news',
  topicAtMost: null,
  from: { name: 'Claire', address: 'claire@example.org' },
  replyTo: null,
  languages: ['fr', 'en'],
  subject: { fr: 'a', en: 'b' },
  title: { fr: 'a' },
  summary: {},
  picture: { url: 'u', alt: '' },
  publishedAt: 1,
  expiresAt: null,
  whole: false,
  public: true,
  stopIf: { field: 'city', is: 'Lyon' },
  withdrawnAt: null,
};
const topic = { id: 'news', name: { fr: ' Nouvelles ' }, createdAt: 1 };

const ROWS: readonly (readonly [string, z.ZodType, object])[] = [
  ['reader', Reader, reader],
  ['profile', Profile, profile],
  ['delivery', Delivery, delivery],
  ['mailing', Mailing, mailing],
  ['publication', Publication, publication],
  ['topic', Topic, topic],
  ['brand', Brand, Brand.parse({})],
];

/** The same text with one thing in it replaced, added or taken away. */
function spoilt(data: unknown, [where, how, value]: readonly [number, number, unknown]): unknown {
  const copy = structuredClone(data);
  const places: [Record<string, unknown>, string][] = [];
  const walk = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    for (const name of Object.keys(at)) {
      places.push([at as Record<string, unknown>, name]);
      walk((at as Record<string, unknown>)[name]);
    }
  };
  walk(copy);
  const [holder, name] = places[where % places.length]!;
  if (how === 0) Reflect.deleteProperty(holder, name);
  else if (how === 1) holder[name] = value;
  else Object.defineProperty(holder, `${name}x`, { value, enumerable: true });
  return JSON.parse(JSON.stringify(copy)) as unknown;
}

const spoils = fc.array(
  fc.tuple(
    fc.nat(200),
    fc.nat(2),
    fc.oneof(
      fc.constantFrom<unknown>(null, '', 'news', 0, -1, 1.5, 99, true, [], {}, '2026-01-08'),
      fc.string({ maxLength: 6 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ minLength: 501, maxLength: 520 }),
    ),
  ),
  { maxLength: 3 },
);

test.each(ROWS)(
  'a %s row is read as its schema reads it, whatever stands in it',
  (_, schema, row) => {
    const parse = rowParser(schema);
    fc.assert(
      fc.property(spoils, (ways) => {
        const data = ways.reduce<unknown>(spoilt, JSON.parse(JSON.stringify(row)));
        const expected = schema.safeParse(data);
        if (expected.success) expect(parse(data)).toEqual(expected.data);
        else expect(() => parse(data)).toThrow(z.ZodError);
      }),
      { numRuns: 400 },
    );
  },
);

test('rows that are as they were written are not copied', () => {
  const asWritten = [
    [Reader, Reader.parse(reader)],
    [Profile, Profile.parse({ ...profile, salutation: { form: 'none' } })],
    [Delivery, { ...delivery, service: undefined }],
    [Mailing, mailing],
  ] as const;
  for (const [schema, row] of asWritten) {
    const data = JSON.parse(JSON.stringify(row)) as unknown;
    expect(rowParser(schema as z.ZodType)(data)).toBe(data);
  }
});

test('a name that only a prototype has is neither taken nor let through', () => {
  const parse = rowParser(z.object({ a: z.record(z.string(), z.number()) }));
  const data = JSON.parse('{"a":{"__proto__":1,"constructor":2},"toString":3}') as unknown;
  const read = parse(data);
  expect(Object.keys(read)).toEqual(['a']);
  expect(Object.keys(read.a)).toEqual(
    Object.keys(z.record(z.string(), z.number()).parse((data as { a: unknown }).a)),
  );
});
