import { describe, expect, it } from 'vitest';
import { seal, type Purpose } from '../../functions/base/seal.ts';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { linkTo, type StoryTown } from '../town.ts';
import { CLAIRE, publish, townWithClaire } from '../stories/reader-cast.ts';
import { watched } from '../stories/watched.ts';

/** Each public route and what its link may do. */
const ROUTES: readonly (readonly [string, Purpose])[] = [
  ['confirm', 'confirm'],
  ['preferences', 'preferences'],
  ['unsubscribe', 'unsubscribe'],
  ['my-data', 'my-data'],
  ['receipts', 'my-data'],
];
const PURPOSES: readonly Purpose[] = [
  'confirm',
  'preferences',
  'unsubscribe',
  'my-data',
  'undo',
  'view',
];

const READS = ['GET', 'HEAD', 'OPTIONS'];
const POSTS: readonly (readonly [string, () => RequestInit])[] = [
  ['urlencoded', () => ({ body: new URLSearchParams({ choice: 'stop' }) })],
  ['multipart', () => ({ body: form({ choice: 'stop' }) })],
  ['one-click', () => ({ body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })],
  ['empty', () => ({})],
];

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

/** Claire reads; Dora has signed up and not confirmed. Made anew for each test. */
async function cast() {
  const { town, id, claire } = await townWithClaire();
  await publish(town, 'arrivages');
  const page = await town.open('/subscribe?lang=fr');
  const dora = { email: 'dora@example.org', topics: ['ateliers'], consent: 'yes' };
  await page.press('Je m’inscris', dora);
  const confirm = new URL(linkTo('confirm', town.lastMail('dora@example.org'))).pathname;
  const tokens = (purpose: Purpose, ends?: number) =>
    seal(town.ports, {
      purpose,
      subjectId: id,
      ...(ends === undefined ? {} : { expiresAt: town.now() + ends }),
    });
  const linkFor = (route: string, purpose: Purpose) =>
    route === 'confirm' ? confirm : `/${route}/${tokens(purpose, HOUR)}`;
  return { town, id, claire, tokens, linkFor };
}

const writes = new Set(['writeAll', 'writeEach', 'post']);
async function changes(town: StoryTown, path: string, init: RequestInit) {
  const seen = watched(town);
  const answer = await town.request(path, init);
  seen.stop();
  return { answer, changed: seen.verbs.filter((verb) => writes.has(verb)) };
}

describe('a valid link', () => {
  it.each(POSTS)(
    'acts on a %s post, so that the silence below means something',
    async (_, init) => {
      const { town, linkFor } = await cast();
      const link = linkFor('unsubscribe', 'unsubscribe');
      const { changed } = await changes(town, link, { method: 'POST', ...init() });
      expect(changed).toEqual(['writeAll']);
    },
  );
});

describe.each(ROUTES)('/%s', (route, purpose) => {
  it.each(READS)('%s changes nothing, whatever the link', async (method) => {
    const { town, tokens, linkFor } = await cast();
    const links = [
      linkFor(route, purpose),
      ...PURPOSES.map((one) => `/${route}/${tokens(one)}`),
      ...PURPOSES.map((one) => `/${route}/${tokens(one, -DAY)}`),
      `/${route}/nonsense`,
    ];
    for (const link of links) {
      const { changed } = await changes(town, link, { method });
      expect(changed, link).toEqual([]);
    }
  });

  it('answers a link that is altered, of another purpose, of a retired key or of nobody alike, and does nothing', async () => {
    const { town, tokens, linkFor } = await cast();
    const valid = linkFor(route, purpose);
    const wrong = [
      valid.slice(0, -1) + (valid.endsWith('A') ? 'B' : 'A'),
      valid.replace('/k1.', '/k0.'),
      ...PURPOSES.filter((one) => one !== purpose).map((one) => `/${route}/${tokens(one)}`),
      `/${route}/${seal(town.ports, { purpose, subjectId: 'nobody' })}`,
    ];
    const unknown = await (await town.request(`/${route}/nonsense`)).text();
    for (const link of wrong) {
      const shown = await town.request(link);
      expect(shown.status, link).toBe(404);
      expect(await shown.text(), link).toBe(unknown);
      if (route === 'receipts') continue;
      for (const [, init] of POSTS) {
        const { answer, changed } = await changes(town, link, { method: 'POST', ...init() });
        expect([answer.status, changed], link).toEqual([404, []]);
      }
    }
  });

  it('is never told to another site, indexed or kept, and can run nothing', async () => {
    const { town, linkFor } = await cast();
    const { headers, status } = await town.request(linkFor(route, purpose));
    expect(status).toBe(200);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
    );
  });
});

