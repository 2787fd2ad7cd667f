import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type Trouble = {
  readonly metric: IMetric;
  /** Rings at this value and above; `fewerThan` rings below instead. */
  readonly atLeast?: number;
  readonly fewerThan?: number;
  /** For how many periods of the metric it must last. */
  readonly periods?: number;
  /** What a person who is woken by it should know first. */
  readonly means: string;
  /** The article of `docs/runbook.md` that says what to do. */
  readonly article: string;
};

export const RUNBOOK = 'docs/runbook.md';

/** Everything that may wake a person. Each capability registers its own troubles here. */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { email }: { readonly email?: string | undefined }) {
    super(scope, id);
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true });
    if (email) this.#topic.addSubscription(new EmailSubscription(email));
  }

  on(scope: Construct, id: string, trouble: Trouble): void {
    const { metric, atLeast, fewerThan, periods = 1, means, article } = trouble;
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: atLeast ?? fewerThan ?? 1,
      comparisonOperator:
        fewerThan === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      // Silence is good news, except where it is the trouble.
      treatMissingData:
        fewerThan === undefined ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      alarmDescription: `${means} What to do: ${RUNBOOK}#${article}`,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
  }
}

export const FIVE_MINUTES = Duration.minutes(5);
