import type { Stack } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { STANDS_STILL } from '../../functions/mail/stands-still.ts';
import { FIVE_MINUTES, type Alarms } from './alarms.ts';
import { Door } from './door.ts';

/** Somebody is told of a send that stands still, whichever door of the stack noticed. */
export function watchSends(stack: Stack, alarms: Alarms): void {
  const doors = stack.node.findAll().filter((part) => part instanceof Door);
  const [watched] = doors.map((door) =>
    door.logGroup.addMetricFilter('SendStandsStill', {
      filterPattern: FilterPattern.anyTerm(...Object.values(STANDS_STILL)),
      // Two houses in one account do not ring each other's bell.
      metricNamespace: `Moderato/${stack.stackName}`,
      metricName: 'SendsStandStill',
    }),
  );
  if (!watched) throw new Error('there is no door to listen to');
  alarms.on(stack, 'SendStandsStill', {
    metric: watched.metric({ statistic: 'Sum', period: FIVE_MINUTES }),
    atLeast: 1,
    means: 'A send stands still until somebody has looked.',
    article: 'a-send-stands-still',
  });
}
