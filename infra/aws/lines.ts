import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Line } from '../../functions/base/ports.ts';
import type { Alarms } from './alarms.ts';
import type { Grant } from './grant.ts';
import { watchedQueue } from './watched-queue.ts';

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
    return watchedQueue(this, id, { name: line, timeout, waitsAtMost, alarms });
  }
}
