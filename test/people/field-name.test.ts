import { expect, it } from 'vitest';
import { fieldName } from '../../functions/people/field-name.ts';

it.each([
  ['city', 'Ville', 'City'],
  ['postalCode', 'Code postal', 'Postal code'],
  ['postal_code', 'Code postal', 'Postal code'],
  ['favouriteWine', 'Favourite wine', 'Favourite wine'],
  ['x-2', 'X 2', 'X 2'],
  ['toString', 'To string', 'To string'],
])('a reader is told %s as words, in their language where we have it', (field, french, english) => {
  expect([fieldName('fr', field), fieldName('en', field)]).toEqual([french, english]);
});
