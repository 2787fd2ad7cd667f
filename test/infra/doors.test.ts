import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SignInSettings } from '../../functions/aws/accounts.ts';
import { AwsSettings } from '../../functions/aws/ports.ts';
import type { Resource } from './house.ts';
import { resources, SYNTH_TAKES, templates } from './house.ts';

let disposable: Template;
let durable: Template;
beforeAll(() => void ({ disposable, durable } = templates()), SYNTH_TAKES);

const Reference = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const idOf = (reference: unknown) => Reference.parse(reference)['Fn::GetAtt'][0];
/** The CDK's own helper, which copies the console during a deployment, is no door. */
const ours = () =>
  resources(disposable, 'AWS::Lambda::Function').filter(
    ({ id, Properties }) => Properties['Role'] && !id.startsWith('CustomCDK'),
  );
const queue = (id: string) => resources(disposable, 'AWS::SQS::Queue').find((q) => q.id === id)!;

const Statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat()),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});

/** What the role of a door may do. */
function rightsOf(door: Resource) {
  const role = idOf(door.Properties['Role']);
  return resources(disposable, 'AWS::IAM::Policy')
    .map(({ Properties }) => Policy.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** The doors of `site.lambda.ts`, which ask who has signed in. */
const Site = AwsSettings.extend(SignInSettings.shape);
const isSite = (id: string) => /^(PublicSitePages|ApiCalls)/.test(id);

/** What SES knows no single resource for. */
const FOR_THE_ACCOUNT = ['ses:GetAccount', 'ses:CreateEmailTemplate', 'ses:ListEmailTemplates'];

describe('every door', () => {
  it('is one of those that exist', () => {
    expect(ours().map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'SendingServiceWorker',
      'SendingEditorialWorker',
      'SendingWorkWorker',
      'FeedbackWorker',
      'CampaignsTick',
      'PublicSitePages',
      'ApiCalls',
    ]);
  });

  it('has every setting that its entry reads, and no other', () => {
    for (const { id, Properties } of ours()) {
      const { Variables } = Properties['Environment'] as { Variables: object };
      const shape = isSite(id) ? Site.shape : AwsSettings.shape;
      expect(Object.keys(Variables).sort()).toEqual(Object.keys(shape).sort());
    }
  });

  it('runs the Node that was tested, on the cheaper processor, and forgets its log after a month', () => {
    for (const { Properties } of ours()) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      const { LogGroup } = Properties['LoggingConfig'] as { LogGroup: { Ref: string } };
      const log = resources(disposable, 'AWS::Logs::LogGroup').find((r) => r.id === LogGroup.Ref);
      expect(log?.Properties['RetentionInDays']).toBe(30);
    }
  });

  it('has the rights it needs and no wide ones', () => {
    for (const door of ours())
      for (const { Action, Resource } of rightsOf(door)) {
        expect(Action.filter((action) => action.includes('*'))).toEqual([]);
        if (Resource === '*')
          for (const action of Action) expect(FOR_THE_ACCOUNT).toContain(action);
      }
    const roles = resources(disposable, 'AWS::IAM::Role');
    for (const { Properties } of roles.filter(({ id }) => !id.startsWith('CustomCDK')))
      expect(Properties['ManagedPolicyArns']).toBeUndefined();
  });
});

describe('sending', () => {
  it('is for the workers that ask the policy about each reader, and nobody else', () => {
    const senders = ours().filter((door) =>
      rightsOf(door).some(({ Action }) => Action.some((action) => /^ses:Send/.test(action))),
    );
    expect(senders.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'SendingServiceWorker',
      'SendingEditorialWorker',
    ]);
  });

  it('is in the name of our own domain only', () => {
    const rights = ours()
      .flatMap(rightsOf)
      .filter(({ Action }) => Action.includes('ses:SendEmail'));
    expect(rights).toHaveLength(2);
    for (const { Condition, Resource } of rights) {
      expect(Condition).toEqual({ StringLike: { 'ses:FromAddress': '*@example.org' } });
      expect(Resource).toHaveLength(3);
    }
  });
});

