import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Config } from '../../functions/entry/site.lambda.ts';
import type { Bundle, DoorProps } from './door.ts';
import { Door } from './door.ts';
import type { Front } from './front.ts';

type PublicSiteProps = {
  readonly bundle: Bundle;
  readonly front: Front;
  readonly grant: DoorProps<typeof Config>['grant'];
};

/** The pages readers see: forms, preferences, unsubscribing. */
export class PublicSite extends Construct {
  constructor(scope: Construct, id: string, { bundle, front, grant }: PublicSiteProps) {
    super(scope, id);
    const door = new Door<typeof Config>(this, 'Pages', {
      bundle,
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
  constructor(scope: Construct, id: string, { bundle, front, grant }: PublicSiteProps) {
    super(scope, id);
    const door = new Door<typeof Config>(this, 'Calls', {
      bundle,
      entry: 'site',
      grant,
      timeout: Duration.seconds(29),
      memoryMegabytes: 1_024,
    });
    front.lead(door, '/api/{rest+}');
  }
}
