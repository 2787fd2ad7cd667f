import type { SQSEvent } from 'aws-lambda';
import { AwsSettings, keptPorts } from '../aws/ports.ts';
import { feedback } from './feedback.ts';
import { queueDoor } from './queue-door.ts';

/** What this door needs to know: `infra/aws` cannot compile without giving all of it. */
export const Config = AwsSettings;

const door = queueDoor('feedback', feedback, keptPorts(process.env));

/** When it is set up, SES says so in plain words on the same way. */
const GREETING = /^Successfully validated/;

export const handler = ({ Records }: SQSEvent) =>
  door({ Records: Records.filter(({ body }) => !GREETING.test(body)) });
