import type { Ports } from '../base/ports.ts';
import { Problem, type InputError } from '../base/problem.ts';
import { readBrand } from '../people/store.ts';
import type { CampaignInput } from './campaign.ts';
import { compileCampaign } from './compile.ts';
import type { Held } from './store.ts';

/** Why a letter cannot be sent as it stands, if it cannot: each place to mend is named. */
export async function whyNotReady(
  ports: Pick<Ports, 'table' | 'now'>,
  input: CampaignInput,
): Promise<Problem | undefined> {
  if (input.expiresAt !== undefined && Date.parse(input.expiresAt) <= ports.now())
    return new Problem('moment-passed', {
      errors: [{ path: 'expiresAt', detail: 'it would have expired already' }],
    });
  try {
    await compileCampaign(input, await readBrand(ports));
    return undefined;
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'template-invalid') return problem;
    throw problem;
  }
}

/** Before it is put on the agenda: what an author may leave half said is sent to nobody. */
export async function mustBeReady(
  ports: Pick<Ports, 'table' | 'now'>,
  input: CampaignInput,
): Promise<void> {
  const why = await whyNotReady(ports, input);
  if (why) throw why;
}

/** What is still to be mended in a draft. Only one that was kept unready is asked. */
export async function remarksOf(
  ports: Pick<Ports, 'table' | 'now'>,
  { campaign, input }: Pick<Held, 'campaign' | 'input'>,
): Promise<readonly InputError[]> {
  if (!campaign.unready) return [];
  return (await whyNotReady(ports, input))?.errors ?? [];
}
