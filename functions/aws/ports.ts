import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readConfig } from '../base/config.ts';
import type { Ports } from '../base/ports.ts';
import { SECOND } from '../base/time.ts';
import { realWait } from './back-off.ts';
import { DynamoTable } from './dynamo-table.ts';
import { S3Files } from './s3-files.ts';
import { KeptSecrets } from './secrets.ts';
import { SesMailer, sendingClient } from './ses-mailer.ts';
import { SqsQueue } from './sqs-queue.ts';

/** Where everything is. Every door reads these; what it may touch there is for its role to say. */
export const AwsSettings = z.object({
  PEOPLE_TABLE: z.string().min(1),
  RECORDS_TABLE: z.string().min(1),
  FILES_BUCKET: z.string().min(1),
  LINK_KEYS_SECRET: z.string().min(1),
  ADDRESS_KEY_SECRET: z.string().min(1),
  SERVICE_QUEUE_URL: z.url(),
  EDITORIAL_QUEUE_URL: z.url(),
  WORK_QUEUE_URL: z.url(),
  CONFIGURATION_SET: z.string().min(1),
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
});

/** The DynamoDB client waits out throttles longer than usual: a counted line must not be lost to one. */
const DYNAMO_ATTEMPTS = 6;

/** Every wait has an end. Asking once more is safe everywhere but at SES, which has a client of its own. */
const answersWithin = (requestTimeout: number) => ({
  requestHandler: { connectionTimeout: 2 * SECOND, requestTimeout, throwOnRequestTimeout: true },
});

type AwsPorts = Ports & { readonly renew: () => Promise<void> };

/** The ports on AWS. `renew` is called before each piece of work, so that rotated keys arrive. */
export async function awsPorts(settings: z.output<typeof AwsSettings>): Promise<AwsPorts> {
  const now = () => Date.now();
  const secrets = await KeptSecrets.open({
    client: new SecretsManagerClient(answersWithin(5 * SECOND)),
    linkKeys: settings.LINK_KEYS_SECRET,
    addressKey: settings.ADDRESS_KEY_SECRET,
    now,
  });
  return {
    now,
    wait: (ms) => realWait(Math.ceil(ms)),
    random: (bytes) => randomBytes(bytes),
    get secrets() {
      return secrets.value;
    },
    renew: async () => secrets.renew(),
    table: new DynamoTable({
      client: new DynamoDBClient({
        maxAttempts: DYNAMO_ATTEMPTS,
        ...answersWithin(5 * SECOND),
      }),
      tables: { people: settings.PEOPLE_TABLE, records: settings.RECORDS_TABLE },
    }),
    mailer: new SesMailer({
      client: sendingClient(),
      now,
      configurationSet: settings.CONFIGURATION_SET,
    }),
    queue: new SqsQueue({
      client: new SQSClient(answersWithin(5 * SECOND)),
      urls: {
        service: settings.SERVICE_QUEUE_URL,
        editorial: settings.EDITORIAL_QUEUE_URL,
        work: settings.WORK_QUEUE_URL,
      },
    }),
    files: new S3Files({
      client: new S3Client(answersWithin(30 * SECOND)),
      bucket: settings.FILES_BUCKET,
    }),
    publicUrl: settings.PUBLIC_URL,
  };
}

/** Opens the ports at the first piece of work and keeps them for those that follow. */
export function keptPorts(env: NodeJS.ProcessEnv): () => Promise<Ports> {
  let opened: Promise<AwsPorts> | undefined;
  return async () => {
    opened ??= awsPorts(readConfig(AwsSettings, env));
    try {
      const ports = await opened;
      await ports.renew();
      return ports;
    } catch (error) {
      opened = undefined;
      throw error;
    }
  };
}
