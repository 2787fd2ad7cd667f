import { CfnOutput, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { AddBehaviorOptions, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { FIVE_MINUTES } from './alarms.ts';
import type { Grant } from './grant.ts';
import type { Settings } from './settings.ts';

type FrontProps = { readonly settings: Settings; readonly alarms: Alarms };

/** The one address that readers and programs reach us at: CloudFront before an HTTP API. */
export class Front extends Construct {
  readonly #api: HttpApi;
  readonly #distribution: Distribution;
  /** Where readers and the house's people reach us. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { settings, alarms }: FrontProps) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', { createDefaultStage: false });
    this.#addStage();
    const { publicDomain } = settings;
    const distribution = this.#made(settings);
    this.#distribution = distribution;
    this.publicUrl = `https://${publicDomain ?? distribution.distributionDomainName}`;
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl });
    if (publicDomain)
      new CfnOutput(this, 'PublicDns', {
        value: `${publicDomain} CNAME ${distribution.distributionDomainName}`,
      });
    alarms.on(this, 'Failing', {
      metric: this.#api.metricServerError({ statistic: 'Sum', period: FIVE_MINUTES }),
      atLeast: 5,
      means: 'Pages or calls of the API fail on our side.',
      article: 'pages-fail',
    });
  }

  /** Hands some paths, or all that nobody else has, to a door. */
  lead(door: IFunction, path?: string): void {
    const integration = new HttpLambdaIntegration(`${door.node.path} integration`, door);
    const routes = this.#api.addRoutes({
      path: path ?? '/{rest+}',
      methods: [HttpMethod.ANY],
      integration,
    });
    const all = path
      ? routes
      : [...routes, ...this.#api.addRoutes({ path: '/', methods: [HttpMethod.ANY], integration })];
    for (const route of all)
      acknowledge(route, {
        'AwsSolutions-APIG4': 'Readers have no account; the API asks for its own keys.',
      });
  }

  /** Files that a browser fetches, from where they lie. What is shown first is matched first. */
  show(path: string, origin: IOrigin, how: AddBehaviorOptions): void {
    this.#distribution.addBehavior(path, origin, {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      ...how,
    });
  }

  /** An address among files that the doors answer. */
  leaveToDoors(path: string): void {
    const { origin, ...ours } = this.#doors();
    this.#distribution.addBehavior(path, origin, {
      ...ours,
      cachePolicy: CachePolicy.CACHING_DISABLED,
    });
  }

  /** Where readers reach us, for whoever writes a link. */
  grantAddress(): Grant<'PUBLIC_URL'> {
    return { settings: { PUBLIC_URL: this.publicUrl }, allow: () => undefined };
  }

  /** The log tells how long and how well, never who or which page: links would be in it. */
  #addStage(): void {
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 1_000, burstLimit: 2_000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(
          JSON.stringify({
            at: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            method: '$context.httpMethod',
            status: '$context.status',
            milliseconds: '$context.responseLatency',
            request: '$context.requestId',
          }),
        ),
      },
    });
  }

  /** What the pages look at, and no more: the time zone is a first guess, which readers may change. */
  #pages(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'Pages', {
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        'Accept',
        'Accept-Language',
        'CloudFront-Viewer-Time-Zone',
        'Content-Type',
        'Origin',
        'Sec-Fetch-Site',
      ),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.none(),
    });
  }

  #doors() {
    return {
      origin: new HttpOrigin(Fn.parseDomainName(this.#api.apiEndpoint)),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
  }

  #made({ publicDomain, certificateArn }: Settings): Distribution {
    const ours = this.#doors();
    const anything = {
      ...ours,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Nearly every page is somebody's own.
      cachePolicy: CachePolicy.CACHING_DISABLED,
    };
    const distribution = new Distribution(this, 'Distribution', {
      defaultBehavior: { ...anything, originRequestPolicy: this.#pages() },
      additionalBehaviors: {
        '/api/*': {
          ...anything,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
        // Their address is their content.
        '/pictures/*': { ...ours, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(publicDomain &&
        certificateArn && {
          domainNames: [publicDomain],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'A reader may be anywhere.',
      'AwsSolutions-CFR2':
        'A firewall for CloudFront lives in us-east-1, in a stack of its own, which is not built yet.',
      'AwsSolutions-CFR3': 'Its log would hold addresses of readers and their links.',
      ...(!publicDomain && {
        'AwsSolutions-CFR4':
          'Without a domain of one’s own CloudFront’s certificate is used, for a trial only.',
      }),
    });
    return distribution;
  }
}
