import type { Brand, Me } from '../api/shapes.ts';

type Unsaid = Me['brand']['notSaidYet'];
const ALL: Unsaid = ['name', 'legalName', 'postalAddress', 'sender'];

/**
 * What stands in the first form. What a house holds for want of an answer is not an answer to leave
 * standing: of who they are nothing is said for them, and of where they live what their browser knows.
 */
export function beginningOf(brand: Brand, notSaidYet: Unsaid, language: string) {
  const isUnsaid = (field: Unsaid[number]) => notSaidYet.includes(field);
  const said = (field: Unsaid[number], value: string) => (isUnsaid(field) ? '' : value);
  const place = ALL.every(isUnsaid) ? placeOf(brand, language) : brand;
  return {
    name: said('name', brand.name),
    legalName: said('legalName', brand.legalName),
    postalAddress: said('postalAddress', brand.postalAddress),
    writer: said('sender', brand.sender.name),
    address: said('sender', brand.sender.address),
    language: place.language,
    languages: place.languages,
    jurisdiction: place.jurisdiction,
    timeZone: place.timeZone,
  };
}

type Place = Pick<Brand, 'language' | 'languages' | 'jurisdiction' | 'timeZone'>;

/** Nobody has said anything yet: the language somebody reads this console in is the one they write in. */
function placeOf(brand: Place, language: string): Place {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const country = navigator.languages
    .map((one) => new Intl.Locale(one).region)
    .find((region) => region !== undefined);
  return {
    language,
    languages: [language],
    jurisdiction: country ?? brand.jurisdiction,
    timeZone: Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : brand.timeZone,
  };
}
