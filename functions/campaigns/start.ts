import { keys } from '../base/keys.ts';
import { log } from '../base/log.ts';
import type { Ports, Row, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { HOUR, MINUTE, type Instant } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { questionWrites } from '../mail/blocks/question.ts';
import { finishIfDone } from '../mail/close.ts';
import { doorsOf, linksWrite } from '../mail/counted-links.ts';
import { firstPartOf } from '../mail/first-part.ts';
import { type Mailing, mailingIdOf } from '../mail/mailing.ts';
import type { Publication } from '../mail/publication.ts';
import { mailingWrite, nextNumber, publicationWrite, readMailing } from '../mail/store.ts';
import { inLanguage, type Brand } from '../people/brand.ts';
import { readBrand, readTopic } from '../people/store.ts';
import { languagesOf, type Campaign, type CampaignInput, type Spelled } from './campaign.ts';
import { spelled } from './conditions.ts';
import { compileCampaign } from './compile.ts';
import { waitsAsGrown } from './grown.ts';
import { postPlan } from './plan.ts';
import { isOvertaken } from './series.ts';
import { campaignWrite, readCampaign, readSeries, type Held } from './store.ts';

/** A scan of people is shared by this many workers. */
export const PLAN_SEGMENTS = 8;
const ATTEMPTS = 8;
const WAITS_FOR_ITS_HOUR: readonly string[] = ['scheduled', 'started'];
const LOOK_AFTER_MS = 10 * MINUTE;

/**
 * The campaign's hour has come: it gets its number, its letters are made once and for all, and its
 * plan begins. It stays on the agenda until it is over: handed the same campaign again, this only
 * does what may have been lost. A run that comes too late waits for a human, and so does one of a
 * series that has grown.
 */
export async function startCampaign(ports: Ports, campaignId: string): Promise<void> {
  const agenda = await ports.table.get(keys.agenda('start-campaign', campaignId));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // The letter of a date that somebody chose to skip is gone, and its place on the agenda with it.
    if (!agenda && !(await ports.table.get(keys.campaign(campaignId)))) return;
    const held = await readCampaign(ports, campaignId);
    if (!WAITS_FOR_ITS_HOUR.includes(held.campaign.state)) return;
    if (held.campaign.state === 'started') return lookAfter(ports, campaignId, agenda);
    const startsAt = held.campaign.schedule!.startsAt;
    // This clock is behind the one that found it due.
    if (startsAt > ports.now() && agenda) {
      await ports.table.writeAll([againWrite(campaignId, startsAt, agenda.version)]);
      return;
    }
    const waits = await waitsAsGrown(ports, held);
    const writes = waits ?? (await startWrites(ports, held));
    if ((await ports.table.writeAll(writes)) === 'conflict') continue;
    log('info', waits ? 'campaign-waits' : 'campaign-started', { campaign: campaignId });
  }
  throw new Problem('too-many-hands');
}

/** Until a mailing is over, whatever a crash may have lost of it is done again. */
async function lookAfter(ports: Ports, campaignId: string, agenda: Row | undefined): Promise<void> {
  const mailing = (await readMailing(ports, mailingIdOf(campaignId)))?.it;
  switch (mailing?.state) {
    case 'planning':
    case 'sending':
    case 'blocked':
      if (mailing.planned) await finishIfDone(ports, mailing.mailingId);
      else await postPlan(ports, mailing);
      return;
    case 'paused':
    case 'stopped':
    case 'sent':
    case undefined:
      // Only as it was found: who resumes it has put it there again.
      if (agenda)
        await ports.table.writeAll([{ kind: 'remove', key: agenda.key, expected: agenda.version }]);
  }
}

/** Looked at again then. */
function againWrite(campaignId: string, at: Instant, expected?: number): Write {
  const write = agendaWrite('start-campaign', campaignId, at);
  return expected === undefined ? write : { ...write, expected };
}

/** A campaign that goes on is looked after again. */
export const lookAfterWrite = (campaignId: string, now: Instant): Write =>
  againWrite(campaignId, now + LOOK_AFTER_MS);

