import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keptPorts } from '../../functions/aws/ports.ts';
import { S3Files } from '../../functions/aws/s3-files.ts';
import { KeptSecrets } from '../../functions/aws/secrets.ts';

const s3 = mockClient(S3Client);
const vault = mockClient(SecretsManagerClient);
const long = (letter: string) => letter.repeat(64);
const holds = (id: string, value: unknown) =>
  vault
    .on(GetSecretValueCommand, { SecretId: id })
    .resolves({ SecretString: typeof value === 'string' ? value : JSON.stringify(value) });

beforeEach(() => {
  s3.reset();
  vault.reset();
  holds('links', { current: 'k2', k1: long('a'), k2: long('b') });
  holds('address', { key: long('c') });
});

describe('files', () => {
  const files = new S3Files({ client: new S3Client({ region: 'eu-west-3' }), bucket: 'pictures' });

  it('keep their bytes and their type', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    await files.put('a.png', bytes, 'image/png');
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'pictures',
      Key: 'a.png',
      Body: bytes,
      ContentType: 'image/png',
    });
    const Body = { transformToByteArray: async () => bytes };
    s3.on(GetObjectCommand).resolves({ Body: Body as never, ContentType: 'image/png' });
    expect(await files.get('a.png')).toEqual({ bytes, type: 'image/png' });
  });

  it('that are not there are undefined, but a door without the right to look is a fault', async () => {
    s3.on(GetObjectCommand).rejectsOnce(new NoSuchKey({ message: 'none', $metadata: {} }));
    expect(await files.get('none.png')).toBeUndefined();
    s3.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await expect(files.get('a.png')).rejects.toThrow();
  });

  it('can be removed', async () => {
    await files.remove('a.png');
    expect(s3.commandCalls(DeleteObjectCommand)[0]?.args[0].input.Key).toBe('a.png');
  });
});

describe('secrets', () => {
  let now = 0;
  const open = async () =>
    KeptSecrets.open({
      client: new SecretsManagerClient({ region: 'eu-west-3' }),
      linkKeys: 'links',
      addressKey: 'address',
      now: () => now,
    });

  it('open old links with every key ever used, and seal new ones with the current', async () => {
    expect((await open()).value).toEqual({
      links: { current: 'k2', keys: { k1: long('a'), k2: long('b') } },
      addresses: long('c'),
    });
  });

  it('a rotation arrives within five minutes, without asking each time', async () => {
    const secrets = await open();
    holds('links', { current: 'k3', k3: long('d') });
    await secrets.renew();
    expect(secrets.value.links.current).toBe('k2');
    now += 5 * 60_000;
    await secrets.renew();
    expect(secrets.value.links.current).toBe('k3');
    expect(vault.calls()).toHaveLength(4);
  });

  it('that cannot be read again are kept, and the log says so without showing them', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const secrets = await open();
    holds('links', { current: 'k9', k1: long('z') });
    now += 5 * 60_000;
    await secrets.renew();
    expect(secrets.value.links.current).toBe('k2');
    const line = String(told.mock.calls[0]?.[0]);
    expect(line).toContain('secrets-not-renewed');
    expect(line).not.toContain(long('z'));
    told.mockRestore();
  });

  it.each([
    ['not JSON', 'top secret, not JSON'],
    ['without a key for what is current', { current: 'k9', k1: long('s') }],
    ['with a key too short to be one', { current: 'k1', k1: 'short' }],
  ])('%s stop a door with words that show nothing of them', async (_, value) => {
    holds('links', value);
    const fault = await open().catch((error: Error) => error.message);
    expect(fault).toMatch(/^the secret links is not as it should be/);
    expect(fault).not.toMatch(/top secret|short|sss/);
  });
});

describe('the ports of a door', () => {
  const settings = {
    AWS_REGION: 'eu-west-3',
    PEOPLE_TABLE: 'people',
    RECORDS_TABLE: 'records',
    FILES_BUCKET: 'pictures',
    LINK_KEYS_SECRET: 'links',
    ADDRESS_KEY_SECRET: 'address',
    SERVICE_QUEUE_URL: 'https://q.example/service',
    EDITORIAL_QUEUE_URL: 'https://q.example/editorial',
    WORK_QUEUE_URL: 'https://q.example/work',
    CONFIGURATION_SET: 'letters',
    PUBLIC_URL: 'https://letters.example.org/',
  };

  it('are opened once, and say where readers reach us', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    const open = keptPorts(settings);
    const [first, second] = [await open(), await open()];
    expect(second).toBe(first);
    expect(first.publicUrl).toBe('https://letters.example.org');
    expect(first.secrets.links.current).toBe('k2');
    expect(vault.calls()).toHaveLength(2);
    vi.unstubAllEnvs();
  });

  it('name every wrong setting at once', async () => {
    const { PEOPLE_TABLE, PUBLIC_URL, ...rest } = settings;
    expect(PEOPLE_TABLE + PUBLIC_URL).toBeTruthy();
    await expect(keptPorts(rest)()).rejects.toThrow(/PEOPLE_TABLE[^]*PUBLIC_URL/);
  });

  it('that could not be opened are tried again with the next piece of work', async () => {
    vi.stubEnv('AWS_REGION', 'eu-west-3');
    const open = keptPorts(settings);
    vault.on(GetSecretValueCommand).rejects(new Error('not now'));
    await expect(open()).rejects.toThrow('not now');
    vault.reset();
    holds('links', { current: 'k1', k1: long('a') });
    holds('address', { key: long('c') });
    expect((await open()).secrets.links.current).toBe('k1');
    vi.unstubAllEnvs();
  });
});
