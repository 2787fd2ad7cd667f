import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Grant } from './grant.ts';

/** Pictures, imports and exports. Nobody reads the bucket but our doors. */
export class FileStore extends Construct {
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        // What was erased must be gone, and not only out of sight.
        { noncurrentVersionExpiration: Duration.days(30) },
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.#bucket, {
      'AwsSolutions-S1':
        'Only our own doors read it, and a log of file names would be one more trace of people.',
    });
  }

  grantReadWrite(): Grant<'FILES_BUCKET'> {
    return {
      settings: { FILES_BUCKET: this.#bucket.bucketName },
      allow: (door) => {
        const allow = (resource: string, ...actions: string[]) =>
          door.grantPrincipal.addToPrincipalPolicy(
            new PolicyStatement({ actions, resources: [resource] }),
          );
        // Without the right to list, a file that is not there would look like one that is forbidden.
        allow(this.#bucket.bucketArn, 's3:ListBucket');
        allow(this.#bucket.arnForObjects('*'), 's3:GetObject', 's3:PutObject', 's3:DeleteObject');
      },
      wide: {
        'AwsSolutions-IAM5[Resource::ModeratoDurable:ExportsOutputFnGetAttFilesBucket7C17EE2EArn267E46EA/*]':
          'Every file of this one bucket.',
      },
    };
  }
}
