import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Grant } from './grant.ts';

const KEY = { passwordLength: 64, excludePunctuation: true };

/** The keys that seal links and make fingerprints. Lost, every link in every mail would be dead. */
export class Keys extends Construct {
  readonly #links: Secret;
  readonly #addresses: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#links = new Secret(this, 'Links', {
      description: 'Seals links: "current" names the key that seals, every key opens.',
      generateSecretString: {
        ...KEY,
        secretStringTemplate: JSON.stringify({ current: 'k1' }),
        generateStringKey: 'k1',
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#addresses = new Secret(this, 'Addresses', {
      description: 'Makes fingerprints of addresses. It never changes: suppression rests on it.',
      generateSecretString: { ...KEY, secretStringTemplate: '{}', generateStringKey: 'key' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.#links, {
      'AwsSolutions-SMG4':
        'Old keys must stay, so a rotation adds one: docs/runbook.md#rotate-the-link-key.',
    });
    acknowledge(this.#addresses, {
      'AwsSolutions-SMG4': 'A new key would forget who must never be written to again.',
    });
  }

  grantRead(): Grant<'LINK_KEYS_SECRET' | 'ADDRESS_KEY_SECRET'> {
    return {
      settings: {
        LINK_KEYS_SECRET: this.#links.secretArn,
        ADDRESS_KEY_SECRET: this.#addresses.secretArn,
      },
      allow: (door) => {
        this.#links.grantRead(door);
        this.#addresses.grantRead(door);
      },
    };
  }
}
