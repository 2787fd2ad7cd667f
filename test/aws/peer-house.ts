import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { handle } from 'hono/aws-lambda';
import { keptPorts } from '../../functions/aws/ports.ts';
import type { Line, Ports } from '../../functions/base/ports.ts';
import { queueDoor } from '../../functions/entry/queue-door.ts';
import { site } from '../../functions/entry/site.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { ALL_SCOPES, newPlainKey } from '../../functions/team/api-key.ts';
import { ensureKey } from '../../functions/team/guard.ts';
import { makeTables, reach } from './peer-tables.ts';

const LINES = ['service', 'editorial', 'work'] as const satisfies Line[];

/** The whole house on a peer of AWS: its own tables, queues, bucket, keys and sender, and a clock to move. */
export async function openPeerHouse(endpoint: string) {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
  });
  const { tables } = await makeTables(endpoint);
  const sqs = new SQSClient(reach(endpoint));
  const { urls, env } = await makeRest(endpoint, sqs);
  const opened = await keptPorts({
    ...env,
    PEOPLE_TABLE: tables.people,
    RECORDS_TABLE: tables.records,
  })();
  let ahead = 0;
  const ports: Ports = { ...opened, now: () => Date.now() + ahead };
  const key = newPlainKey(ports, 'live');
  await ensureKey(ports, key, ALL_SCOPES);
  const drain = async () => drainAll(sqs, urls, ports);
  return {
    ports,
    ask: askAs(key, handle(site(ports))),
    drain,
    /** Moves the clock, then lets the tick and the workers do what has become due. */
    pass: async (milliseconds: number) => {
      ahead += milliseconds;
      await tick(ports);
      await drain();
    },
  };
}

async function makeRest(endpoint: string, sqs: SQSClient) {
  const suffix = `${process.pid}-${process.hrtime.bigint()}`;
  const made = await Promise.all(
    LINES.map(async (line) => {
      const { QueueUrl } = await sqs.send(
        new CreateQueueCommand({ QueueName: `${line}-${suffix}` }),
      );
      return [line, QueueUrl!] as const;
    }),
  );
  const urls = Object.fromEntries(made) as Record<Line, string>;
  const s3 = new S3Client({ ...reach(endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: `files-${suffix}` }));
  const vault = new SecretsManagerClient(reach(endpoint));
  const secret = async (Name: string, value: object) =>
    (await vault.send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(value) }))).ARN!;
  const ses = new SESv2Client(reach(endpoint));
  const letters = `letters-${suffix}`;
  await ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: letters }));
  await ses
    .send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.org' }))
    .catch((error: Error) => {
      if (error.name !== 'AlreadyExistsException') throw error;
    });
  const env = {
    FILES_BUCKET: `files-${suffix}`,
    LINK_KEYS_SECRET: await secret(`links-${suffix}`, { current: 'k1', k1: 'a'.repeat(64) }),
    ADDRESS_KEY_SECRET: await secret(`addresses-${suffix}`, { key: 'b'.repeat(64) }),
    SERVICE_QUEUE_URL: urls.service,
    EDITORIAL_QUEUE_URL: urls.editorial,
    WORK_QUEUE_URL: urls.work,
    CONFIGURATION_SET: letters,
    PUBLIC_URL: 'https://letters.example.org',
  };
  return { urls, env };
}

/** What Lambda does behind a queue: hands out batches and deletes the messages that did not fail. */
async function drainAll(sqs: SQSClient, urls: Readonly<Record<Line, string>>, ports: Ports) {
  for (let round = 0; round < 200; round += 1) {
    let done = 0;
    for (const line of LINES) done += await workBatch(sqs, line, urls[line], ports);
    if (done === 0) return;
  }
  throw new Error('the lines never ran dry');
}

async function workBatch(sqs: SQSClient, line: Line, QueueUrl: string, ports: Ports) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
  );
  const event = {
    Records: Messages.map(({ MessageId, Body }) => ({ messageId: MessageId!, body: Body! })),
  } as SQSEvent;
  const { batchItemFailures } = await queueDoor(line, workers[line], async () => ports)(event);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { MessageId, ReceiptHandle } of Messages)
    if (!failed.has(MessageId!))
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.length;
}

type Handler = ReturnType<typeof handle>;

/** A request as API Gateway hands it on, and its answer. */
function askAs(key: string, handler: Handler) {
  return async <Body = string>(method: string, path: string, body?: object | string) => {
    const json = typeof body === 'object';
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath,
      rawQueryString,
      headers: {
        host: 'letters.example.org',
        ...(path.startsWith('/api/') && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && {
          'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
        }),
      },
      requestContext: {
        domainName: 'letters.example.org',
        http: { method, path: rawPath, sourceIp: '192.0.2.1', userAgent: 'test', protocol: '' },
      },
      body: json ? JSON.stringify(body) : body,
      isBase64Encoded: false,
    };
    const answer = (await handler(event as never, undefined)) as unknown as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    const isJson = /json/.test(answer.headers['content-type'] ?? '');
    return {
      status: answer.statusCode,
      body: (isJson ? JSON.parse(answer.body) : answer.body) as Body,
    };
  };
}