describe.each(ROUTES.filter(([route]) => route !== 'unsubscribe'))(
  'an expired link to /%s',
  (route, purpose) => {
    it('says so and does nothing but what it always may', async () => {
      const { town, tokens, claire } = await cast();
      const expired =
        route === 'confirm'
          ? `/confirm/${seal(town.ports, { purpose, subjectId: await pendingId(town), expiresAt: town.now() - DAY })}`
          : `/${route}/${tokens(purpose, -DAY)}`;
      expect((await town.request(expired)).status).toBe(410);
      if (route === 'receipts') return;
      for (const [kind, init] of POSTS) {
        const { answer, changed } = await changes(town, expired, { method: 'POST', ...init() });
        if (route === 'preferences' && ['urlencoded', 'multipart'].includes(kind)) continue;
        expect([answer.status, changed], kind).toEqual([410, []]);
      }
      expect((await claire()).state).toBe(route === 'preferences' ? 'unsubscribed' : 'active');
    });
  },
);

async function pendingId(town: StoryTown): Promise<string> {
  const { id } = await town.call<{ id: string }>('POST', '/people/lookup', {
    email: 'dora@example.org',
  });
  return id;
}

describe('keys that turn', () => {
  it('leave every mail’s links working: what an old key sealed is still ours', async () => {
    const { town, id, claire } = await cast();
    const { links } = town.ports.secrets;
    const old = seal(
      { secrets: { ...town.ports.secrets, links: { current: 'k1', keys: links.keys } } },
      { purpose: 'unsubscribe', subjectId: id },
    );
    const ports = town.ports as { secrets: typeof town.ports.secrets };
    ports.secrets = {
      ...ports.secrets,
      links: {
        current: 'k2',
        keys: { ...links.keys, k2: 'another-key-for-tests-only-and-long-enough' },
      },
    };
    await town.ask(`/unsubscribe/${old}`, { method: 'POST' });
    expect((await claire()).state).toBe('unsubscribed');
    expect((await claire()).links.preferences).toContain('/k2.');
  });
});

describe('a mail that was forwarded', () => {
  it('lets the friend neither learn the address nor use somebody else’s undo or reason', async () => {
    const { town, claire } = await cast();
    const other = await town.call<{ id: string }>('POST', '/people', {
      email: 'emil@example.org',
      language: 'fr',
      subscriptions: [],
    });
    const stopped = await (
      await town.open(linkTo('unsubscribe', town.lastMail(CLAIRE)))
    ).press('Ne plus rien recevoir');
    const undo = /name="undo" value="([^"]+)"/.exec(stopped.html)![1]!;
    const emil = `/unsubscribe/${seal(town.ports, { purpose: 'unsubscribe', subjectId: other.id })}`;
    const body = new URLSearchParams({ choice: 'undo', undo });
    expect((await town.ask(emil, { method: 'POST', body })).status).toBe(410);
    expect((await claire()).state).toBe('unsubscribed');
    const { links } = await claire();
    for (const link of [links.preferences, links.unsubscribe])
      expect((await town.open(link)).html).not.toContain(CLAIRE);
  });
});

const LARGEST_PAGE_BYTES = 14 * 1024;

describe('a page', () => {
  it('fits into the first packets of an answer, in every language', async () => {
    const { town, claire, linkFor } = await cast();
    const { links } = await claire();
    const paths = [
      '/subscribe',
      '/link',
      links.preferences,
      links.unsubscribe,
      `${links.unsubscribe}?view=topics`,
      `${links.unsubscribe}?view=address`,
      ...ROUTES.map(([route, purpose]) => linkFor(route, purpose)),
    ];
    for (const path of paths)
      for (const lang of ['fr', 'en']) {
        const page = await town.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        expect(page.status, path).toBe(200);
        expect(Buffer.byteLength(page.html), `${path} ${lang}`).toBeLessThan(LARGEST_PAGE_BYTES);
        expect(page.html).not.toMatch(/<script|javascript:|\son\w+=/i);
        expect(page.html).toContain(`lang="${lang}"`);
      }
  });
});
