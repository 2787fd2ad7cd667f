import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { factsOf, log } from '../base/log.ts';
import type { Secrets } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { MINUTE } from '../base/time.ts';

const key = z.string().min(32);

/** `{ "current": "k2", "k1": "…", "k2": "…" }`: CloudFormation makes the first key, a rotation adds one. */
const LinkKeys = z
  .object({ current: z.string() })
  .catchall(key)
  .transform(({ current, ...keys }) => ({ current, keys }))
  .refine(({ current, keys }) => Object.hasOwn(keys, current), {
    error: 'the current link key is not among the keys',
  });
const AddressKey = z.object({ key });

type Setup = {
  readonly client: SecretsManagerClient;
  readonly now: () => Instant;
  readonly linkKeys: string;
  readonly addressKey: string;
};

const FRESH_FOR = 5 * MINUTE;

/**
 * The keys, read when a Lambda starts and again every five minutes. So a rotation has two steps:
 * add the new key, and make it the current one ten minutes later, when every Lambda can open it.
 */
export class KeptSecrets {
  readonly #setup: Setup;
  #kept: { readonly secrets: Secrets; readonly readAt: Instant };

  private constructor(setup: Setup, secrets: Secrets) {
    this.#setup = setup;
    this.#kept = { secrets, readAt: setup.now() };
  }

  static async open(setup: Setup): Promise<KeptSecrets> {
    return new KeptSecrets(setup, await readSecrets(setup));
  }

  get value(): Secrets {
    return this.#kept.secrets;
  }

  /** Keys that cannot be read again are still good: a reader's link must open meanwhile. */
  async renew(): Promise<void> {
    const readAt = this.#setup.now();
    if (readAt - this.#kept.readAt < FRESH_FOR) return;
    this.#kept = { ...this.#kept, readAt };
    try {
      this.#kept = { secrets: await readSecrets(this.#setup), readAt };
    } catch (error) {
      log('error', 'secrets-not-renewed', factsOf(error));
    }
  }
}

async function readSecrets({ client, linkKeys, addressKey }: Setup): Promise<Secrets> {
  const [links, addresses] = await Promise.all([
    readSecret(client, linkKeys, LinkKeys),
    readSecret(client, addressKey, AddressKey),
  ]);
  return { links, addresses: addresses.key };
}

async function readSecret<Schema extends z.ZodType>(
  client: SecretsManagerClient,
  id: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  const read = schema.safeParse(parsed(SecretString));
  if (read.success) return read.data;
  // Zod would show what it was given, and this must never be seen.
  throw new Error(`the secret ${id} is not as it should be: ${read.error.issues[0]?.message}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
