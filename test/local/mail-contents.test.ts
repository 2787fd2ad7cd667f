import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked, type Contents } from '../../infra/local/mail-contents.ts';

const values = fc.dictionary(
  fc.constantFrom('h0', 'h1', 'h2', 'h3', 'toString'),
  fc.oneof(fc.constantFrom('', 'a', 'b', '3', 'null'), fc.string({ unit: 'binary' })),
);
const contents: fc.Arbitrary<Contents> = fc.record({ data: values, headers: values });

test('every mail of a call is read back as it was taken, whatever its neighbours say', () => {
  fc.assert(
    fc.property(fc.array(contents, { maxLength: 8 }), (mails) => {
      expect(unpacked(packed(mails))).toEqual(mails.map((mail) => plain(mail)));
    }),
    { numRuns: 500 },
  );
});

test('what all mails of a call say, and what each says twice, is kept once', () => {
  const shared = 'the same for everybody '.repeat(10);
  const mails = Array.from({ length: 50 }, (_, reader) => {
    const own = `only for reader ${reader} `.repeat(10);
    return { data: { h0: shared, h1: own, h2: own }, headers: { 'List-Id': shared } };
  });
  const each = Buffer.byteLength(packed(mails)) / mails.length;
  expect(each).toBeLessThan(mails[49]!.data.h1.length + shared.length / 10);
});

/** As JSON gives it back: ordinary objects. */
const plain = ({ data, headers }: Contents) => ({ data: { ...data }, headers: { ...headers } });
