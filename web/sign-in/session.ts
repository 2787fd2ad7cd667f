import { issuer, type Issuer } from './issuer.ts';

/** A token about to end is renewed before it does. */
const BEFORE_END_MS = 60_000;
const KEPT = 'moderato.signed-in';
const GOING = 'moderato.signing-in';

type Held = { readonly idToken: string; readonly endsAt: number; readonly renewBy?: string };
type Going = {
  readonly state: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly to: string;
};

let held = read<Held>(KEPT);
let renewing: Promise<string | undefined> | undefined;
let onEnd: () => void = () => undefined;

/** Who uses this window. What proves it stands in memory, and with this one window for its reloads. */
export const session = {
  isOpen: () => held !== undefined && (held.endsAt > Date.now() || held.renewBy !== undefined),
  token: () => {
    if (!held || held.endsAt - BEFORE_END_MS > Date.now()) return Promise.resolve(held?.idToken);
    renewing ??= renew(held).finally(() => {
      renewing = undefined;
    });
    return renewing;
  },
  /** The house does not know this token any more: whoever sits here signs in again, and comes back. */
  end: () => {
    forget();
    onEnd();
  },
  whenItEnds: (act: () => void) => {
    onEnd = act;
  },
  begin,
  finish,
  leave,
};

/** Goes to the issuer; whoever comes back is brought to `to`. */
async function begin(to: string): Promise<void> {
  const found = await issuer();
  if (!found) return;
  const going: Going = { state: chance(), verifier: chance(), nonce: chance(), to };
  sessionStorage.setItem(GOING, JSON.stringify(going));
  const url = new URL(found.authorizeUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: found.clientId,
    redirect_uri: location.origin + found.signedInPath,
    scope: found.scope,
    state: going.state,
    nonce: going.nonce,
    code_challenge: await challengeOf(going.verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(url);
}

/** Back from the issuer: trades the code for a token, and says where one was going. */
async function finish(search: URLSearchParams): Promise<string> {
  const going = read<Going>(GOING);
  sessionStorage.removeItem(GOING);
  const code = search.get('code');
  const found = await issuer();
  if (!found || !going || code === null || search.get('state') !== going.state)
    throw new Error('this is not the answer to a sign-in that began here');
  await trade(found, going.nonce, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: location.origin + found.signedInPath,
    code_verifier: going.verifier,
  });
  return going.to;
}

async function renew({ renewBy, endsAt, idToken }: Held): Promise<string | undefined> {
  const found = renewBy === undefined ? undefined : await issuer();
  if (!found || renewBy === undefined) return endsAt > Date.now() ? idToken : lost();
  try {
    await trade(found, undefined, { grant_type: 'refresh_token', refresh_token: renewBy });
    return held?.idToken;
  } catch (fault) {
    if (endsAt > Date.now()) return idToken;
    if (fault instanceof TypeError) throw fault;
    return lost();
  }
}

function lost(): undefined {
  session.end();
  return undefined;
}

async function trade(
  { tokenUrl, clientId }: Issuer,
  nonce: string | undefined,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    credentials: 'omit',
    body: new URLSearchParams({ client_id: clientId, ...fields }),
  });
  if (!answer.ok) throw new Error(`${answer.status} where codes are traded`);
  const came = (await answer.json()) as { id_token?: string; refresh_token?: string };
  if (came.id_token === undefined) throw new Error('no id token came back');
  const claims = claimsOf(came.id_token);
  if (nonce !== undefined && claims.nonce !== nonce) throw new Error('the token is not ours');
  const renewBy = came.refresh_token ?? fields['refresh_token'];
  held = {
    idToken: came.id_token,
    endsAt: claims.exp * 1_000,
    ...(renewBy === undefined ? {} : { renewBy }),
  };
  sessionStorage.setItem(KEPT, JSON.stringify(held));
}

/** Signs out here and, where it has a door for that, at the issuer. */
async function leave(): Promise<void> {
  const idToken = held?.idToken;
  const found = await issuer().catch(() => undefined);
  forget();
  const home = location.origin + (found?.signedOutPath ?? '/console/');
  if (found?.endUrl === undefined) return location.assign(home);
  const url = new URL(found.endUrl);
  url.searchParams.set('client_id', found.clientId);
  url.searchParams.set('post_logout_redirect_uri', home);
  if (idToken !== undefined) url.searchParams.set('id_token_hint', idToken);
  location.assign(url);
}

function forget(): void {
  held = undefined;
  sessionStorage.removeItem(KEPT);
}

/** The house checks the token; here it only tells its end and whether it answers our question. */
function claimsOf(token: string): { readonly exp: number; readonly nonce?: string } {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
    one.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as { exp: number; nonce?: string };
}

function chance(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(hash));
}

function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function read<Kept>(name: string): Kept | undefined {
  const text = sessionStorage.getItem(name);
  return text === null ? undefined : (JSON.parse(text) as Kept);
}
