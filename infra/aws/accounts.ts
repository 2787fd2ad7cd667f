import { Aws, CfnOutput, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolUser,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { SignInSettings } from '../../functions/aws/accounts.ts';
import { SIGNED_IN_PATH, SIGNED_OUT_PATH } from '../../functions/team/console-config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Grant } from './grant.ts';

/** The accounts of the house's people. Nobody opens one by themselves: an owner invites. */
export class Accounts extends Construct {
  readonly pool: UserPool;
  /** Where people sign in, and where a browser trades a code for a token. */
  readonly pages: string;

  constructor(
    scope: Construct,
    id: string,
    { ownerEmail }: { readonly ownerEmail?: string | undefined },
  ) {
    super(scope, id);
    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      keepOriginal: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // A name of its own in the whole region, made of what is unique already.
    const stack = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const domain = pool.addDomain('Pages', {
      cognitoDomain: { domainPrefix: `moderato-${stack}` },
    });
    domain.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.pages = domain.baseUrl();
    new CfnOutput(this, 'SignInPages', { value: this.pages });
    if (ownerEmail !== undefined)
      new CfnUserPoolUser(this, 'Owner', {
        userPoolId: pool.userPoolId,
        username: ownerEmail,
        desiredDeliveryMediums: ['EMAIL'],
        userAttributes: [
          { name: 'email', value: ownerEmail },
          { name: 'email_verified', value: 'true' },
        ],
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(pool, {
      'AwsSolutions-COG3':
        'Threat protection costs more each month than a small house pays for all the rest; every account has a second factor.',
      'AwsSolutions-COG8': 'The same: the dearest plan brings nothing else that we use.',
    });
    this.pool = pool;
  }
}

type Setting = keyof typeof SignInSettings.shape;
type SignInProps = {
  readonly accounts: Accounts;
  readonly publicUrl: string;
  readonly ownerEmail?: string | undefined;
};

/** The console as a client of the pool: no secret, PKCE instead, and back to our own address only. */
export class SignIn extends Construct {
  readonly #pool: UserPool;
  readonly #settings: Readonly<Record<Setting, string>>;

  constructor(scope: Construct, id: string, { accounts, publicUrl, ownerEmail }: SignInProps) {
    super(scope, id);
    this.#pool = accounts.pool;
    const client = new UserPoolClient(this, 'Console', {
      userPool: accounts.pool,
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [publicUrl + SIGNED_IN_PATH],
        logoutUrls: [publicUrl + SIGNED_OUT_PATH],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
    this.#settings = {
      SIGN_IN_ISSUER: accounts.pool.userPoolProviderUrl,
      SIGN_IN_CLIENT_ID: client.userPoolClientId,
      USER_POOL_ID: accounts.pool.userPoolId,
      FIRST_OWNER: ownerEmail ?? '',
    };
  }

  /** To check who has signed in; the pool's keys are public. */
  grantChecking(): Grant<Setting> {
    return { settings: this.#settings, allow: () => undefined };
  }

  /** And to open an account for whoever an owner invites, and close it for whoever goes. */
  grantInviting(): Grant<Setting> {
    return {
      settings: this.#settings,
      allow: (door) =>
        this.#pool.grant(
          door,
          'cognito-idp:AdminCreateUser',
          'cognito-idp:AdminDisableUser',
          'cognito-idp:AdminEnableUser',
        ),
    };
  }
}
