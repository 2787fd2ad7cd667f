import type { Duration } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import { acknowledge } from './acknowledge.ts';
import type { Grant } from './grant.ts';

export type DoorProps<Config extends z.ZodObject> = {
  /** All doors stand in one bundle; `entry` says which, as in `functions/entry/<entry>.lambda.ts`. */
  readonly code: Code;
  readonly entry: string;
  /** `Config` names the settings this entry reads; a forgotten one does not compile. */
  readonly grant: Grant<keyof z.input<Config> & string>;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
};

/** One Lambda function, the way this house wants every one of them. */
export class Door<Config extends z.ZodObject> extends LambdaFunction {
  constructor(scope: Construct, id: string, props: DoorProps<Config>) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own, without the broad managed policy that a function gets otherwise.
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      code: props.code,
      handler: `${props.entry}.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memoryMegabytes,
      environment: { ...props.grant.settings },
      logGroup,
      role,
    });
    props.grant.allow(this);
    acknowledge(role, props.grant.wide ?? {});
  }
}
