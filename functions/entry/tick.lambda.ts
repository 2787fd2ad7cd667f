import { AwsSettings, keptPorts } from '../aws/ports.ts';
import { factsOf, log } from '../base/log.ts';
import { tick } from './tick.ts';

/** What this door needs to know: `infra/aws` cannot compile without giving all of it. */
export const Config = AwsSettings;

const ports = keptPorts(process.env);

/** Each minute. A tick that comes twice, late or not at all does no harm: the next finds what is due. */
export async function handler(): Promise<void> {
  try {
    await tick(await ports());
  } catch (error) {
    log('error', 'tick-failed', factsOf(error));
    // Lambda writes what is thrown into the log, so it is said in words that hold nobody's address.
    throw new Error('the tick failed, as the line before says');
  }
}
