import { onTestFinished } from 'vitest';
import type { Instant } from '../functions/base/time.ts';
import { newPlainKey } from '../functions/team/api-key.ts';
import { openHouse, siteWithTools } from '../infra/local/house.ts';
import type { KeptLetter } from '../infra/local/mailbox.ts';
import { LocalIssuer, newIssuerKey } from '../infra/local/sign-in/issuer.ts';
import type { TownPlan } from '../infra/local/town.ts';
import { visit, type Page } from './browser.ts';

const PUBLIC_URL = 'http://localhost:3000';
const SECRETS = {
  links: { current: 'k1', keys: { k1: 'for-tests-only-and-long-enough-to-be-one-01' } },
  addresses: 'for-tests-only-and-long-enough-to-be-one-02',
};
/** Monday, eleven in the morning in Paris: nobody sleeps, no letter is due. */
export const MONDAY = Date.UTC(2026, 0, 5, 10);

export type Answer<Body> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
};
export type StoryTown = Awaited<ReturnType<typeof openTown>>;

/**
 * The whole product in memory, reached only by its doors: pages, the API, the mailbox, the clock.
 * Its clock is held; whatever a request sets going is done before its answer is handed over. It
 * ends with the test that opened it.
 */
export async function openTown({
  at = MONDAY,
  mailer,
  publicUrl = PUBLIC_URL,
}: {
  readonly at?: Instant;
  readonly mailer?: TownPlan['mailer'];
  /** Where it listens, for stories in a browser of its own. */
  readonly publicUrl?: string;
} = {}) {
  const apiKey = newPlainKey({ random: (bytes) => new Uint8Array(bytes).fill(7) }, 'live');
  const house = await openHouse({
    data: ':memory:',
    secrets: SECRETS,
    apiKey,
    keyFile: 'in memory',
    publicUrl,
    signIn: new LocalIssuer({ origin: publicUrl, publicUrl, key: newIssuerKey() }),
    clock: { kind: 'held', startsAt: at },
    ...(mailer && { mailer }),
  });
  const { town } = house;
  onTestFinished(() => town.close());
  const doors = siteWithTools(house);

  /** Any request, as it is, perhaps from somewhere; the queues stay as they are. */
  const request = async (path: string, init?: RequestInit, from?: object) =>
    doors.request(publicUrl + path, init, from);
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await request(path, init);
    await town.drain();
    return answer;
  };

  /** A call of `/api/v1` with a key that has every scope, or with other headers. */
  const api = async <Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> => {
    const answer = await ask(`/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  };

  /** A call that must succeed: its body. */
  const call = async <Body = Record<string, unknown>>(
    ...asked: Parameters<typeof api>
  ): Promise<Body> => {
    const { status, body } = await api<Body>(...asked);
    if (status >= 200 && status < 300) return body;
    throw new Error(`${asked[0]} ${asked[1]} answered ${status}: ${JSON.stringify(body)}`);
  };

  return {
    ports: town.ports,
    /** The doors that only this machine has, by themselves. */
    tools: house.tools,
    request,
    ask,
    /** What came in by a socket. */
    answer: async (asked: Request, bindings: object) => {
      const answer = await doors.fetch(asked, bindings);
      await town.drain();
      return answer;
    },
    api,
    call,
    /** Opens a page, by its path or by a whole link of ours from a mail. */
    open: (link: string): Promise<Page> => visit(ask, link.replace(publicUrl, '')),
    mailbox: town.mailbox,
    /** The mails to one address, or all of them, oldest first. */
    mails: (to?: string): KeptLetter[] => [...town.mailbox.letters(to)],
    lastMail: (to: string): KeptLetter => {
      const last = [...town.mailbox.letters(to)].at(-1);
      if (!last) throw new Error(`no mail to ${to}`);
      return last;
    },
    now: town.clock.now,
    /** Lets so many milliseconds pass, or time until a moment, through all that is due in between. */
    passTime: (how: number | { readonly to: Instant }) => town.passTime(how),
    settle: town.drain,
    /** Nobody is at work until then: no tick, no worker. Then all of it at once. */
    nobodyUntil: async (at: Instant) => {
      await town.clock.moveTo(at);
      await town.drain();
    },
  };
}

/** Our links in a mail, in their order, each once. */
export function linksIn({ html, text }: Pick<KeptLetter, 'html' | 'text'>): string[] {
  const found = `${html.replaceAll('&amp;', '&')}\n${text}`.matchAll(
    /https?:\/\/localhost:3000[^\s"'<>)]*/g,
  );
  return [...new Set([...found].map(([link]) => link))];
}

/** The link of a mail that leads to this kind of page. */
export function linkTo(page: string, mail: Pick<KeptLetter, 'html' | 'text'>): string {
  const link = linksIn(mail).find((one) => new URL(one).pathname.startsWith(`/${page}/`));
  if (link === undefined) throw new Error(`no link to /${page}/ among ${linksIn(mail).join(' ')}`);
  return link;
}
