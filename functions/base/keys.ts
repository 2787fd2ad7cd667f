import type { Key } from './ports.ts';

const person = (personId: string, sk: string): Key => ({ in: 'people', pk: `P#${personId}`, sk });
const record = (pk: string, sk: string): Key => ({ in: 'records', pk, sk });
const shardName = (shard: number) => String(shard).padStart(3, '0');

/** Every key shape of the two tables, on one page, so that two rooms can never claim the same row. */
export const keys = {
  reader: (personId: string) => person(personId, 'reader'),
  profile: (personId: string) => person(personId, 'profile'),

  brand: () => record('house', 'brand'),
  topic: (topicId: string) => record('topics', topicId),
  segment: (segmentId: string) => record('segments', segmentId),
  import: (importId: string) => record('imports', importId),
  /** Lines of a file that were not taken, by the portion they stood in. */
  importRefused: (importId: string, portion: number, row: number) =>
    record(
      `import#${importId}`,
      `${String(portion).padStart(5, '0')}-${String(row).padStart(6, '0')}`,
    ),
  form: (formId: string) => record('forms', formId),
  apiKey: (hash: string) => record('api-keys', hash),
  member: (fingerprint: string) => record('members', fingerprint),
  /** All changes of the members serialise here. */
  team: () => record('house', 'team'),
  audit: (year: number, id: string) => record(`audit#${year}`, id),
  idempotency: (owner: string, key: string) => record(`once#${owner}#${key}`, 'answer'),

  /** Address and external id lead to one person; the row of an erased one stays, with no person. */
  address: (fingerprint: string) => record(`address#${fingerprint}`, 'person'),
  externalId: (externalId: string) => record(`external#${externalId}`, 'person'),
  /** Somebody who signed up and has not confirmed: kept apart from readers. */
  pending: (personId: string) => record(`pending#${personId}`, 'sign-up'),
  confirmations: (fingerprint: string) => record(`address#${fingerprint}`, 'confirmations'),

  ledger: (personId: string, sequence: number) =>
    record(`ledger#${personId}`, String(sequence).padStart(6, '0')),
  /** Where each ledger ended on a day, and the one hash over all of them. */
  ledgerHead: (day: string, shard: number, personId: string) =>
    record(`ledger-day#${day}#${shard}`, personId),
  ledgerRoot: (day: string) => record('ledger-roots', day),
  ledgerClosed: () => record('ledger', 'closed'),
  words: (hash: string) => record('words', hash),
  departure: (day: string, id: string) => record(`departures#${day}`, id),
  /** What happened in the house on one of its days, in sum; and what is so now. */
  houseDay: (day: string, shard: number) => record(`house-day#${day}`, shardName(shard)),
  houseNow: (shard: number) => record('house-now', shardName(shard)),
  /** How many people there are and how they stand, as counted at some moment. */
  fileCount: () => record('house', 'file-count'),

  event: (source: string, eventId: string) => record(`event#${source}#${eventId}`, 'seen'),
  timeline: (personId: string, at: string) => record(`timeline#${personId}`, at),

  picture: (id: string) => record('pictures', id),
  campaign: (campaignId: string) => record('campaigns', campaignId),
  /** A letter that leaves again and again, by the campaign that is copied. */
  series: (seriesId: string) => record('series', seriesId),
  campaignVersion: (campaignId: string, number: number) =>
    record(`campaign#${campaignId}`, `version#${String(number).padStart(6, '0')}`),
  campaignContent: (campaignId: string) => record(`campaign#${campaignId}`, 'content'),

  /** Publications have short numbers, so that what waits for a reader fits on the reader's row. */
  publication: (number: number) => record('publications', String(number).padStart(9, '0')),
  publicationContent: (number: number, language: string) =>
    record(`publication#${number}`, `content#${language}`),
  /** The Markdown of a letter that leads others at full length. */
  publicationSource: (number: number, language: string) =>
    record(`publication#${number}`, `source#${language}`),
  /** Where the counted links of a publication lead. */
  publicationLinks: (number: number) => record(`publication#${number}`, 'links'),
  /** What a publication asks its readers. */
  publicationQuestions: (number: number) => record(`publication#${number}`, 'questions'),
  lastNumber: () => record('publications', 'last'),
  /** The last mail that was sent to learn whether the provider's events still come. */
  canary: () => record('pace', 'canary'),
  /** The one row from which all workers lease the right to send now. */
  pace: () => record('pace', 'slots'),

  mailing: (mailingId: string) => record(`mailing#${mailingId}`, 'head'),
  planCursor: (mailingId: string, segment: number) =>
    record(`mailing#${mailingId}`, `cursor#${String(segment).padStart(3, '0')}`),
  figures: (mailingId: string, shard: number) =>
    record(`mailing#${mailingId}`, `figures#${String(shard).padStart(3, '0')}`),
  delivery: (mailingId: string, segment: number, sequence: string) =>
    record(deliveriesOf(mailingId, segment), sequence),
  /** One line a mailing in the list of digest runs. */
  digestRun: (runId: string) => record('digest-runs', runId),
  /** What the house decided about the letters of one day before they leave. */
  issue: (date: string) => record('issues', date),

  /** What came from one network lately, under a keyed hash: gone when its hour is over. */
  lately: (what: string, hash: string) => record(`lately#${hash}`, what),

  agenda: (kind: string, id: string) => record(`agenda#${kind}`, id),
};

/** The partition of a mailing's delivery rows made by one segment of its plan. */
export function deliveriesOf(mailingId: string, segment: number): string {
  return `log#${mailingId}#${String(segment).padStart(3, '0')}`;
}
