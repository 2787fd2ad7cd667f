import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { SECOND } from '../base/time.ts';
import { keysOfIssuer } from '../team/issuer-keys.ts';
import type { SignIn } from '../team/token.ts';

/** Who signs the house's people in on AWS: one user pool, with our console as its client. */
export const SignInSettings = z.object({
  SIGN_IN_ISSUER: z.url(),
  SIGN_IN_CLIENT_ID: z.string().min(1),
  USER_POOL_ID: z.string().min(1),
  /** The address that owns a house which has nobody yet; empty where nobody is named. */
  FIRST_OWNER: z.union([z.literal(''), z.email()]),
});

/** The same check as on a laptop, with the keys of the pool. */
export function cognitoSignIn(
  settings: z.output<typeof SignInSettings>,
  client = new CognitoIdentityProviderClient({
    requestHandler: {
      connectionTimeout: 2 * SECOND,
      requestTimeout: 5 * SECOND,
      throwOnRequestTimeout: true,
    },
  }),
): SignIn {
  const { SIGN_IN_ISSUER: issuer, SIGN_IN_CLIENT_ID: clientId, FIRST_OWNER: owner } = settings;
  return {
    issuer,
    clientId,
    firstOwner: owner === '' ? undefined : owner,
    keyOf: keysOfIssuer(issuer),
    openAccount: (email) => openAccount(client, settings.USER_POOL_ID, email),
    closeAccount: (email) => closeAccount(client, settings.USER_POOL_ID, email),
  };
}

/**
 * An account for somebody who is invited: Cognito writes to them, and whoever reads that mail has
 * shown that the address is theirs. An account that is there already keeps its password and second
 * factor, and is opened again if it was closed.
 */
async function openAccount(
  client: CognitoIdentityProviderClient,
  pool: string,
  email: string,
): Promise<void> {
  try {
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
    await client.send(new AdminEnableUserCommand({ UserPoolId: pool, Username: email }));
  }
}

/** Nobody signs in with it any more. It is kept, so that whoever is invited again is who they were. */
async function closeAccount(
  client: CognitoIdentityProviderClient,
  pool: string,
  email: string,
): Promise<void> {
  try {
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool, Username: email }));
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}
