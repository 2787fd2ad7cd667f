import * as z from 'zod';
import { timedId } from '../base/id.ts';
import { keys } from '../base/keys.ts';
import type { Ports, Write } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { MINUTE, wallTimeIn, type Instant } from '../base/time.ts';
import { agendaWrite } from '../mail/agenda.ts';
import { doorsOf, linksWrite, readLinks } from '../mail/counted-links.ts';
import { Publication } from '../mail/publication.ts';
import { publicationWrite } from '../mail/store.ts';
import type { Brand } from '../people/brand.ts';
import { readBrand, type Versioned } from '../people/store.ts';
import { CampaignInput, languagesOf, type Campaign, type Schedule } from './campaign.ts';
import { spelled } from './conditions.ts';
import { compileCampaign } from './compile.ts';
import { asksWrites, publicationOf, wholeWrites } from './start.ts';
import { campaignWrite, contentWrite, readCampaign, type Held } from './store.ts';

/** Long enough to take it back, and for every mail that was in a call to have its answer. */
const LEAVES_AFTER_MS = 2 * MINUTE;

export const CorrectionInput = z.strictObject({
  subject: CampaignInput.shape.subject.optional(),
  content: CampaignInput.shape.content,
});
export type CorrectionInput = z.infer<typeof CorrectionInput>;

/**
 * Puts a letter right. From now on the original is what it should have been: in letters to come and
 * on its page. Those who got it before get the correction, as a campaign of its own, at their pace.
 */
export async function correctCampaign(
  ports: Ports,
  campaignId: string,
  wish: CorrectionInput,
): Promise<Held> {
  const [held, brand] = await Promise.all([readCampaign(ports, campaignId), readBrand(ports)]);
  const { it: original, version } = await publicationOfCampaign(ports, held);
  const right: CampaignInput = {
    ...held.input,
    subject: wish.subject ?? held.input.subject,
    content: wish.content,
  };
  mustSpeakAsMuch(original, right, brand);
  await mustBeTheOnlyOne(ports, original);
  const doors = doorsOf(ports, original.number);
  const letters = await compileCampaign(right, brand, doors.doorOf);
  const before = await readLinks(ports, original.number);
  // Later than the last time, whatever the clocks say: mails remember which text they carried by it.
  const now = Math.max(ports.now(), (original.correctedAt ?? 0) + 1);
  const corrected: Publication = {
    ...publicationOf(await spelled(ports, right), brand, {
      ...original,
      now: original.publishedAt,
    }),
    withdrawnAt: original.withdrawnAt,
    correctedAt: now,
  };
  const correction = correctionOf(held, right, brand, { id: timedId(ports), now });
  const { campaign, input } = correction;
  const told = { ...corrected, correction: campaign.campaignId };
  const writes: Write[] = [
    campaignWrite(campaign, 0),
    contentWrite(campaign.campaignId, input, 0),
    agendaWrite('start-campaign', campaign.campaignId, campaign.schedule!.startsAt),
    publicationWrite(told, version),
    ...[...letters].map(([language, data]): Write => {
      const key = keys.publicationContent(original.number, language);
      return { kind: 'put', key, data };
    }),
    ...wholeWrites(right, brand, original.number),
    ...asksWrites(right, original.number),
    // What was sent leads where it led.
    linksWrite(original.number, { ...before, ...doors.links() }),
  ];
  if ((await ports.table.writeAll(writes)) === 'conflict') throw new Problem('too-many-hands');
  return correction;
}

/** With its version: who withdraws it in the same moment is not overwritten. */
async function publicationOfCampaign(
  ports: Ports,
  { campaign }: Held,
): Promise<Versioned<Publication>> {
  const { number, state } = campaign;
  const row = number === null ? undefined : await ports.table.get(keys.publication(number));
  if (row) return { it: Publication.parse(row.data), version: row.version };
  throw new Problem('state-does-not-allow', {
    detail: `The campaign is ${state}; only what has started can be corrected.`,
  });
}

/** Two who see the same mistake in the same minutes would tell everybody twice. */
async function mustBeTheOnlyOne(ports: Ports, { correction }: Publication): Promise<void> {
  if (correction === undefined) return;
  const { campaign } = await readCampaign(ports, correction);
  if (campaign.state === 'scheduled') throw new Problem('correction-waits');
}

/** Whoever read it in a language must be able to read the correction in it. */
function mustSpeakAsMuch(original: Publication, right: CampaignInput, brand: Brand): void {
  const spoken = languagesOf(right, brand.language);
  const errors = original.languages
    .filter((language) => !spoken.includes(language))
    .map((language) => ({
      path: `content.source.${language}`,
      detail: 'the original was sent in this language too',
    }));
  if (errors.length > 0) throw new Problem('input-invalid', { errors });
}

/** Who gets it is read from the delivery log, so it has no audience; nor does it end when an offer does. */
function correctionOf(
  { campaign, input }: Held,
  right: CampaignInput,
  brand: Brand,
  { id, now }: { readonly id: string; readonly now: Instant },
): Held {
  const { audience: _, stopIf: __, expiresAt: ___, ...rest } = right;
  return {
    campaign: {
      format: 1,
      campaignId: id,
      name: input.name,
      topic: campaign.topic,
      state: 'scheduled',
      schedule: scheduleOf(brand, now + LEAVES_AFTER_MS),
      mailingId: null,
      number: null,
      corrects: campaign.campaignId,
      createdAt: now,
      changedAt: now,
    } satisfies Campaign,
    input: { ...rest, public: false },
    version: 1,
    contentVersion: 1,
  };
}

const scheduleOf = ({ timeZone }: Brand, startsAt: Instant): Schedule => ({
  startsAt,
  timeZone,
  wallTime: wallTimeIn(timeZone, startsAt),
  atReaders: false,
});
