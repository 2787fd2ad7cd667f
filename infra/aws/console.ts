import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CachePolicy,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { consolePolicy, LASTING, PREVIEW_PAGE, PREVIEW_POLICY } from '../console.ts';
import type { Accounts } from './accounts.ts';
import { acknowledge } from './acknowledge.ts';
import type { Front } from './front.ts';

type ConsoleProps = {
  readonly front: Front;
  readonly accounts: Accounts;
  /** The built console. */
  readonly pages: ISource;
};

/** Any address of the console that is not a file is one of its screens, and gets the shell. */
const SHELL = `function handler(event) {
  event.request.uri = '/console/index.html';
  return event.request;
}`;

/** What the house's people work with: files in a bucket that only CloudFront reads. */
export class Console extends Construct {
  constructor(scope: Construct, id: string, { front, accounts, pages }: ConsoleProps) {
    super(scope, id);
    const bucket = this.#bucket();
    new BucketDeployment(this, 'Files', {
      sources: [pages],
      destinationBucket: bucket,
      destinationKeyPrefix: 'console',
      // Somebody may still be at work with the files of yesterday.
      prune: false,
    });
    this.#acknowledgeHelper();
    const origin = S3BucketOrigin.withOriginAccessControl(bucket);
    const issuers = [`https://cognito-idp.${Aws.REGION}.amazonaws.com`, accounts.pages];
    front.leaveToDoors('/console/config.json');
    front.show(`/console/${LASTING}*`, origin, {
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#headers('Lasting', {
        policy: consolePolicy(issuers),
        kept: 'public, max-age=31536000, immutable',
        forAnyOrigin: true,
      }),
    });
    front.show(`/console/${PREVIEW_PAGE}`, origin, {
      cachePolicy: CachePolicy.CACHING_DISABLED,
      responseHeadersPolicy: this.#headers('Preview', { policy: PREVIEW_POLICY, kept: 'no-cache' }),
    });
    const shell = {
      cachePolicy: CachePolicy.CACHING_DISABLED,
      responseHeadersPolicy: this.#headers('Shell', {
        policy: consolePolicy(issuers),
        kept: 'no-cache',
      }),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, 'ToShell', {
            code: FunctionCode.fromInline(SHELL),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    };
    front.show('/console', origin, shell);
    front.show('/console/*', origin, shell);
  }

  /** The CDK keeps one helper a stack that copies files into buckets, with rights that the CDK chose. */
  #acknowledgeHelper(): void {
    const helper = Stack.of(this).node.children.find(({ node }) =>
      node.id.startsWith('Custom::CDKBucketDeployment'),
    );
    if (!helper) throw new Error('the CDK names its helper differently now');
    const during = 'The CDK’s own helper, which runs during a deployment alone.';
    const rights = [
      'Action::s3:Abort*',
      'Action::s3:DeleteObject*',
      'Action::s3:GetBucket*',
      'Action::s3:GetObject*',
      'Action::s3:List*',
      'Resource::<ConsoleBucket86B6957C.Arn>/*',
      'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
    ];
    acknowledge(helper, {
      'AwsSolutions-L1': during,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
        during,
      ...Object.fromEntries(rights.map((right) => [`AwsSolutions-IAM5[${right}]`, during])),
    });
  }

  /** Nothing in it is anybody's: it can be built again from the same sources. */
  #bucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'Only CloudFront reads it, and it holds files that are in everybody’s browser.',
    });
    return bucket;
  }

  #headers(
    id: string,
    how: { readonly policy: string; readonly kept: string; readonly forAnyOrigin?: boolean },
  ): ResponseHeadersPolicy {
    const plain = (header: string, value: string) => ({ header, value, override: true });
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: how.policy, override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        // The preview stands in a frame of ours; its own policy says in whose.
        ...(id !== 'Preview' && {
          frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        }),
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          plain('cache-control', how.kept),
          plain('cross-origin-opener-policy', 'same-origin'),
          plain('cross-origin-resource-policy', how.forAnyOrigin ? 'cross-origin' : 'same-origin'),
          ...(how.forAnyOrigin ? [plain('access-control-allow-origin', '*')] : []),
        ],
      },
    });
  }
}