describe('accounts of the house', () => {
  const client = () => resources(disposable, 'AWS::Cognito::UserPoolClient')[0]!.Properties;
  const pool = () => resources(durable, 'AWS::Cognito::UserPool')[0]!.Properties;

  it('are opened by the door of the API alone, for whoever is invited', () => {
    const openers = ours().filter((door) =>
      rightsOf(door).some(({ Action }) => Action.some((action) => action.startsWith('cognito'))),
    );
    expect(openers.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['ApiCalls']);
    expect(pool()['AdminCreateUserConfig']).toEqual({ AllowAdminCreateUserOnly: true });
  });

  it('want a second factor, and a console without a secret that leads back to us alone', () => {
    expect(pool()).toMatchObject({
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    });
    expect(client()).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
    });
    const { CallbackURLs, LogoutURLs } = client() as Record<string, unknown[]>;
    expect([CallbackURLs?.length, LogoutURLs?.length]).toEqual([1, 1]);
    expect(JSON.stringify(CallbackURLs)).toContain('/console/signed-in');
  });

  it('begin with the owner that is named, if one is', () => {
    expect(resources(durable, 'AWS::Cognito::UserPoolUser')).toEqual([]);
    const named = templates({ 'moderato:ownerEmail': 'ada@example.org' });
    expect(resources(named.durable, 'AWS::Cognito::UserPoolUser')).toHaveLength(1);
    const door = resources(named.disposable, 'AWS::Lambda::Function').find(({ id }) => isSite(id))!;
    expect(door.Properties['Environment']).toMatchObject({
      Variables: { FIRST_OWNER: 'ada@example.org' },
    });
  }, 60_000);
});

