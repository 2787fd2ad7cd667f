import {
  SendBulkEmailCommand,
  SESv2Client,
  type SendBulkEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withPlainBulkBodies } from '../../functions/aws/ses-bulk-body.ts';

type Sent = { readonly body: unknown; readonly headers: Readonly<Record<string, string>> };

/** A client that goes as far as the wire, and what would have gone over it. */
function clientTo(sent: Sent[]): SESv2Client {
  return new SESv2Client({
    region: 'eu-west-3',
    maxAttempts: 1,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    requestHandler: {
      handle: (request: Sent) => {
        sent.push(request);
        return Promise.reject(new Error('as far as the wire'));
      },
    },
  });
}

const pairs = (name: 'Name') =>
  fc.array(fc.record({ [name]: fc.string(), Value: fc.string({ unit: 'binary' }) }), {
    maxLength: 3,
  });
const entry = fc.record(
  {
    Destination: fc.record({ ToAddresses: fc.array(fc.emailAddress(), { maxLength: 1 }) }),
    ReplacementTags: pairs('Name'),
    ReplacementHeaders: fc.option(pairs('Name'), { nil: undefined }),
    ReplacementEmailContent: fc.record({
      ReplacementTemplate: fc.record({
        ReplacementTemplateData: fc
          .dictionary(fc.string(), fc.string({ unit: 'binary' }))
          .map((data) => JSON.stringify(data)),
      }),
    }),
  },
  { requiredKeys: ['Destination'] },
);
const bulk = fc.record({
  FromEmailAddress: fc.string(),
  ReplyToAddresses: fc.option(fc.array(fc.string(), { maxLength: 1 }), { nil: undefined }),
  ConfigurationSetName: fc.constant('letters'),
  DefaultContent: fc.record({
    Template: fc.record({
      TemplateName: fc.option(fc.string(), { nil: undefined }),
      TemplateData: fc.constant('{}'),
      Headers: pairs('Name'),
    }),
  }),
  BulkEmailEntries: fc.array(entry, { maxLength: 4 }),
});

it('a bulk call carries the JSON that the SDK would have made of it, and says its true length and hash', async () => {
  const [ours, theirs]: [Sent[], Sent[]] = [[], []];
  const clients = [withPlainBulkBodies(clientTo(ours)), clientTo(theirs)];
  await fc.assert(
    fc.asyncProperty(bulk, async (input) => {
      for (const client of clients)
        await client
          .send(new SendBulkEmailCommand(input as SendBulkEmailCommandInput))
          .catch(() => undefined);
      const [one, other] = [ours.pop()!, theirs.pop()!];
      const bytes = bytesOf(one.body);
      // As it was given, and not as the SDK orders it: otherwise nothing would have been spared.
      expect(bytes.toString()).toBe(JSON.stringify(input));
      expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(bytesOf(other.body).toString()));
      expect(one.headers['content-type']).toBe(other.headers['content-type']);
      expect(one.headers['content-length']).toBe(String(bytes.length));
      expect(one.headers['x-amz-content-sha256']).toBe(sha256(bytes));
    }),
    { numRuns: 300 },
  );
});

const bytesOf = (body: unknown): Buffer => Buffer.from(body as Uint8Array);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
