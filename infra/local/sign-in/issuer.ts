import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import { decode, sign, verify } from 'hono/jwt';
import * as z from 'zod';
import { HOUR, MINUTE, SECOND } from '../../../functions/base/time.ts';
import { SIGNED_IN_PATH, SIGNED_OUT_PATH } from '../../../functions/team/console-config.ts';
import { IssuerKey } from '../../../functions/team/issuer-keys.ts';
import type { Member } from '../../../functions/team/member.ts';
import type { SignIn } from '../../../functions/team/token.ts';

/** Where it stands among the laptop's own pages. */
export const SIGN_IN = '/sign-in';
const CLIENT_ID = 'console';
const TOKEN_MS = HOUR;
const SESSION_MS = 12 * HOUR;
const CODE_MS = MINUTE;
const CODES_MOST = 1_000;

/** What the console asks for, as RFC 6749 and RFC 7636 name it. */
export const AuthorizeQuery = z.object({
  response_type: z.literal('code'),
  client_id: z.literal(CLIENT_ID),
  redirect_uri: z.string().max(400),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  scope: z.string().max(200).optional(),
  state: z.string().max(600).optional(),
  nonce: z.string().max(200).optional(),
  prompt: z.string().max(40).optional(),
});
export type AuthorizeQuery = z.infer<typeof AuthorizeQuery>;

const Bearer = z.object({ sub: z.string(), email: z.email(), name: z.string() });
type Bearer = z.infer<typeof Bearer>;
type Code = { readonly bearer: Bearer; readonly asked: AuthorizeQuery; readonly endsAt: number };

/** The private half, as it is kept in the data folder. */
export function newIssuerKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256' });
}

export function isIssuerKey(text: string): boolean {
  try {
    createPrivateKey({ key: IssuerKey.parse(JSON.parse(text)), format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Signs in whoever sits at this machine, by the protocol of every issuer, so that what takes its
 * tokens is what takes those of Cognito. Its time is the machine's: the town's may stand still.
 */
export class LocalIssuer {
  readonly url: string;
  readonly #key: IssuerKey;
  readonly #public: IssuerKey;
  readonly #origins: ReadonlySet<string>;
  readonly #codes = new Map<string, Code>();
  readonly #machine: () => number;

  constructor(
    {
      origin,
      key,
      publicUrl,
    }: { readonly origin: string; readonly key: string; readonly publicUrl: string },
    machine: () => number = Date.now,
  ) {
    this.url = origin + SIGN_IN;
    this.#machine = machine;
    this.#key = IssuerKey.parse(JSON.parse(key));
    const { kid } = this.#key;
    const half = createPublicKey({ key: this.#key, format: 'jwk' }).export({ format: 'jwk' });
    this.#public = IssuerKey.parse({ ...half, kid, alg: 'ES256', use: 'sig' });
    this.#origins = originsOf(origin, publicUrl);
  }

  /** For the door of the API: this issuer's word, without a call to ourselves. */
  get signIn(): SignIn {
    return {
      issuer: this.url,
      clientId: CLIENT_ID,
      keyOf: (kid) => Promise.resolve(kid === this.#public.kid ? this.#public : undefined),
    };
  }

  discovery() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      end_session_endpoint: `${this.url}/out`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['ES256'],
      subject_types_supported: ['public'],
      scopes_supported: ['openid', 'email', 'profile'],
      token_endpoint_auth_methods_supported: ['none'],
    };
  }

  keys() {
    return { keys: [this.#public] };
  }

  /** Whether a page of the console stands at this origin. */
  knows(origin: string): boolean {
    return this.#origins.has(origin);
  }

  mayReturnTo(uri: string): boolean {
    const to = URL.parse(uri);
    if (!to || !this.knows(to.origin)) return false;
    return [SIGNED_IN_PATH, SIGNED_OUT_PATH].some((path) => uri === to.origin + path);
  }

  /** A word that is good once, for a minute, and only with the verifier behind the challenge. */
  codeFor(member: Member, asked: AuthorizeQuery): string {
    const now = this.#machine();
    for (const [code, { endsAt }] of this.#codes)
      if (endsAt < now || this.#codes.size >= CODES_MOST) this.#codes.delete(code);
    const code = randomBytes(32).toString('base64url');
    this.#codes.set(code, { bearer: bearerOf(member), asked, endsAt: now + CODE_MS });
    return code;
  }

  async exchange(code: string, verifier: string, redirectUri: string) {
    const kept = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (
      !kept ||
      kept.endsAt < this.#machine() ||
      kept.asked.redirect_uri !== redirectUri ||
      kept.asked.code_challenge !== challenge
    )
      return undefined;
    return this.#tokens(kept.bearer, kept.asked.nonce);
  }

  async refresh(token: string) {
    const bearer = await this.#read(token, 'refresh');
    return bearer && this.#tokens(bearer);
  }

  sessionFor(member: Member): Promise<string> {
    return this.#sign('session', bearerOf(member), SESSION_MS);
  }

  /** The address of whoever has signed in with this browser, if they still are. */
  async inSession(cookie: string | undefined): Promise<string | undefined> {
    return cookie === undefined ? undefined : (await this.#read(cookie, 'session'))?.email;
  }

  async #tokens(bearer: Bearer, nonce?: string) {
    const told = { ...bearer, email_verified: true, ...(nonce === undefined ? {} : { nonce }) };
    return {
      token_type: 'Bearer',
      expires_in: TOKEN_MS / SECOND,
      scope: 'openid email profile',
      id_token: await this.#sign(CLIENT_ID, { ...told, token_use: 'id' }, TOKEN_MS),
      access_token: await this.#sign('access', { sub: bearer.sub, token_use: 'access' }, TOKEN_MS),
      refresh_token: await this.#sign('refresh', bearer, SESSION_MS),
    };
  }

  #sign(aud: string, claims: object, forMs: number): Promise<string> {
    const iat = Math.floor(this.#machine() / SECOND);
    const exp = iat + forMs / SECOND;
    return sign({ iss: this.url, aud, iat, exp, ...claims }, this.#key, 'ES256');
  }

  async #read(token: string, aud: string): Promise<Bearer | undefined> {
    try {
      if (decode(token).header.alg !== 'ES256') return undefined;
      const check = { alg: 'ES256', iss: this.url, aud, iat: false } as const;
      return Bearer.parse(await verify(token, this.#public, check));
    } catch {
      return undefined;
    }
  }
}

const bearerOf = ({ memberId, email, name }: Member): Bearer => ({ sub: memberId, email, name });

/** The console by each name that this machine has for itself, and by the one readers use. */
function originsOf(origin: string, publicUrl: string): Set<string> {
  const origins = new Set([new URL(publicUrl).origin]);
  for (const { port } of [new URL(origin), new URL(publicUrl)])
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      origins.add(new URL(`http://${host}${port === '' ? '' : `:${port}`}`).origin);
  return origins;
}