describe('a line', () => {
  const mappings = () => resources(disposable, 'AWS::Lambda::EventSourceMapping');

  it('gives back only the messages that failed', () => {
    expect(mappings()).toHaveLength(4);
    for (const { Properties } of mappings())
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it('hands out no message twice while its worker may still be at it', () => {
    for (const { Properties } of mappings()) {
      const door = ours().find(
        ({ id }) => id === z.object({ Ref: z.string() }).parse(Properties['FunctionName']).Ref,
      );
      const source = queue(idOf(Properties['EventSourceArn']));
      expect(source.Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(
        6 * Number(door?.Properties['Timeout']),
      );
    }
  });

  it('puts aside what fails again and again, for two weeks, where an alarm sees it', () => {
    const watched = JSON.stringify(resources(disposable, 'AWS::CloudWatch::Alarm'));
    for (const { Properties } of mappings()) {
      const { RedrivePolicy } = queue(idOf(Properties['EventSourceArn'])).Properties as {
        RedrivePolicy: { deadLetterTargetArn: unknown; maxReceiveCount: number };
      };
      expect(RedrivePolicy.maxReceiveCount).toBe(5);
      const undone = queue(idOf(RedrivePolicy.deadLetterTargetArn));
      expect(undone.Properties['MessageRetentionPeriod']).toBe(14 * 24 * 3_600);
      expect(watched).toContain(undone.id);
    }
  });
});

describe('the tick', () => {
  it('comes each minute, and a missed one is not made up for', () => {
    expect(resources(disposable, 'AWS::Scheduler::Schedule')[0]?.Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
  });
});

describe('the front', () => {
  it('answers over https only, and keeps nobody’s page for somebody else', () => {
    const { DistributionConfig } = resources(disposable, 'AWS::CloudFront::Distribution')[0]!
      .Properties as { DistributionConfig: { DefaultCacheBehavior: Record<string, unknown> } };
    expect(DistributionConfig.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    });
  });

  it('tells the pages a reader’s time zone, and the API who calls', () => {
    const pages = resources(disposable, 'AWS::CloudFront::OriginRequestPolicy')[0]!;
    const { DistributionConfig } = resources(disposable, 'AWS::CloudFront::Distribution')[0]!
      .Properties as {
      DistributionConfig: {
        DefaultCacheBehavior: Record<string, unknown>;
        CacheBehaviors: Record<string, unknown>[];
      };
    };
    expect(JSON.stringify(pages.Properties)).toContain('CloudFront-Viewer-Time-Zone');
    expect(DistributionConfig.DefaultCacheBehavior['OriginRequestPolicyId']).toEqual({
      Ref: pages.id,
    });
    // All but the host: a key travels in "Authorization", which no list of headers may name.
    expect(DistributionConfig.CacheBehaviors).toContainEqual(
      expect.objectContaining({
        PathPattern: '/api/*',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      }),
    );
  });

  it('leads programs to a door of their own, so that a till never makes a reader wait', () => {
    const routes = resources(disposable, 'AWS::ApiGatewayV2::Route');
    const keys = routes.map(({ Properties }) => Properties['RouteKey']);
    expect(keys.sort()).toEqual(['ANY /', 'ANY /api/{rest+}', 'ANY /{rest+}']);
    expect(new Set(routes.map(({ Properties }) => JSON.stringify(Properties['Target']))).size).toBe(
      2,
    );
  });

  it('logs how it went, never who came or by which link', () => {
    const { AccessLogSettings } = resources(disposable, 'AWS::ApiGatewayV2::Stage')[0]!
      .Properties as { AccessLogSettings: { Format: string } };
    expect(AccessLogSettings.Format).toContain('$context.routeKey');
    expect(AccessLogSettings.Format).not.toMatch(/path|sourceIp|userAgent|identity/i);
  });
});

const NAMES = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SES::ConfigurationSet': 'Name',
};

it.each(Object.entries(NAMES))(
  'no %s has a name of its own: two installations fit in one account',
  (type, name) => {
    const all = [durable, disposable].flatMap((template) => resources(template, type));
    expect(all.length).toBeGreaterThan(0);
    for (const { id, Properties } of all) expect([id, Properties[name]]).toEqual([id, undefined]);
  },
);

describe('the console', () => {
  const behaviours = () =>
    z
      .object({
        DistributionConfig: z.object({
          CacheBehaviors: z.array(
            z.looseObject({
              PathPattern: z.string(),
              TargetOriginId: z.string(),
              ResponseHeadersPolicyId: z.object({ Ref: z.string() }).optional(),
              FunctionAssociations: z.array(z.unknown()).optional(),
            }),
          ),
        }),
      })
      .parse(resources(disposable, 'AWS::CloudFront::Distribution')[0]!.Properties)
      .DistributionConfig.CacheBehaviors;
  const headersOf = (path: string) => {
    const id = behaviours().find(({ PathPattern }) => PathPattern === path)!
      .ResponseHeadersPolicyId!.Ref;
    const all = resources(disposable, 'AWS::CloudFront::ResponseHeadersPolicy');
    return JSON.stringify(all.find((one) => one.id === id)!.Properties);
  };

  it('is files that only CloudFront reads, but for the one address that the doors answer', () => {
    const paths = behaviours().map(({ PathPattern }) => PathPattern);
    expect(paths.indexOf('/console/config.json')).toBeLessThan(paths.indexOf('/console/*'));
    expect(paths.indexOf('/console/assets/*')).toBeLessThan(paths.indexOf('/console/*'));
    const [config, shell] = ['/console/config.json', '/console/*'].map((path) =>
      behaviours().find(({ PathPattern }) => PathPattern === path)!,
    );
    expect(config!.TargetOriginId).not.toBe(shell!.TargetOriginId);
    expect(shell!.FunctionAssociations).toHaveLength(1);
    for (const { Properties } of resources(disposable, 'AWS::S3::Bucket'))
      expect(Properties['PublicAccessBlockConfiguration']).toMatchObject({
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      });
  });

  it('runs its own files only, asks the house and its issuer, and keeps what never changes', () => {
    const shell = headersOf('/console/*');
    expect(shell).toContain("script-src 'self'; style-src 'self'");
    expect(shell).toContain('cognito-idp');
    expect(shell).not.toContain('unsafe');
    expect(headersOf('/console/assets/*')).toContain('immutable');
    expect(headersOf('/console/preview.html')).toContain('sandbox allow-scripts');
  });
});
