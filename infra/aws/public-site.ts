import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Config } from '../../functions/entry/site.lambda.ts';
import type { DoorProps } from './door.ts';
import { Door } from './door.ts';
import type { Front } from './front.ts';

type PublicSiteProps = {
  readonly code: Code;
  readonly front: Front;
  readonly grant: DoorProps<typeof Config>['grant'];
};

/** The pages readers see: forms, preferences, unsubscribing. */
export class PublicSite extends Construct {
  constructor(scope: Construct, id: string, { code, front, grant }: PublicSiteProps) {
    super(scope, id);
    const door = new Door<typeof Config>(this, 'Pages', {
      code,
      entry: 'site',
      grant,
      timeout: Duration.seconds(15),
      memoryMegabytes: 1_024,
    });
    front.lead(door);
  }
}

/**
 * What the brand's own programs call. The same app behind another door, so that a till that sends
 * a year of purchases never makes a reader wait for the page that unsubscribes.
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, { code, front, grant }: PublicSiteProps) {
    super(scope, id);
    const door = new Door<typeof Config>(this, 'Calls', {
      code,
      entry: 'site',
      grant,
      timeout: Duration.seconds(29),
      memoryMegabytes: 1_024,
    });
    front.lead(door, '/api/{rest+}');
  }
}
