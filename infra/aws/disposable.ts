import type { StackProps } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Campaigns } from './campaigns.ts';
import type { Bundle } from './door.ts';
import type { Durable } from './durable.ts';
import { Front } from './front.ts';
import { together } from './grant.ts';
import { Lines } from './lines.ts';
import { Api, PublicSite } from './public-site.ts';
import { Sending } from './sending.ts';
import type { Settings } from './settings.ts';

type DisposableProps = StackProps & {
  readonly settings: Settings;
  readonly durable: Durable;
  readonly bundle: Bundle;
};

/** What can be thrown away and made again: doors, queues, the front. */
export class Disposable extends Stack {
  constructor(scope: Construct, id: string, props: DisposableProps) {
    super(scope, id, props);
    const { settings, durable, bundle } = props;
    const { alarms, tables, keys, files, sender } = durable;
    const front = new Front(this, 'Front', { settings, alarms });
    const lines = new Lines(this, 'Lines', { alarms });
    const house = together(
      tables.grantReadWrite(),
      keys.grantRead(),
      files.grantReadWrite(),
      lines.grantPosting(),
      front.grantAddress(),
    );
    const { senderDomain } = settings;
    const sending = new Sending(this, 'Sending', {
      bundle,
      lines,
      sender,
      senderDomain,
      alarms,
      house,
    });
    const grant = together(house, sending.grantAskingPace());
    new Campaigns(this, 'Campaigns', { bundle, grant, alarms });
    new PublicSite(this, 'PublicSite', { bundle, front, grant });
    new Api(this, 'Api', { bundle, front, grant });
  }
}
