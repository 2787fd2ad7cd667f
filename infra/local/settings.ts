import * as z from 'zod';
import { readConfig } from '../../functions/base/config.ts';
import type { ClockMode } from './clock.ts';
import type { SmtpSettings } from './smtp-mailer.ts';
import { StartProblem } from './start-problem.ts';

const port = (name: string) => {
  const wrong = `${name} must be a port, a number from 0 to 65535`;
  return inDigits(z.number(wrong).max(65_535, wrong));
};
const count = (name: string) => {
  const wrong = `${name} must be a whole number above 0`;
  return inDigits(z.number(wrong).min(1, wrong));
};
/** Digits alone: " ", "0x10" and "1e3" are numbers to a program, and slips of a person. */
const inDigits = (number: z.ZodNumber) =>
  z.preprocess(
    (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
    number,
  );

const CLOCK =
  'MODERATO_CLOCK must be real, held, or held@ and a moment, as held@2026-01-05T10:00:00Z';
const MAIL_URL = 'MAIL_URL must be smtp:// or smtps:// and a server, as smtp://user:word@host:587';
const MODERATO_URL = 'MODERATO_URL must be where readers reach you, as https://letters.example.org';

const MODERATO_ISSUER =
  'MODERATO_ISSUER must be an OpenID Connect issuer, as https://accounts.example.org';

const clock = z.string().transform((text, context): ClockMode => {
  const [kind, moment] = text.split(/@(.*)/s);
  const startsAt = z.iso.datetime({ offset: true }).safeParse(moment);
  if (text === 'real') return { kind: 'real' };
  if (text === 'held') return { kind: 'held' };
  if (kind === 'held' && startsAt.success)
    return { kind: 'held', startsAt: Date.parse(startsAt.data) };
  context.addIssue({ code: 'custom', message: CLOCK });
  return z.NEVER;
});

const server = z.string().transform((text, context): SmtpSettings['server'] => {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    context.addIssue({ code: 'custom', message: MAIL_URL });
    return z.NEVER;
  }
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [url.username, url.password].map(decodeURIComponent);
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(user && pass && { login: { user, pass } }),
  };
});

const Environment = z.object({
  PORT: port('PORT').default(3000),
  /** `localhost` answers this machine only; `0.0.0.0` everybody who can reach it. */
  MODERATO_HOST: z.string().default('localhost'),
  MODERATO_URL: z
    .url({ protocol: /^https?$/, error: MODERATO_URL })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  MODERATO_DATA: z.string().default('.moderato'),
  MODERATO_DEMO: z.enum(['on', 'off'], 'MODERATO_DEMO must be on or off').optional(),
  MODERATO_CLOCK: clock.optional(),
  MODERATO_TOOLS_PORT: port('MODERATO_TOOLS_PORT').optional(),
  /** Who signs the house's people in, instead of the sign-in page of this machine. */
  MODERATO_ISSUER: z
    .url({ protocol: /^https?$/, error: MODERATO_ISSUER })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  MODERATO_CLIENT_ID: z.string().max(200).optional(),
  /** The address that owns a house which has nobody yet. */
  MODERATO_OWNER: z.email('MODERATO_OWNER must be an address, as ada@example.org').optional(),
  MAIL_URL: server.optional(),
  MAIL_RATE: count('MAIL_RATE').default(5),
  MAIL_QUOTA: count('MAIL_QUOTA').default(10_000),
});
export type Settings = z.output<typeof Environment>;

/** Every setting of `npm start`. One that is there but empty is not set. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  try {
    return agreed(readConfig(Environment, set));
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem((error as Error).message.replace(/\n +→ at .*/g, '.'), { cause: error });
  }
}

/** Real mail has no place among invented readers, nor in a time that somebody moves. */
function agreed(settings: Settings): Settings {
  const { MAIL_URL, MODERATO_DEMO, MODERATO_CLOCK } = settings;
  const { MODERATO_ISSUER, MODERATO_CLIENT_ID } = settings;
  if ((MODERATO_ISSUER === undefined) !== (MODERATO_CLIENT_ID === undefined))
    throw new StartProblem(
      'MODERATO_ISSUER and MODERATO_CLIENT_ID go together: who signs people in, and our name there.',
    );
  if (MAIL_URL && MODERATO_DEMO === 'on')
    throw new StartProblem(
      'MODERATO_DEMO=on makes invented readers: leave out MAIL_URL, or set it off.',
    );
  if (MAIL_URL && MODERATO_CLOCK?.kind === 'held')
    throw new StartProblem('MAIL_URL sends real mail, which needs MODERATO_CLOCK=real.');
  return settings;
}