async function startWrites(ports: Ports, held: Held): Promise<Write[]> {
  const { campaign, input } = held;
  const [brand, topic, next] = await Promise.all([
    readBrand(ports),
    readTopic(ports, input.topic),
    nextNumber(ports),
  ]);
  const doors = doorsOf(ports, next.number);
  const letters = await compileCampaign(input, brand, doors.doorOf);
  const now = ports.now();
  const mailingId = mailingIdOf(campaign.campaignId);
  const late =
    now - campaign.schedule!.startsAt > brand.lateAfterHours * HOUR ||
    (await newerCame(ports, campaign));
  const first = firstPartOf(brand, PLAN_SEGMENTS);
  const mailing: Mailing = {
    format: 1,
    mailingId,
    kind: 'campaign',
    state: late ? 'paused' : 'planning',
    blockedBecause: late ? 'late' : null,
    number: next.number,
    topic: input.topic,
    segments: PLAN_SEGMENTS,
    planned: false,
    startedAt: now,
    finishedAt: null,
    wallTime: campaign.schedule!.atReaders ? campaign.schedule!.wallTime : null,
    ...(first ? { first } : {}),
  };
  const letter = await spelled(ports, input);
  const publication = publicationOf(letter, brand, {
    number: next.number,
    mailingId,
    topicAtMost: topic?.it.atMost ?? null,
    now,
    series: campaign.occurrence?.onlyNewest ? campaign.occurrence.seriesId : null,
  });
  return [
    campaignWrite(
      {
        ...campaign,
        state: 'started',
        mailingId,
        number: next.number,
        frozen: { audience: letter.audience, stopIf: letter.stopIf },
        changedAt: now,
      },
      held.version,
    ),
    mailingWrite(mailing, 0),
    publicationWrite(publication, 0),
    next.write,
    ...[...letters].map(([language, compiled]): Write => ({
      kind: 'put',
      key: keys.publicationContent(next.number, language),
      data: compiled,
      expected: 0,
    })),
    ...wholeWrites(input, brand, next.number),
    linksWrite(next.number, doors.links()),
    ...asksWrites(input, next.number),
  ];
}

/** Of letters that come again and again, an old one does not leave in a heap with the newer. */
async function newerCame(ports: Ports, { occurrence }: Campaign): Promise<boolean> {
  if (!occurrence || occurrence.isOwn) return false;
  const series = await readSeries(ports, occurrence.seriesId);
  return series !== undefined && isOvertaken(series.it, occurrence.date, ports.now());
}

/** What a letter of blocks asks its readers stands where the page that takes the answer finds it. */
export const asksWrites = ({ content }: CampaignInput, number: number): Write[] =>
  content.format === 'blocks' ? questionWrites(number, content.source) : [];

/** A Markdown letter to be read whole keeps its text, to lead others in readers' own letters. */
export function wholeWrites(input: CampaignInput, brand: Brand, number: number): Write[] {
  const { content } = input;
  if (!input.whole || content.format !== 'markdown') return [];
  return languagesOf(input, brand.language).map((language) => ({
    kind: 'put',
    key: keys.publicationSource(number, language),
    data: { markdown: inLanguage(content.source, language, brand) },
  }));
}

/** What a letter will be once published: alone, or as an item in readers' own letters. */
export function publicationOf(
  input: Spelled,
  brand: Brand,
  born: {
    readonly number: number;
    readonly mailingId: string;
    readonly topicAtMost: number | null;
    readonly now: Instant;
    readonly series?: string | null;
  },
): Publication {
  const languages = languagesOf(input, brand.language);
  const each = (texts: string | Readonly<Record<string, string>>) =>
    Object.fromEntries(languages.map((language) => [language, inLanguage(texts, language, brand)]));
  return {
    format: 1,
    number: born.number,
    mailingId: born.mailingId,
    topic: input.topic,
    topicAtMost: born.topicAtMost,
    from: input.from ?? brand.sender,
    replyTo: input.replyTo ?? null,
    languages,
    subject: each(input.subject),
    title: each(input.title ?? input.subject),
    summary: each(input.summary ?? input.preheader ?? ''),
    picture: input.picture ?? null,
    publishedAt: born.now,
    expiresAt: input.expiresAt === undefined ? null : Date.parse(input.expiresAt),
    whole: input.whole,
    public: input.public,
    stopIf: input.stopIf ?? null,
    withdrawnAt: null,
    correctedAt: null,
    series: born.series ?? null,
  };
}
