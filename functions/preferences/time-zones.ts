/** One place people know for each part of the world; any other zone a reader has is added to the list. */
const PLACES = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/Mexico_City',
  'America/New_York',
  'America/Montreal',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Cayenne',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'Europe/London',
  'Africa/Dakar',
  'Africa/Casablanca',
  'Europe/Paris',
  'Africa/Algiers',
  'Africa/Tunis',
  'Europe/Athens',
  'Africa/Cairo',
  'Europe/Istanbul',
  'Indian/Mayotte',
  'Asia/Dubai',
  'Indian/Reunion',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Noumea',
  'Pacific/Auckland',
  'Pacific/Tahiti',
];

export function zonesWith(...theirs: readonly string[]): string[] {
  return [...new Set([...theirs, ...PLACES])];
}

/** "Europe/Paris" as "Paris", for who knows cities and not zones. */
export const placeOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
