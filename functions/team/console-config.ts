import { newApp } from '../base/http.ts';
import type { SignIn } from './token.ts';

/** Where the issuer sends somebody back to, on whichever of our names they came by. */
export const SIGNED_IN_PATH = '/console/signed-in';
export const SIGNED_OUT_PATH = '/console/';

/** What the console must know before anybody has signed in. Nothing here is secret. */
export type ConsoleConfig = {
  readonly signIn: {
    readonly issuer: string;
    readonly clientId: string;
    readonly scope: string;
    readonly signedInPath: string;
    readonly signedOutPath: string;
  } | null;
};

export function consoleConfig(signIn: SignIn | undefined) {
  const config: ConsoleConfig = {
    signIn: signIn
      ? {
          issuer: signIn.issuer,
          clientId: signIn.clientId,
          scope: 'openid email profile',
          signedInPath: SIGNED_IN_PATH,
          signedOutPath: SIGNED_OUT_PATH,
        }
      : null,
  };
  return newApp().get('/console/config.json', (c) =>
    c.json(config, 200, { 'cache-control': 'no-cache' }),
  );
}
