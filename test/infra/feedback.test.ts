import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { EVENT_FILES } from '../../functions/feedback/file.ts';
import { resources, SYNTH_TAKES, templates } from './house.ts';

let disposable: Template;
beforeAll(() => void ({ disposable } = templates()), SYNTH_TAKES);

const Destination = z.object({
  EventDestination: z.object({
    Enabled: z.literal(true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.unknown().optional(),
    KinesisFirehoseDestination: z.unknown().optional(),
  }),
});
const destinations = () =>
  resources(disposable, 'AWS::SES::ConfigurationSetEventDestination').map(
    ({ Properties }) => Destination.parse(Properties).EventDestination,
  );
const only = (type: string, id: RegExp) => {
  const found = resources(disposable, type).filter((one) => id.test(one.id));
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('what SES tells', () => {
  it('of bounces and complaints comes at once, and of sent and delivered mails in files', () => {
    const [atOnce, inFiles] = destinations();
    expect(atOnce?.SnsDestination).toBeDefined();
    expect(atOnce?.MatchingEventTypes).toEqual([
      'bounce',
      'complaint',
      'reject',
      'renderingFailure',
    ]);
    expect(inFiles?.KinesisFirehoseDestination).toBeDefined();
    expect(inFiles?.MatchingEventTypes).toEqual(['send', 'delivery', 'deliveryDelay']);
    expect(destinations()).toHaveLength(2);
  });

  it('never counts who opened what: nobody asks for it', () => {
    for (const { MatchingEventTypes } of destinations())
      expect(MatchingEventTypes).not.toContain('open');
  });

  it('comes as it is, without an envelope around it', () => {
    const subscription = only('AWS::SNS::Subscription', /^FeedbackEvents/);
    expect(subscription.Properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
  });

  it('in files is told of within two minutes, well before a doubt is a quarter of an hour old', () => {
    const stream = only('AWS::KinesisFirehose::DeliveryStream', /^Feedback/);
    expect(stream.Properties).toMatchObject({
      ExtendedS3DestinationConfiguration: {
        Prefix: EVENT_FILES,
        BufferingHints: { IntervalInSeconds: 120 },
      },
    });
    expect(only('AWS::Events::Rule', /^Feedback/).Properties).toMatchObject({
      EventPattern: {
        'detail-type': ['Object Created'],
        detail: { object: { key: [{ prefix: EVENT_FILES }] } },
      },
    });
  });

  it('lies in files that nobody else reads, and that are gone in two weeks whatever happens', () => {
    const bucket = only('AWS::S3::Bucket', /^FeedbackFiles/);
    expect(bucket.Properties).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 14, Status: 'Enabled' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });

  it('can be put into the stream by SES for our own letters only', () => {
    const role = only('AWS::IAM::Role', /^FeedbackTeller/);
    expect(JSON.stringify(role.Properties)).toContain('configuration-set/');
    const policy = only('AWS::IAM::Policy', /^FeedbackTeller/);
    expect(policy.Properties).toMatchObject({
      PolicyDocument: { Statement: [{ Action: 'firehose:PutRecordBatch' }] },
    });
  });
});

describe('who reads what SES tells', () => {
  it('may not send a mail, and sees no file of the house', () => {
    const worker = only('AWS::Lambda::Function', /^FeedbackWorker/);
    const { Variables } = worker.Properties['Environment'] as {
      Variables: Record<string, unknown>;
    };
    expect(JSON.stringify(Variables['FILES_BUCKET'])).toContain('FeedbackFiles');
    const rights = JSON.stringify(only('AWS::IAM::Policy', /^FeedbackWorker/).Properties);
    expect(rights).not.toMatch(/ses:Send/);
    expect(rights).not.toContain('ExportsOutputFnGetAttFiles');
    expect(rights).toContain(`/${EVENT_FILES}*`);
  });
});
