import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Line } from '../../functions/base/ports.ts';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';
import type { Grant } from './grant.ts';

/** How a line is worked. `waitsAtMost` is when somebody is woken because its oldest message still waits. */
export const LINES = {
  service: {
    timeout: Duration.minutes(1),
    batch: 10,
    atOnce: 10,
    waitsAtMost: Duration.minutes(5),
  },
  editorial: {
    timeout: Duration.minutes(2),
    batch: 2,
    atOnce: 20,
    waitsAtMost: Duration.hours(12),
  },
  work: { timeout: Duration.minutes(5), batch: 1, atOnce: 10, waitsAtMost: Duration.minutes(30) },
} as const satisfies Record<Line, object>;

/** Tried that often before it is put aside for a person to look at. */
const TRIES = 5;

/** The three queues, each with a place for what could not be done. */
export class Lines extends Construct {
  readonly queues: Readonly<Record<Line, Queue>>;

  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: Alarms }) {
    super(scope, id);
    this.queues = {
      service: this.#line('Service', 'service', alarms),
      editorial: this.#line('Editorial', 'editorial', alarms),
      work: this.#line('Work', 'work', alarms),
    };
  }

  grantPosting(): Grant<'SERVICE_QUEUE_URL' | 'EDITORIAL_QUEUE_URL' | 'WORK_QUEUE_URL'> {
    return {
      settings: {
        SERVICE_QUEUE_URL: this.queues.service.queueUrl,
        EDITORIAL_QUEUE_URL: this.queues.editorial.queueUrl,
        WORK_QUEUE_URL: this.queues.work.queueUrl,
      },
      allow: (door) => {
        for (const queue of Object.values(this.queues)) queue.grant(door, 'sqs:SendMessage');
      },
    };
  }

  #line(id: string, line: Line, alarms: Alarms): Queue {
    const { timeout, waitsAtMost } = LINES[line];
    const undone = new Queue(this, `${id}Undone`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Six times what a worker may take, so that a slow batch is not handed out twice.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: undone, maxReceiveCount: TRIES },
    });
    alarms.on(this, `${id}UndoneHasSome`, {
      metric: undone.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: FIVE_MINUTES,
      }),
      atLeast: 1,
      means: `Something on the ${line} line failed ${TRIES} times and was put aside.`,
      article: 'undone-messages',
    });
    alarms.on(this, `${id}Waits`, {
      metric: queue.metricApproximateAgeOfOldestMessage({
        statistic: 'Maximum',
        period: FIVE_MINUTES,
      }),
      atLeast: waitsAtMost.toSeconds(),
      means: `The oldest message on the ${line} line has waited for ${waitsAtMost.toHumanString()}.`,
      article: 'a-line-waits',
    });
    return queue;
  }
}
