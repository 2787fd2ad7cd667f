import { createHash } from 'node:crypto';
import { sendLetter, type Sent } from './letter.ts';
import type { RunningHouse } from './house.ts';
import type { Purchase } from './purchases.ts';

const TOPIC = 'purchase-replay';
const EVENTS_A_CALL = 500;
const CONSENT_WORDS =
  'Invented for the trial: nobody said this. Yes, this house may write to me about what I bought.';

export type Replayed = {
  readonly readers: { readonly made: number; readonly known: number };
  readonly events: {
    readonly accepted: number;
    readonly duplicates: number;
    readonly refused: number;
  };
  readonly letter: Sent;
};

/** Purchases become readers, events and one campaign. Done again, it finds everything done. */
export async function replay(
  house: RunningHouse,
  purchases: readonly Purchase[],
  say: (line: string) => void = () => undefined,
): Promise<Replayed> {
  await makeTopic(house);
  const readers = await timed(
    say,
    () => makeReaders(house, purchases),
    ({ made, known }) => `Readers: ${made} made, ${known} known.`,
  );
  const events = await timed(
    say,
    () => sendEvents(house, purchases),
    (sent) =>
      `Events: ${sent.accepted} accepted, ${sent.duplicates} duplicates, ${sent.refused} refused.`,
  );
  const letter = await timed(say, () => sendLetter(house, TOPIC, nameOf(purchases)), lettersWords);
  return { readers, events, letter };
}

async function makeTopic(house: RunningHouse): Promise<void> {
  const { status } = await house.get(`/api/v1/topics/${TOPIC}`);
  if (status !== 404) return;
  await house.post('/api/v1/topics', {
    id: TOPIC,
    name: { fr: 'Rejeu d’achats', en: 'Replayed purchases' },
    description: { fr: 'Un essai sur des achats réels.', en: 'A trial on real purchases.' },
    visibility: 'private',
  });
}

async function makeReaders(
  house: RunningHouse,
  purchases: readonly Purchase[],
): Promise<Replayed['readers']> {
  const count = { made: 0, known: 0 };
  const first = new Map<string, Purchase>();
  for (const purchase of purchases) {
    const before = first.get(purchase.customer);
    if (!before || purchase.at < before.at) first.set(purchase.customer, purchase);
  }
  await house.inTurns([...first.values()], async ({ customer, at }) => {
    const proof = { at, method: 'import', words: CONSENT_WORDS };
    const { status } = await house.post('/api/v1/people', {
      email: emailOf(customer),
      externalId: `replay-${customer}`,
      frequency: 'immediate',
      subscriptions: [{ topic: TOPIC, consent: { state: 'given', legalBasis: 'consent', proof } }],
    });
    count[status === 201 ? 'made' : 'known'] += 1;
  });
  return count;
}

async function sendEvents(
  house: RunningHouse,
  purchases: readonly Purchase[],
): Promise<Replayed['events']> {
  const count = { accepted: 0, duplicates: 0, refused: 0 };
  for (let from = 0; from < purchases.length; from += EVENTS_A_CALL) {
    const events = purchases.slice(from, from + EVENTS_A_CALL).map(eventOf);
    const { value } = await house.post<{
      accepted: number;
      duplicates: number;
      refused: readonly object[];
    }>('/api/v1/events', { events });
    count.accepted += value.accepted;
    count.duplicates += value.duplicates;
    count.refused += value.refused.length;
  }
  return count;
}

function eventOf({ id, customer, at, items, amount }: Purchase) {
  const data = { amount, currency: 'USD', items };
  return { id, type: 'purchase', email: emailOf(customer), at, data };
}

const emailOf = (customer: string) => `c${customer}@example.org`;

/** The same file has the same campaign, whenever it is replayed. */
function nameOf(purchases: readonly Purchase[]): string {
  const hash = createHash('sha256').update(JSON.stringify(purchases)).digest('hex');
  return `We have not seen you for a while (replay ${hash.slice(0, 8)})`;
}

async function timed<Value>(
  say: (line: string) => void,
  work: () => Promise<Value>,
  words: (value: Value) => string,
): Promise<Value> {
  const startedAt = performance.now();
  const value = await work();
  say(`${words(value)} (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)`);
  return value;
}

function lettersWords({ state, because, foreseen, figures }: Sent): string {
  const of = (name: string) => figures[name] ?? 0;
  const reasons = Object.entries(figures.byReason)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
  return [
    `Campaign: ${state}${because === null ? '' : ` because ${because}`}.`,
    `  Foreseen by the dry run: ${foreseen === undefined ? 'not asked again' : `${foreseen} readers`}.`,
    `  Candidates ${figures.candidates} = accepted ${of('accepted')} + held ${of('held')} + digest ${of('digest')} + dropped ${of('dropped')} + refused ${of('refused')} + uncertain ${of('uncertain')} + open ${of('open')}.`,
    `  Reasons: ${reasons || 'none'}.`,
  ].join('\n');
}
