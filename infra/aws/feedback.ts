import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import {
  CfnConfigurationSetEventDestination,
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
  type ConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AwsSettings } from '../../functions/aws/ports.ts';
import type { Config } from '../../functions/entry/feedback-queue.lambda.ts';
import { EVENT_FILES } from '../../functions/feedback/file.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';
import { Door } from './door.ts';
import type { Grant } from './grant.ts';
import { together } from './grant.ts';
import { watchedQueue } from './watched-queue.ts';

type FeedbackProps = {
  readonly code: Code;
  readonly letters: ConfigurationSet;
  readonly alarms: Alarms;
  /** All that the worker needs but the files: of those it sees the provider's only. */
  readonly grant: Grant<Exclude<keyof typeof AwsSettings.shape, 'FILES_BUCKET'>>;
};

const TIMEOUT = Duration.minutes(5);
/** A file holds what came within so long, so that a doubt can be settled well within its quarter of an hour. */
const FILE_SECONDS = 120;
const FILE_MEGABYTES = 16;

/**
 * What SES tells. What changes somebody's standing comes at once, each event by itself; that a mail
 * was sent and delivered comes in files of thousands, because a message for each would cost more
 * than the mail's own row.
 */
export class Feedback extends Construct {
  constructor(scope: Construct, id: string, props: FeedbackProps) {
    super(scope, id);
    const { alarms, letters } = props;
    const queue = watchedQueue(this, 'Events', {
      name: 'feedback',
      timeout: TIMEOUT,
      waitsAtMost: Duration.minutes(30),
      alarms,
    });
    this.#tellAtOnce(letters, queue);
    const bucket = this.#eventFiles(queue);
    this.#tellInFiles(letters, bucket, alarms);
    const worker = new Door<typeof Config>(this, 'Worker', {
      code: props.code,
      entry: 'feedback-queue',
      grant: together(props.grant, grantTaking(bucket)),
      timeout: TIMEOUT,
      memoryMegabytes: 1_024,
    });
    worker.addEventSource(
      new SqsEventSource(queue, {
        batchSize: 10,
        maxConcurrency: 5,
        reportBatchItemFailures: true,
      }),
    );
  }

  #tellAtOnce(configurationSet: ConfigurationSet, queue: Queue): void {
    const topic = new Topic(this, 'AtOnce', { enforceSSL: true });
    topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
    new ConfigurationSetEventDestination(this, 'TellAtOnce', {
      configurationSet,
      destination: EventDestination.snsTopic(topic),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
  }

  /** The files hold addresses: each is removed once it is read, and what was not is gone in days. */
  #eventFiles(queue: Queue): Bucket {
    const bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(14) }],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(bucket, {
      'AwsSolutions-S1': 'Only one worker reads it, and what it has read it removes.',
    });
    // The bucket's own property, where the construct would bring a function of its own.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    new Rule(this, 'FileCame', {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: [{ prefix: EVENT_FILES }] },
        },
      },
      targets: [new SqsQueue(queue)],
    });
    return bucket;
  }

  #tellInFiles(configurationSet: ConfigurationSet, bucket: Bucket, alarms: Alarms): void {
    const role = new Role(this, 'Writer', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Stack.of(this).account } },
      }),
    });
    const allow = (resource: string, ...actions: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(
      bucket.bucketArn,
      's3:GetBucketLocation',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
    );
    allow(bucket.arnForObjects('*'), 's3:PutObject', 's3:AbortMultipartUpload');
    acknowledge(role, { [anyFileOf(bucket)]: 'Firehose names the files itself.' });
    const stream = new CfnDeliveryStream(this, 'InFiles', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: EVENT_FILES,
        errorOutputPrefix: 'not-delivered/',
        bufferingHints: { intervalInSeconds: FILE_SECONDS, sizeInMBs: FILE_MEGABYTES },
        compressionFormat: 'UNCOMPRESSED',
      },
    });
    stream.node.addDependency(role);
    this.#handOver(configurationSet, stream);
    alarms.on(this, 'FilesLate', {
      metric: new Metric({
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensionsMap: { DeliveryStreamName: stream.ref },
        statistic: 'Maximum',
        period: FIVE_MINUTES,
      }),
      atLeast: Duration.minutes(15).toSeconds(),
      means: 'What SES tells of sent and delivered mails is a quarter of an hour late.',
      article: 'provider-events-late',
    });
  }

  /** SES may put into this one stream, for this one configuration set, and nothing else. */
  #handOver({ configurationSetName }: ConfigurationSet, stream: CfnDeliveryStream): void {
    const { account } = Stack.of(this);
    const set = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSetName,
    });
    const role = new Role(this, 'Teller', {
      assumedBy: new ServicePrincipal('ses.amazonaws.com', {
        conditions: { StringEquals: { 'AWS:SourceAccount': account, 'AWS:SourceArn': set } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [stream.attrArn] }),
    );
    const destination = new CfnConfigurationSetEventDestination(this, 'TellInFiles', {
      configurationSetName,
      eventDestination: {
        enabled: true,
        matchingEventTypes: [
          EmailSendingEvent.SEND,
          EmailSendingEvent.DELIVERY,
          EmailSendingEvent.DELIVERY_DELAY,
        ],
        kinesisFirehoseDestination: {
          deliveryStreamArn: stream.attrArn,
          iamRoleArn: role.roleArn,
        },
      },
    });
    destination.node.addDependency(role);
  }
}

/** Reads the provider's files and removes them, and sees no other file. */
function grantTaking(bucket: Bucket): Grant<'FILES_BUCKET'> {
  return {
    settings: { FILES_BUCKET: bucket.bucketName },
    allow: (door) => {
      const allow = (resource: string, ...actions: string[]) =>
        door.grantPrincipal.addToPrincipalPolicy(
          new PolicyStatement({ actions, resources: [resource] }),
        );
      allow(bucket.bucketArn, 's3:ListBucket');
      allow(bucket.arnForObjects(`${EVENT_FILES}*`), 's3:GetObject', 's3:DeleteObject');
    },
    wide: { [anyFileOf(bucket, EVENT_FILES)]: 'Each file of events of this one bucket.' },
  };
}

const anyFileOf = (bucket: Bucket, prefix = '') =>
  `AwsSolutions-IAM5[Resource::<${Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>/${prefix}*]`;
