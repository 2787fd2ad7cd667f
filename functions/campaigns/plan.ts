import * as z from 'zod';
import { keys } from '../base/keys.ts';
import type { Ports } from '../base/ports.ts';
import { SECOND, type Instant } from '../base/time.ts';
import { judgeWrite, postRowsWrite } from '../mail/agenda.ts';
import { campaignAsked } from '../mail/asked.ts';
import { finishIfDone } from '../mail/close.ts';
import { countLeftOut } from '../mail/claim.ts';
import { postRows } from '../mail/control.ts';
import { lineOf, withLeftOut, type LeftOut, type Line } from '../mail/delivery.ts';
import { isHeldBack, plannedFirst } from '../mail/first-part.ts';
import { campaignOf, withoutFirst, type Mailing } from '../mail/mailing.ts';
import { languageFor, type Publication } from '../mail/publication.ts';
import { messagesFor, rowsOf, rowWrites, type Planned } from '../mail/rows.ts';
import { changeMailing, readMailing, readPublications } from '../mail/store.ts';
import type { Brand } from '../people/brand.ts';
import { readBrand, readerWrite, readPeople, type Someone } from '../people/store.ts';
import { crowdedOut, withWaiting } from '../policy/change.ts';
import { decide } from '../policy/decide.ts';
import type { Decision } from '../policy/decision.ts';
import { candidateReadersOf } from './candidates.ts';
import { readCampaign } from './store.ts';
import type { ReadPage } from './who-got.ts';

const PAGES_A_CALL = 10;
const ROUNDS = 6;
/** By then the first of those who go ahead have left, but for the night. */
const FIRST_LOOK_MS = 10 * SECOND;

export const PlanMessage = z.object({
  do: z.literal('plan-campaign'),
  mailingId: z.string(),
  campaignId: z.string(),
  segment: z.int(),
});
export type PlanMessage = z.infer<typeof PlanMessage>;

const Cursor = z.object({
  next: z.string().nullable(),
  sequence: z.int(),
  done: z.boolean(),
  /** Lines to be sent so far. */
  toSend: z.int().default(0),
});

/** Every segment that may not be done yet, on the work line. Posting again what is done does no harm. */
export async function postPlan(ports: Pick<Ports, 'queue'>, mailing: Mailing): Promise<void> {
  const campaignId = campaignOf(mailing.mailingId);
  await ports.queue.post(
    'work',
    Array.from({ length: mailing.segments }, (_, segment) => ({
      body: { do: 'plan-campaign', mailingId: mailing.mailingId, campaignId, segment },
      group: mailing.mailingId,
    })),
  );
}

/**
 * Plans some pages of one segment: reads people, asks the heart, writes the delivery rows and the
 * cursor all-or-none, posts the rows' keys. A crash resumes at the cursor; sending starts while the
 * plan still runs.
 */
export async function planCampaign(ports: Ports, message: PlanMessage): Promise<void> {
  const { mailingId, segment } = message;
  const mailing = (await readMailing(ports, mailingId))?.it;
  // A provider that takes nothing for now is no reason not to plan.
  if (!mailing || mailing.planned || !['planning', 'blocked'].includes(mailing.state)) return;
  const plan = await planOf(ports, mailing, message.campaignId);
  for (let page = 0; page < PAGES_A_CALL; page += 1) {
    const step = await planPage(ports, plan, segment);
    if (step === 'lost') return;
    if (step === 'done') return finishPlan(ports, mailing, plan.brand);
  }
  await ports.queue.post('work', [{ body: message, group: mailingId }]);
}

type Plan = {
  readonly mailing: Mailing;
  readonly publication: Publication;
  readonly brand: Brand;
  readonly candidates: ReadPage<Someone>;
};

async function planOf(ports: Ports, mailing: Mailing, campaignId: string): Promise<Plan> {
  const [brand, held, publications] = await Promise.all([
    readBrand(ports),
    readCampaign(ports, campaignId),
    readPublications(ports, [mailing.number!]),
  ]);
  return {
    mailing,
    publication: publications.get(mailing.number!)!,
    brand,
    candidates: await candidateReadersOf(ports, held, mailing.segments),
  };
}

async function planPage(
  ports: Ports,
  plan: Plan,
  segment: number,
): Promise<'more' | 'done' | 'lost'> {
  const { mailingId } = plan.mailing;
  const key = keys.planCursor(mailingId, segment);
  const row = await ports.table.get(key);
  const cursor = Cursor.parse(row?.data ?? { next: null, sequence: 0, done: false, toSend: 0 });
  if (cursor.done) return 'done';
  const page = await plan.candidates(segment, cursor.next ?? undefined);
  const now = ports.now();
  const planned = await decideAll(ports, plan, page.people, now);
  const { first } = plan.mailing;
  const where = { mailingId, segment, firstSequence: cursor.sequence };
  const ahead = first && { before: cursor.toSend, first: first.perSegment };
  const rows = rowsOf(ahead ? { ...where, ahead } : where, planned);
  const after: z.infer<typeof Cursor> = {
    next: page.next ?? null,
    sequence: cursor.sequence + rows.length,
    done: page.next === undefined,
    toSend: cursor.toSend + planned.filter(({ line }) => isToBeSent(line)).length,
  };
  const outcome = await ports.table.writeAll([
    { kind: 'put', key, data: after, expected: row?.version ?? 0 },
    ...rowWrites(rows, now),
  ]);
  if (outcome === 'conflict') return 'lost';
  const goAhead = rows.filter((one) => !isHeldBack(plan.mailing, one));
  await ports.queue.post('editorial', messagesFor(goAhead));
  return after.done ? 'done' : 'more';
}

