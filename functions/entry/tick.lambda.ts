import { AwsSettings, keptPorts } from '../aws/ports.ts';
import { tick } from './tick.ts';

/** What this door needs to know: `infra/aws` cannot compile without giving all of it. */
export const Config = AwsSettings;

const ports = keptPorts(process.env);

/** Each minute. A tick that comes twice, late or not at all does no harm: the next finds what is due. */
export async function handler(): Promise<void> {
  await tick(await ports());
}
