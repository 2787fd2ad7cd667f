import { handle } from 'hono/aws-lambda';
import type { LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import { cognitoSignIn, SignInSettings } from '../aws/accounts.ts';
import { AwsSettings, keptPorts } from '../aws/ports.ts';
import { readConfig } from '../base/config.ts';
import { beginUnnamed } from '../people/unnamed.ts';
import { site } from './site.ts';

/** What this door needs to know: `infra/aws` cannot compile without giving all of it. */
export const Config = AwsSettings.extend(SignInSettings.shape);

const ports = keptPorts(process.env);
let answer: ReturnType<typeof handle> | undefined;

/** Every page and every call of the API, behind API Gateway. */
export async function handler(event: LambdaEvent, context: LambdaContext) {
  const opened = await ports();
  if (!answer) await beginUnnamed(opened);
  answer ??= handle(site(opened, cognitoSignIn(readConfig(SignInSettings, process.env))));
  return answer(event, context);
}
