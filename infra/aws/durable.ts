import type { StackProps } from 'aws-cdk-lib';
import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { Accounts } from './accounts.ts';
import { Alarms } from './alarms.ts';
import { FileStore } from './file-store.ts';
import { Keys } from './keys.ts';
import type { Settings } from './settings.ts';
import { Tables } from './tables.ts';

/**
 * What must survive: readers and their consents, files, keys, and the name letters are sent in.
 * Nothing here is ever renamed: a new id would be a new, empty table beside the old one.
 */
export class Durable extends Stack {
  readonly alarms: Alarms;
  readonly tables: Tables;
  readonly files: FileStore;
  readonly keys: Keys;
  readonly sender: EmailIdentity;
  readonly accounts: Accounts;

  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Settings }) {
    super(scope, id, { terminationProtection: true, ...props });
    const { senderDomain, alarmEmail, ownerEmail } = props.settings;
    this.alarms = new Alarms(this, 'Alarms', { email: alarmEmail });
    this.tables = new Tables(this, 'Tables', { alarms: this.alarms });
    this.files = new FileStore(this, 'Files');
    this.keys = new Keys(this, 'Keys');
    this.accounts = new Accounts(this, 'Accounts', { ownerEmail });
    this.sender = new EmailIdentity(this, 'Sender', {
      identity: Identity.domain(senderDomain),
      mailFromDomain: `mail.${senderDomain}`,
    });
    this.sender.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const [index, { name, value }] of this.sender.dkimRecords.entries())
      new CfnOutput(this, `Dkim${index + 1}`, { value: `${name} CNAME ${value}` });
  }
}
