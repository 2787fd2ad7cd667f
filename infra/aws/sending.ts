import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import { ConfigurationSet, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { AwsSettings } from '../../functions/aws/ports.ts';
import { PREFIX } from '../../functions/aws/ses-templates.ts';
import type { Line } from '../../functions/base/ports.ts';
import type { Config as EditorialConfig } from '../../functions/entry/editorial-queue.lambda.ts';
import type { Config as ServiceConfig } from '../../functions/entry/service-queue.lambda.ts';
import type { Config as WorkConfig } from '../../functions/entry/work-queue.lambda.ts';
import type { Alarms } from './alarms.ts';
import { Door } from './door.ts';
import type { Grant } from './grant.ts';
import { together } from './grant.ts';
import type { Lines } from './lines.ts';
import { LINES } from './lines.ts';

type Setting = keyof typeof AwsSettings.shape;
type SendingProps = {
  readonly code: Code;
  readonly lines: Lines;
  readonly sender: EmailIdentity;
  readonly senderDomain: string;
  readonly alarms: Alarms;
  /** Tables, keys, files, lines and the public address: all that a worker needs beside SES. */
  readonly house: Grant<Exclude<Setting, 'CONFIGURATION_SET'>>;
};

/** Everything it takes to hand letters to SES: the workers of the lines and the right to send. */
export class Sending extends Construct {
  /** What every letter is sent with; it knows where to tell what became of them. */
  readonly letters: ConfigurationSet;

  constructor(scope: Construct, id: string, props: SendingProps) {
    super(scope, id);
    this.letters = new ConfigurationSet(this, 'Letters', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const sending = together(props.house, this.#grantSending(props));
    const planning = together(props.house, this.grantAskingPace());
    const worker = (line: Line, grant: Grant<Setting>) => ({
      code: props.code,
      entry: `${line}-queue`,
      grant,
      timeout: LINES[line].timeout,
      memoryMegabytes: 1_024,
    });
    const service = worker('service', sending);
    const editorial = worker('editorial', sending);
    const work = worker('work', planning);
    this.#feed(props, 'service', new Door<typeof ServiceConfig>(this, 'ServiceWorker', service));
    this.#feed(
      props,
      'editorial',
      new Door<typeof EditorialConfig>(this, 'EditorialWorker', editorial),
    );
    this.#feed(props, 'work', new Door<typeof WorkConfig>(this, 'WorkWorker', work));
    this.#watchReputation(props.alarms);
  }

  /** How fast SES lets us send and whether it does: for whoever plans, not for whoever sends. */
  grantAskingPace(): Grant<'CONFIGURATION_SET'> {
    return {
      settings: { CONFIGURATION_SET: this.letters.configurationSetName },
      allow: (door) =>
        door.grantPrincipal.addToPrincipalPolicy(
          new PolicyStatement({ actions: ['ses:GetAccount'], resources: ['*'] }),
        ),
      wide: { 'AwsSolutions-IAM5[Resource::*]': 'SES knows one account, and no resource for it.' },
    };
  }

  /** Only the workers that ask the policy about each person may send, and only in our own name. */
  #grantSending({ sender, senderDomain }: SendingProps): Grant<'CONFIGURATION_SET'> {
    const { partition, region, account } = Stack.of(this);
    const ses = `arn:${partition}:ses:${region}:${account}`;
    const asking = this.grantAskingPace();
    return {
      settings: asking.settings,
      allow: (door) => {
        asking.allow(door);
        door.grantPrincipal.addToPrincipalPolicy(
          new PolicyStatement({
            actions: ['ses:SendEmail', 'ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
            resources: [
              sender.emailIdentityArn,
              `${ses}:configuration-set/${this.letters.configurationSetName}`,
              `${ses}:template/*`,
            ],
            conditions: { StringLike: { 'ses:FromAddress': `*@${senderDomain}` } },
          }),
        );
        // Letters kept at SES: SES lists and makes them for the account, and names them only then.
        allowTo(door, '*', 'ses:CreateEmailTemplate', 'ses:ListEmailTemplates');
        allowTo(door, `${ses}:template/${PREFIX}*`, 'ses:DeleteEmailTemplate');
      },
      wide: {
        ...asking.wide,
        'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/*]':
          'A template that travels with its call has no name of its own.',
        [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/${PREFIX}*]`]:
          'Only letters that this house keeps at SES.',
      },
    };
  }

  #feed({ lines }: SendingProps, line: Line, door: IFunction): void {
    const { batch, atOnce } = LINES[line];
    door.addEventSource(
      new SqsEventSource(lines.queues[line], {
        batchSize: batch,
        maxConcurrency: atOnce,
        reportBatchItemFailures: true,
      }),
    );
  }

  /** SES looks at an account from 5 % bounces and 0.1 % complaints on; we look a little before. */
  #watchReputation(alarms: Alarms): void {
    const reputation = (metricName: string) =>
      new Metric({
        namespace: 'AWS/SES',
        metricName,
        statistic: 'Maximum',
        period: Duration.hours(1),
      });
    alarms.on(this, 'Bounces', {
      metric: reputation('Reputation.BounceRate'),
      atLeast: 0.04,
      means: 'Too many letters go to addresses that do not exist.',
      article: 'bounces',
    });
    alarms.on(this, 'Complaints', {
      metric: reputation('Reputation.ComplaintRate'),
      atLeast: 0.0008,
      means: 'Too many readers call our letters spam.',
      article: 'complaints',
    });
  }
}

function allowTo(door: IGrantable, resource: string, ...actions: string[]): void {
  door.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
