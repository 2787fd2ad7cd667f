import type { StackProps } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { ISource } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { SignIn } from './accounts.ts';
import { Campaigns } from './campaigns.ts';
import { Console } from './console.ts';
import type { Durable } from './durable.ts';
import { Feedback } from './feedback.ts';
import { Front } from './front.ts';
import { together } from './grant.ts';
import { Lines } from './lines.ts';
import { Api, PublicSite } from './public-site.ts';
import { Sending } from './sending.ts';
import { watchSends } from './sends-watched.ts';
import type { Settings } from './settings.ts';

type DisposableProps = StackProps & {
  readonly settings: Settings;
  readonly durable: Durable;
  readonly code: Code;
  /** The built console. */
  readonly pages: ISource;
};

/** What can be thrown away and made again: doors, queues, the front. */
export class Disposable extends Stack {
  constructor(scope: Construct, id: string, props: DisposableProps) {
    super(scope, id, props);
    const { settings, durable, code } = props;
    const { alarms, tables, keys, files, sender } = durable;
    const front = new Front(this, 'Front', { settings, alarms });
    const lines = new Lines(this, 'Lines', { alarms });
    const withoutFiles = together(
      tables.grantReadWrite(),
      keys.grantRead(),
      lines.grantPosting(),
      front.grantAddress(),
    );
    const house = together(withoutFiles, files.grantReadWrite());
    const { senderDomain } = settings;
    const sending = new Sending(this, 'Sending', {
      code,
      lines,
      sender,
      senderDomain,
      alarms,
      house,
    });
    const grant = together(house, sending.grantAskingPace());
    new Feedback(this, 'Feedback', {
      code,
      letters: sending.letters,
      alarms,
      grant: together(withoutFiles, sending.grantAskingPace()),
    });
    new Campaigns(this, 'Campaigns', { code, grant, alarms });
    const { ownerEmail } = settings;
    const { accounts } = durable;
    const signIn = new SignIn(this, 'SignIn', { accounts, publicUrl: front.publicUrl, ownerEmail });
    const asking = together(grant, signIn.grantChecking());
    new Console(this, 'Console', { front, accounts, pages: props.pages });
    new PublicSite(this, 'PublicSite', { code, front, grant: asking });
    new Api(this, 'Api', { code, front, grant: together(grant, signIn.grantInviting()) });
    watchSends(this, alarms);
  }
}
