import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { lineInRow, linesAmong } from '../mail/line-of.ts';
import { withFallbacks } from '../mail/example.ts';
import { campaignOf } from '../mail/mailing.ts';
import type { Publication } from '../mail/publication.ts';
import type { Line } from '../mail/delivery.ts';
import { newestPublications, readPublications } from '../mail/store.ts';
import { subjectSent } from '../mail/subject-sent.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import type { Asked } from '../people/condition.ts';
import { lastTurns, type LastTurn } from '../policy/turns.ts';

/** The campaigns before which somebody may wonder why nothing came. */
const CAMPAIGNS_ASKED = 12;

/**
 * What became of a mail. `unknown`: its delivery log is too long to be looked through whenever
 * somebody opens a story.
 */
export const Became = z.enum([
  'sent',
  'ready',
  'refused',
  'uncertain',
  'held',
  'put-off',
  'waits-no-more',
  'dropped',
  'unknown',
]);
export type Became = z.infer<typeof Became>;

/** One mail of a story: what became of it for this person, and the heart's reason. */
export type MailTold = {
  readonly at: Instant;
  readonly mailingId: string;
  readonly subject: string;
  readonly became: Became;
  readonly reason: Line['r'] | null;
  readonly until: Instant | null;
  /** The first topic it was about. */
  readonly topic: string | null;
  readonly canBeRead: boolean;
  readonly carries: readonly { readonly campaign: string | null; readonly title: string }[];
};

/** The last mails that left for a person, and what became of the last campaigns that did not. */
export async function mailsTold(
  ports: Ports,
  person: Asked,
  brand: Brand,
): Promise<readonly MailTold[]> {
  const { reader, profile } = person;
  const turns = lastTurns(reader);
  const newest = await newestPublications(ports, CAMPAIGNS_ASKED);
  const missing = turns.flatMap(numbersOf).concat(reader.waiting);
  const known = await readPublications(ports, [...new Set(missing)]);
  const teller = { ports, person, brand, known };
  const had = new Set([
    ...turns.map(({ m }) => m),
    ...turns.flatMap(numbersOf).map((number) => known.get(number)?.mailingId),
  ]);
  const others = newest.filter(
    ({ mailingId, publishedAt }) => publishedAt >= profile.createdAt && !had.has(mailingId),
  );
  const [taken, lines] = await Promise.all([
    Promise.all(turns.map((turn) => lineOfTurn(ports, reader.personId, turn))),
    linesAmong(
      ports,
      reader.personId,
      others.map(({ mailingId }) => mailingId),
    ),
  ]);
  const leftOut = new Map(taken.flatMap((line) => line?.x ?? []).map(({ n, r }) => [n, r]));
  const left = turns.map((turn, index) => leftFor(teller, turn, taken[index]));
  const rest = others.map((publication) =>
    notLeft(teller, publication, lines.get(publication.mailingId), leftOut.get(publication.number)),
  );
  const told = await Promise.all([...left, ...rest]);
  return told.filter((one) => one !== undefined);
}

type Teller = {
  readonly ports: Ports;
  readonly person: Asked;
  readonly brand: Brand;
  readonly known: ReadonlyMap<number, Publication>;
};

/** What a mail carried, as far as it is still known. */
export const numbersOf = ({ whole, n }: LastTurn): readonly number[] =>
  whole?.n ?? (n === null ? [] : [n]);

/** Whether all that it carried is known, so that it can be made again. */
export const isWhole = (turn: LastTurn, known: ReadonlyMap<number, Publication>): boolean => {
  const numbers = numbersOf(turn);
  return (
    numbers.length > 0 &&
    numbers.length === (turn.q ?? 1) &&
    numbers.every((number) => known.has(number))
  );
};

async function lineOfTurn(
  ports: Ports,
  personId: string,
  { m, whole }: LastTurn,
): Promise<Line | undefined> {
  return whole && lineInRow(ports, personId, m, whole.b);
}

async function leftFor(teller: Teller, turn: LastTurn, line: Line | undefined): Promise<MailTold> {
  const { ports, person, brand, known } = teller;
  const lead = known.get(turn.n ?? 0);
  const isLetter = campaignOf(turn.m) === null && turn.c === 'e';
  return {
    at: turn.at,
    mailingId: turn.m,
    subject: await subjectSent(ports, person, turn, lead, brand),
    became: 'sent',
    reason: line?.d === 'send' ? line.r : isLetter ? 'digest-day' : 'subscribed',
    until: null,
    topic: lead?.topic ?? null,
    canBeRead: isWhole(turn, known),
    carries: numbersOf(turn).flatMap((number) => carried(teller, known.get(number))),
  };
}

async function notLeft(
  teller: Teller,
  publication: Publication,
  line: Line | 'not-looked' | undefined,
  leftOut: Line['r'] | undefined,
): Promise<MailTold | undefined> {
  const { ports, person, brand } = teller;
  const { number, mailingId, publishedAt: at, topic } = publication;
  const { waiting, nextDigestAt } = person.reader;
  const waits = waiting.includes(number);
  // Who was not among those it was meant for has no line.
  if (line === undefined && !waits) return undefined;
  const turn = { m: mailingId, at, c: 'e', n: number } as const;
  const found = line === 'not-looked' ? undefined : line;
  return {
    at,
    mailingId,
    subject: await subjectSent(ports, person, turn, publication, brand),
    ...(waits
      ? { became: 'put-off', reason: found?.r ?? null, until: nextDigestAt }
      : becameOf(found, leftOut)),
    topic,
    canBeRead: false,
    carries: carried(teller, publication),
  };
}

/** What does not wait for a letter any more was left out of one, or they did something since. */
function becameOf(
  line: Line | undefined,
  leftOut: Line['r'] | undefined,
): Pick<MailTold, 'became' | 'reason' | 'until'> {
  const reason = line?.r ?? null;
  const until = line?.u ?? null;
  switch (line?.d) {
    case undefined:
      return { became: 'unknown', reason, until };
    case 'hold':
      return { became: 'held', reason, until };
    case 'digest':
      return leftOut === undefined
        ? { became: 'waits-no-more', reason, until }
        : { became: 'dropped', reason: leftOut, until: null };
    case 'drop':
      return { became: 'dropped', reason, until };
    case 'send':
      return { became: SENT[line.o ?? 'open'], reason, until };
  }
}

const SENT = {
  open: 'ready',
  accepted: 'sent',
  refused: 'refused',
  uncertain: 'uncertain',
} as const;

function carried({ ports, brand }: Teller, publication: Publication | undefined) {
  if (!publication) return [];
  const { title } = withFallbacks(ports, brand, publication);
  return [
    {
      campaign: campaignOf(publication.mailingId),
      title: inLanguage(title, brand.language, brand),
    },
  ];
}
