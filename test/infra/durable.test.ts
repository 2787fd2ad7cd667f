import type { Template } from 'aws-cdk-lib/assertions';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, describe, expect, it } from 'vitest';
import { KeptSecrets } from '../../functions/aws/secrets.ts';
import { resources, SYNTH_TAKES, templates } from './house.ts';

let durable: Template;
beforeAll(() => void ({ durable } = templates()), SYNTH_TAKES);

const DATA = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SES::EmailIdentity',
  'AWS::Cognito::UserPool',
];
const data = () => resources(durable).filter(({ Type }) => DATA.includes(Type));

describe('what readers entrusted to us', () => {
  it('survives the deletion of the stack, and of the line of code that made it', () => {
    for (const { id, DeletionPolicy, UpdateReplacePolicy } of data())
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
  });

  it('keeps its logical ids for ever: another id would be a new and empty table', () => {
    expect(Object.fromEntries(data().map(({ id, Type }) => [id, Type]))).toEqual({
      TablesPeopleB2744939: 'AWS::DynamoDB::GlobalTable',
      TablesRecords353FBC94: 'AWS::DynamoDB::GlobalTable',
      FilesBucket7C17EE2E: 'AWS::S3::Bucket',
      AccountsPeople5C21ECCA: 'AWS::Cognito::UserPool',
      KeysLinks84745A47: 'AWS::SecretsManager::Secret',
      KeysAddresses64A00B06: 'AWS::SecretsManager::Secret',
      SenderF5F9B8E0: 'AWS::SES::EmailIdentity',
    });
  });

  it('can be brought back to any second of the last weeks', () => {
    for (const { Properties } of resources(durable, 'AWS::DynamoDB::GlobalTable'))
      expect(Properties['Replicas']).toEqual([
        expect.objectContaining({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ]);
  });

  it('stands in tables shaped as the table port reads them, with one sparse index of keys', () => {
    for (const { Properties } of resources(durable, 'AWS::DynamoDB::GlobalTable'))
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'dueShard', KeyType: 'HASH' },
              { AttributeName: 'due', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      });
  });

  it('lies in a bucket that nobody else can open', () => {
    expect(resources(durable, 'AWS::S3::Bucket')[0]?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const policy = JSON.stringify(resources(durable, 'AWS::S3::BucketPolicy')[0]?.Properties);
    expect(policy).toContain('"aws:SecureTransport":"false"');
  });
});

it('the secrets that CloudFormation makes are the secrets that a door can read', async () => {
  const vault = mockClient(SecretsManagerClient);
  for (const { id, Properties } of resources(durable, 'AWS::SecretsManager::Secret')) {
    const made = Properties['GenerateSecretString'] as {
      readonly SecretStringTemplate: string;
      readonly GenerateStringKey: string;
      readonly PasswordLength: number;
    };
    const value = {
      ...(JSON.parse(made.SecretStringTemplate) as object),
      [made.GenerateStringKey]: 'x'.repeat(made.PasswordLength),
    };
    const SecretId = id.includes('Links') ? 'links' : 'addresses';
    vault.on(GetSecretValueCommand, { SecretId }).resolves({ SecretString: JSON.stringify(value) });
  }
  const { value } = await KeptSecrets.open({
    client: new SecretsManagerClient({ region: 'eu-west-3' }),
    linkKeys: 'links',
    addressKey: 'addresses',
    now: () => 0,
  });
  expect(value.links).toEqual({ current: 'k1', keys: { k1: 'x'.repeat(64) } });
  expect(value.addresses).toBe('x'.repeat(64));
});
