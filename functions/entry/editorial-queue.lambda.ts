import { AwsSettings, keptPorts } from '../aws/ports.ts';
import { queueDoor } from './queue-door.ts';
import { workers } from './workers.ts';

/** What this door needs to know: `infra/aws` cannot compile without giving all of it. */
export const Config = AwsSettings;

export const handler = queueDoor('editorial', workers.editorial, keptPorts(process.env));
