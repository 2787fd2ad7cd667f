import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  CognitoIdentityProviderClient,
  TooManyRequestsException,
  UsernameExistsException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { cognitoSignIn } from '../../functions/aws/accounts.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const signIn = (FIRST_OWNER = '') =>
  cognitoSignIn({
    SIGN_IN_ISSUER: 'https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_a',
    SIGN_IN_CLIENT_ID: 'abc',
    USER_POOL_ID: 'eu-west-3_a',
    FIRST_OWNER,
  });
const fault = { $metadata: {}, message: 'no' };

beforeEach(() => cognito.reset());

it('whoever is invited gets an account, and a mail that shows whose address it is', async () => {
  cognito.on(AdminCreateUserCommand).resolves({});
  await signIn().openAccount!('ada@example.org');
  const [call] = cognito.commandCalls(AdminCreateUserCommand);
  expect(call?.args[0].input).toMatchObject({
    UserPoolId: 'eu-west-3_a',
    Username: 'ada@example.org',
    DesiredDeliveryMediums: ['EMAIL'],
  });
});

it('an account that is there is opened again, and any other fault is told', async () => {
  cognito.on(AdminCreateUserCommand).rejectsOnce(new UsernameExistsException(fault));
  cognito.on(AdminEnableUserCommand).resolves({});
  await expect(signIn().openAccount!('ada@example.org')).resolves.toBeUndefined();
  const [call] = cognito.commandCalls(AdminEnableUserCommand);
  expect(call?.args[0].input).toEqual({ UserPoolId: 'eu-west-3_a', Username: 'ada@example.org' });
  cognito.reset();
  cognito.on(AdminCreateUserCommand).rejects(new TooManyRequestsException(fault));
  await expect(signIn().openAccount!('ada@example.org')).rejects.toThrow();
});

it('an owner is named by the settings, or nobody is', () => {
  expect(signIn().firstOwner).toBeUndefined();
  expect(signIn('ada@example.org').firstOwner).toBe('ada@example.org');
});

it('whoever goes cannot sign in any more; an account that never was is closed already', async () => {
  cognito
    .on(AdminDisableUserCommand)
    .resolvesOnce({})
    .rejectsOnce(new UserNotFoundException(fault));
  await signIn().closeAccount!('ada@example.org');
  const [call] = cognito.commandCalls(AdminDisableUserCommand);
  expect(call?.args[0].input).toEqual({ UserPoolId: 'eu-west-3_a', Username: 'ada@example.org' });
  await expect(signIn().closeAccount!('ben@example.org')).resolves.toBeUndefined();
  cognito.on(AdminDisableUserCommand).rejects(new TooManyRequestsException(fault));
  await expect(signIn().closeAccount!('ada@example.org')).rejects.toThrow();
});
