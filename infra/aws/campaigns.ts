import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction, Code } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Config } from '../../functions/entry/tick.lambda.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';
import type { DoorProps } from './door.ts';
import { Door } from './door.ts';

type CampaignsProps = {
  readonly code: Code;
  readonly grant: DoorProps<typeof Config>['grant'];
  readonly alarms: Alarms;
};

/** What happens at its hour: each minute a tick finds what is due and hands it to a line. */
export class Campaigns extends Construct {
  constructor(scope: Construct, id: string, { code, grant, alarms }: CampaignsProps) {
    super(scope, id);
    const tick = new Door<typeof Config>(this, 'Tick', {
      code,
      entry: 'tick',
      grant,
      timeout: Duration.seconds(55),
      memoryMegabytes: 512,
    });
    const scheduler = new Role(this, 'Scheduler', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    new Schedule(this, 'Minute', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      // A tick that fails is not tried again: the next one is a minute away and finds the same.
      target: new LambdaInvoke(tick, {
        role: scheduler,
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
    acknowledge(scheduler, {
      [`AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(tick.node.defaultChild as CfnFunction)}.Arn>:*]`]:
        'Every version of this one function.',
    });
    tick.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    alarms.on(this, 'TickStopped', {
      metric: tick.metricInvocations({ statistic: 'Sum', period: FIVE_MINUTES }),
      fewerThan: 1,
      means: 'Nothing that was planned for a certain hour happens.',
      article: 'the-tick-stopped',
    });
    alarms.on(this, 'TickFails', {
      metric: tick.metricErrors({ statistic: 'Sum', period: FIVE_MINUTES }),
      atLeast: 3,
      means: 'The tick that finds what is due fails again and again.',
      article: 'the-tick-fails',
    });
  }
}