/**
 * The decision for each candidate. What waits for a letter is put on the reader row first: a page
 * planned again after a crash finds it there, and decides the same.
 */
async function decideAll(
  ports: Ports,
  plan: Plan,
  candidates: readonly Someone[],
  now: Instant,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  let left = candidates;
  for (let round = 1; round <= ROUNDS && left.length > 0; round += 1) {
    const decided = left.map((person) => ({ person, decision: decisionFor(plan, person, now) }));
    const waiting = decided.filter(({ person, decision }) => mustWait(plan, person, decision));
    const outcomes = await ports.table.writeEach(
      waiting.map(({ person: { reader }, decision }) =>
        readerWrite(
          withWaiting(reader.it, plan.publication.number, (decision as { on: Instant }).on),
          reader.version,
        ),
      ),
    );
    const lost = new Set(
      waiting.filter((_, index) => outcomes[index] === 'conflict').map(({ person }) => person),
    );
    for (const { person, decision } of decided)
      if (!lost.has(person)) planned.push(plannedLine(plan, person, decision));
    const out = waiting.filter(({ person }) => !lost.has(person)).flatMap(crowded(plan));
    if (out.length > 0) await countLeftOut(ports, out);
    const again = [...lost].map(({ reader }) => reader.it.personId);
    left = (await readPeople(ports, again)).filter((person) => person !== undefined);
  }
  if (left.length > 0) throw new Error('readers kept changing while a page was planned');
  return planned;
}

/** Already waiting for that date: nothing to write. */
function mustWait({ publication }: Plan, { reader }: Someone, decision: Decision): boolean {
  return (
    decision.kind === 'digest' &&
    !(reader.it.waiting.includes(publication.number) && reader.it.nextDigestAt === decision.on)
  );
}

function decisionFor(
  { mailing, publication, brand }: Plan,
  person: Someone,
  now: Instant,
): Decision {
  return decide({
    mail: campaignAsked(mailing, publication),
    reader: person.reader.it,
    brand,
    now,
  });
}

/** What gives way in a reader's letter, because no more than thirty wait. */
const crowded =
  (plan: Plan) =>
  ({ person, decision }: { readonly person: Someone; readonly decision: Decision }): LeftOut[] => {
    if (decision.kind !== 'digest') return [];
    const reader = person.reader.it;
    const after = withWaiting(reader, plan.publication.number, decision.on);
    return crowdedOut(reader, after).map((n) => ({ n, r: 'newer-came' }));
  };

function plannedLine(plan: Plan, person: Someone, decision: Decision): Planned {
  const { publication, brand } = plan;
  const { personId, language } = person.reader.it;
  return {
    line: withLeftOut(lineOf(personId, decision), crowded(plan)({ person, decision })),
    group: languageFor(publication, language, brand.language),
  };
}

/**
 * The last segment to end says so on the mailing, and closes it when nothing was left to send. Now it
 * is known how many it is for: few go at once, of many a part goes ahead.
 */
async function finishPlan(
  ports: Ports,
  { mailingId, segments, first }: Mailing,
  brand: Brand,
): Promise<void> {
  const cursors = await ports.table.getMany(
    Array.from({ length: segments }, (_, segment) => keys.planCursor(mailingId, segment)),
  );
  const read = cursors.map((row) => (row ? Cursor.parse(row.data) : undefined));
  if (!read.every((cursor) => cursor?.done)) return;
  const mails = read.reduce((sum, cursor) => sum + (cursor?.toSend ?? 0), 0);
  const now = ports.now();
  await changeMailing(
    ports,
    mailingId,
    (mailing) => (mailing.planned ? undefined : asPlanned(mailing, mails, brand)),
    first ? [postRowsWrite(mailingId, now), judgeWrite(mailingId, now + FIRST_LOOK_MS)] : [],
  );
  if (first) await postRows(ports, mailingId);
  else await finishIfDone(ports, mailingId);
}

function asPlanned(mailing: Mailing, mails: number, brand: Brand): Mailing {
  const { segments, state } = mailing;
  const first = mailing.first && plannedFirst(mailing.first, mails, { brand, segments });
  return {
    ...withoutFirst(mailing),
    ...(first ? { first } : {}),
    planned: true,
    state: state === 'planning' ? 'sending' : state,
  };
}

const isToBeSent = ({ d }: Line) => d === 'send' || d === 'hold';
