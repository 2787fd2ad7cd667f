import type { ConsoleConfig } from '../../functions/team/console-config.ts';

type SignIn = NonNullable<ConsoleConfig['signIn']>;
export type Issuer = SignIn & {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly endUrl: string | undefined;
};
let found: Promise<Issuer | undefined> | undefined;

/** Who signs people in for this house, and where; undefined when nobody does. */
export function issuer(): Promise<Issuer | undefined> {
  found ??= findIssuer().catch((fault: unknown) => {
    found = undefined;
    throw fault;
  });
  return found;
}

async function findIssuer(): Promise<Issuer | undefined> {
  const { signIn } = (await read('/console/config.json')) as ConsoleConfig;
  if (!signIn) return undefined;
  const said = (await read(`${signIn.issuer}/.well-known/openid-configuration`)) as Readonly<
    Record<string, string | undefined>
  >;
  const { authorization_endpoint: authorizeUrl, token_endpoint: tokenUrl } = said;
  if (!authorizeUrl || !tokenUrl) throw new Error('the issuer does not say where people sign in');
  return { ...signIn, authorizeUrl, tokenUrl, endUrl: said['end_session_endpoint'] };
}

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`${answer.status} from where people sign in`);
  return answer.json();
}
