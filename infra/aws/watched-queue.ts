import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';

/** Tried that often before it is put aside for a person to look at. */
const TRIES = 5;

type Watched = {
  /** As the alarms call it. */
  readonly name: string;
  /** What its worker may take for one batch. */
  readonly timeout: Duration;
  /** When somebody is woken because its oldest message still waits. */
  readonly waitsAtMost: Duration;
  readonly alarms: Alarms;
};

/** A queue with a place for what could not be done, and somebody who is told of both. */
export function watchedQueue(
  scope: Construct,
  id: string,
  { name, timeout, waitsAtMost, alarms }: Watched,
): Queue {
  const undone = new Queue(scope, `${id}Undone`, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // Six times what a worker may take, so that a slow batch is not handed out twice.
    visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
    deadLetterQueue: { queue: undone, maxReceiveCount: TRIES },
  });
  alarms.on(scope, `${id}UndoneHasSome`, {
    metric: undone.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: FIVE_MINUTES,
    }),
    atLeast: 1,
    means: `Something on the ${name} line failed ${TRIES} times and was put aside.`,
    article: 'undone-messages',
  });
  alarms.on(scope, `${id}Waits`, {
    metric: queue.metricApproximateAgeOfOldestMessage({
      statistic: 'Maximum',
      period: FIVE_MINUTES,
    }),
    atLeast: waitsAtMost.toSeconds(),
    means: `The oldest message on the ${name} line has waited for ${waitsAtMost.toHumanString()}.`,
    article: 'a-line-waits',
  });
  return queue;
}
