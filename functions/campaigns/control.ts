import { timedId } from '../base/id.ts';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { pauseMailing, resumeMailing, stopMailing } from '../mail/control.ts';
import { sendDoubtfulAgain } from '../mail/doubt.ts';
import { exampleContext } from '../mail/example.ts';
import { serviceMail } from '../mail/order.ts';
import { publicationWrite, readFigures, readMailing, readPublications } from '../mail/store.ts';
import { assemble, fillerOf } from '../mail/template/compile.ts';
import { type Mailing, mailingIdOf } from '../mail/mailing.ts';
import { readAddress } from '../people/address.ts';
import { readBrand } from '../people/store.ts';
import { compileCampaign } from './compile.ts';
import { postPlan } from './plan.ts';
import { lookAfterWrite } from './start.ts';
import { readCampaign } from './store.ts';

/** Holds it where it stands. */
export async function pauseCampaign(ports: Ports, campaignId: string): Promise<void> {
  await started(ports, campaignId);
  const mailing = await pauseMailing(ports, mailingIdOf(campaignId));
  mustBe(mailing, 'paused');
}

/** Goes on, whether a person paused it, the provider blocked it, or it came late. */
export async function resumeCampaign(ports: Ports, campaignId: string): Promise<void> {
  await started(ports, campaignId);
  await ports.table.writeAll([lookAfterWrite(campaignId, ports.now())]);
  const mailing = await resumeMailing(ports, mailingIdOf(campaignId));
  if (mailing?.state === 'planning') await postPlan(ports, mailing);
  else if (mailing?.state !== 'sending' && mailing?.state !== 'sent') mustBe(mailing, 'sending');
}

/** Ends it for good; who has not got it will not. */
export async function stopCampaign(ports: Ports, campaignId: string): Promise<void> {
  await started(ports, campaignId);
  await withdrawCampaign(ports, campaignId);
  const mailing = await stopMailing(ports, mailingIdOf(campaignId));
  if (mailing?.state !== 'sent') mustBe(mailing, 'stopped');
}

/** Letters to come leave it out; what has gone has gone. */
export async function withdrawCampaign(ports: Ports, campaignId: string): Promise<void> {
  const number = await started(ports, campaignId);
  const publication = (await readPublications(ports, [number])).get(number);
  if (!publication || publication.withdrawnAt !== null) return;
  await ports.table.writeAll([publicationWrite({ ...publication, withdrawnAt: ports.now() })]);
}

/**
 * Sends it again to those of whom nobody knows whether they have it: only because a person says so,
 * for it may come twice.
 */
export async function resendDoubtful(ports: Ports, campaignId: string): Promise<void> {
  const number = await started(ports, campaignId);
  const mailingId = mailingIdOf(campaignId);
  const [mailing, publications] = await Promise.all([
    readMailing(ports, mailingId),
    readPublications(ports, [number]),
  ]);
  const withdrawn = publications.get(number)?.withdrawnAt != null;
  if (mailing?.it.state === 'stopped' || withdrawn)
    throw new Problem('state-does-not-allow', {
      detail: `The campaign is ${withdrawn ? 'withdrawn' : 'stopped'}; nobody gets it any more.`,
    });
  const { uncertain } = await readFigures(ports, mailingId);
  if (uncertain === 0)
    throw new Problem('state-does-not-allow', { detail: 'No mail of this campaign is in doubt.' });
  if ((await sendDoubtfulAgain(ports, mailingId)) === 0)
    throw new Problem('state-does-not-allow', {
      detail: 'The provider may still tell what became of them: wait a quarter of an hour.',
    });
}

/** The letter to whoever wrote it, as an example reader would get it. Never a reader's mail, and not on the books. */
export async function testCampaign(
  ports: Ports,
  campaignId: string,
  wish: { readonly to: string; readonly language?: string },
): Promise<void> {
  const { input } = await readCampaign(ports, campaignId);
  const address = readAddress(wish.to);
  if ('refused' in address)
    throw new Problem('address-refused', { errors: [{ path: 'to', detail: address.refused }] });
  const brand = await readBrand(ports);
  const letters = await compileCampaign(input, brand);
  const [first] = letters.keys();
  const language = wish.language && letters.has(wish.language) ? wish.language : first!;
  const compiled = letters.get(language)!;
  const example = exampleContext(ports, brand, { language, viewUrl: ports.publicUrl });
  const made = assemble(compiled, fillerOf(compiled)(example));
  const order = serviceMail(ports, {
    personId: `trial-${timedId(ports)}`,
    kind: 'trial',
    language,
    subject: `[test] ${made.subject}`,
    paragraphs: [],
    requested: true,
    trial: {
      address: address.email,
      from: input.from ?? brand.sender,
      html: made.html,
      text: made.text,
    },
  });
  await ports.table.writeAll(order.writes);
  await order.post();
}

async function started(ports: Ports, campaignId: string): Promise<number> {
  const { campaign } = await readCampaign(ports, campaignId);
  if (campaign.number === null)
    throw new Problem('state-does-not-allow', {
      detail: `The campaign is ${campaign.state}; it has not started.`,
    });
  return campaign.number;
}

function mustBe(mailing: Mailing | undefined, state: Mailing['state']): void {
  if (mailing?.state !== state)
    throw new Problem('state-does-not-allow', {
      detail: `The campaign is ${mailing?.state ?? 'unknown'}.`,
    });
}
