import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/base/keys.ts';
import { seal, type Purpose } from '../../functions/base/seal.ts';
import { DAY, HOUR } from '../../functions/base/time.ts';
import { site } from '../../functions/entry/site.ts';
import { openTown, linksIn, linkTo, type StoryTown } from '../town.ts';
import { CLAIRE, publish, townWithClaire } from '../stories/reader-cast.ts';
import { watched } from '../stories/watched.ts';

/** What stands behind a route whose address holds a token. */
type Behind = {
  readonly purpose: Purpose;
  /** A form of the page that changes something; without it, the route only shows. */
  readonly acts?: Readonly<Record<string, string>>;
  readonly neverExpires?: true;
  /** Adds one to a sum when it is followed: the one GET that writes. */
  readonly counts?: true;
};

const BEHIND_A_TOKEN: Readonly<Record<string, Behind>> = {
  '/confirm/:token': { purpose: 'confirm', acts: { choice: 'confirm' } },
  '/preferences/:token': { purpose: 'preferences', acts: { choice: 'stop' } },
  '/unsubscribe/:token': { purpose: 'unsubscribe', acts: { choice: 'stop' }, neverExpires: true },
  '/my-data/:token': { purpose: 'my-data', acts: { choice: 'correct', givenName: 'Clara' } },
  '/my-data/:token/my-data.json': { purpose: 'my-data' },
  '/receipts/:token': { purpose: 'my-data' },
  '/receipts/:token/receipts.json': { purpose: 'my-data' },
  '/view/:token': { purpose: 'view', neverExpires: true },
  '/c/:id': { purpose: 'link', neverExpires: true, counts: true },
  '/answer/:token': { purpose: 'answer', acts: { answer: 'wood' } },
};
/** Open to everybody: nothing in the address says who asks. */
const OPEN = [
  '/',
  '/subscribe',
  '/subscribe/:form',
  '/link',
  '/letters',
  '/letters.rss',
  '/receipts/schema.json',
  '/receipts/roots.json',
  '/pictures/:id',
  '/console/config.json',
];
const PURPOSES: readonly Purpose[] = [
  'confirm',
  'preferences',
  'unsubscribe',
  'my-data',
  'undo',
  'view',
  'link',
  'reader',
  'answer',
];

const READS = ['GET', 'HEAD', 'OPTIONS'] as const;
type Fields = Readonly<Record<string, string>>;
const POSTS: Readonly<Record<string, (fields: Fields) => RequestInit>> = {
  urlencoded: (fields) => ({ body: new URLSearchParams(fields) }),
  multipart: (fields) => ({ body: multipart(fields) }),
  'one-click': () => ({ body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }),
  empty: () => ({}),
};

function multipart(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** Claire reads; Emil reads too; Dora and Fred have signed up and not confirmed. */
async function cast() {
  const { town, id } = await townWithClaire();
  await ask(town);
  await publish(town, 'arrivages', 'Un', '[La boutique](https://shop.example.org/)');
  const emil = await town.call<{ id: string }>('POST', '/people', {
    email: 'emil@example.org',
    language: 'fr',
    subscriptions: [],
  });
  const pending: string[] = [];
  for (const email of ['dora@example.org', 'fred@example.org']) {
    const page = await town.open('/subscribe?lang=fr');
    await page.press('Je m’inscris', { email, topics: ['ateliers'], consent: 'yes' });
    pending.push((await town.call<{ id: string }>('POST', '/people/lookup', { email })).id);
  }
  const door = linksIn(town.lastMail(CLAIRE)).find((link) => link.includes('/c/'))!;
  return { town, claire: id, emil: emil.id, dora: pending[0]!, fred: pending[1]!, door };
}
type Cast = Awaited<ReturnType<typeof cast>>;

/** A first letter, that asks something. */
const ASKING = '1';
async function ask(town: StoryTown): Promise<void> {
  const answers = ['honey', 'wood'].map((id) => ({ id, words: id }));
  const { id } = await town.call<{ id: string }>('POST', '/campaigns', {
    name: 'Une question',
    topic: 'ateliers',
    subject: 'Une question',
    content: {
      format: 'blocks',
      source: { blocks: [{ id: 'taste', kind: 'question', words: 'Miel ou bois ?', answers }] },
    },
  });
  await town.call('POST', `/campaigns/${id}/schedule`, { at: 'now', timeZone: 'UTC' });
  await town.passTime(3 * 60_000);
}

const at = (path: string, token: string) =>
  path.replace(/:\w+/, token) + (path.startsWith('/answer/') ? '?q=taste' : '');
const tokenIn = (link: string) => new URL(link).pathname.split('/')[2]!;

/** The token that a mail of ours would hold. */
function validFor({ purpose }: Behind, all: Cast, whose: 'hers' | 'another’s' = 'hers'): string {
  const { town } = all;
  const hers = whose === 'hers';
  if (purpose === 'link') return tokenIn(all.door);
  if (purpose === 'view') return tokenIn(linkTo('view', town.lastMail(CLAIRE)));
  const subjectId =
    purpose === 'confirm' ? (hers ? all.dora : all.fred) : hers ? all.claire : all.emil;
  const ends = purpose === 'unsubscribe' ? {} : { expiresAt: town.now() + HOUR };
  const about = purpose === 'answer' ? { about: ASKING } : {};
  return seal(town.ports, { purpose, subjectId, ...about, ...ends });
}

const retired = {
  secrets: {
    links: { current: 'k0', keys: { k0: 'a-key-that-was-taken-out-of-use' } },
    addresses: '',
  },
};
/** Tokens that are no good, each a list: none of them opens or does anything. */
const BAD: Readonly<Record<string, (behind: Behind, all: Cast) => string[]>> = {
  altered: (behind, all) => {
    const good = validFor(behind, all);
    const other = good.endsWith('A') ? 'B' : 'A';
    return [
      good.slice(0, -1) + other,
      good.replace('.', '_'),
      good.replace(all.claire, all.emil).replace(all.dora, all.fred) + other,
      'nonsense',
      '%00',
    ];
  },
  'of another purpose': ({ purpose }, all) =>
    PURPOSES.filter((one) => one !== purpose).map((one) =>
      seal(all.town.ports, { purpose: one, subjectId: all.claire }),
    ),
  'of nobody': ({ purpose }, all) => [seal(all.town.ports, { purpose, subjectId: 'nobody' })],
  'of a retired key': ({ purpose }, all) => [
    seal(retired, { purpose, subjectId: purpose === 'confirm' ? all.dora : all.claire }),
  ],
  missing: () => [''],
};

const WRITES = new Set(['writeAll', 'writeEach', 'post']);
async function asked(town: StoryTown, path: string, init: RequestInit) {
  const seen = watched(town);
  const answer = await town.request(path, init);
  seen.stop();
  await town.settle();
  return { status: answer.status, wrote: seen.verbs.some((verb) => WRITES.has(verb)) };
}

/** Everything kept of those who are not asking. */
async function othersOf({ town, claire, dora }: Cast): Promise<string> {
  const rows = await town.ports.table.getMany([
    keys.reader(claire),
    keys.profile(claire),
    keys.pending(dora),
  ]);
  return JSON.stringify(rows.map((row) => row?.data));
}

/** The hidden fields of a page’s forms, as a browser sends them. */
async function fieldsOf(town: StoryTown, path: string, acts: Fields): Promise<Fields> {
  const { html } = await town.open(path);
  const hidden = [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ]);
  return { ...(Object.fromEntries(hidden) as Fields), ...acts };
}

it('every public route stands in this table, and a new one cannot be forgotten', async () => {
  const { ports } = await openTown();
  const routes = site(ports).routes.map(({ path }) => path);
  const open = [...new Set(routes)].filter((path) => path !== '/*' && !path.startsWith('/api/'));
  expect(open.sort()).toEqual([...Object.keys(BEHIND_A_TOKEN), ...OPEN].sort());
});

describe.each(OPEN)('%s', (path) => {
  it('changes nothing by being looked at', async () => {
    const { town } = await cast();
    for (const method of READS)
      expect((await asked(town, at(path, 'home'), { method })).wrote, method).toBe(false);
  });
});

describe.each(Object.entries(BEHIND_A_TOKEN))('%s', (path, behind) => {
  const { acts, neverExpires, counts, purpose } = behind;

  it.each(Object.keys(BAD))('with a token %s is not found, and nothing happens', async (kind) => {
    const all = await cast();
    const before = await othersOf(all);
    for (const token of BAD[kind]!(behind, all)) {
      const link = at(path, token);
      for (const method of READS) {
        const { status, wrote } = await asked(all.town, link, { method });
        expect([status, wrote], `${method} ${link}`).toEqual([404, false]);
      }
      for (const [how, init] of Object.entries(POSTS))
        for (const time of ['once', 'twice']) {
          const fields = acts ?? { choice: 'stop' };
          const { status, wrote } = await asked(all.town, link, {
            method: 'POST',
            ...init(fields),
          });
          expect([status, wrote], `${how} ${time} ${link}`).toEqual([404, false]);
        }
    }
    expect(await othersOf(all)).toBe(before);
  });

  if (!neverExpires)
    it('with an expired token says so, and does nothing but less', async () => {
      const all = await cast();
      const subjectId = purpose === 'confirm' ? all.dora : all.claire;
      const expiresAt = all.town.now() - DAY;
      const link = at(path, seal(all.town.ports, { purpose, subjectId, expiresAt }));
      for (const method of READS) {
        const { status, wrote } = await asked(all.town, link, { method });
        expect([status, wrote], method).toEqual([method === 'OPTIONS' ? 404 : 410, false]);
      }
      const before = await othersOf(all);
      for (const [how, init] of Object.entries(POSTS)) {
        const fields =
          purpose === 'preferences' ? { choice: 'save', frequency: 'immediate' } : acts;
        const post = { method: 'POST', ...init(fields ?? {}) };
        const { status, wrote } = await asked(all.town, link, post);
        expect([acts ? 410 : 404, false], how).toEqual([status, wrote]);
      }
      expect(await othersOf(all)).toBe(before);
    });

  it('looked at with a good token changes nothing', async () => {
    const all = await cast();
    const link = at(path, validFor(behind, all));
    for (const method of READS) {
      const { status, wrote } = await asked(all.town, link, { method });
      const shows = counts ? 302 : 200;
      expect([status, wrote], method).toEqual([
        method === 'OPTIONS' ? 404 : shows,
        counts === true && method === 'GET',
      ]);
    }
  });

  it('of another reader touches nobody else', async () => {
    const all = await cast();
    const link = at(path, validFor(behind, all, 'another’s'));
    const before = await othersOf(all);
    for (const method of READS) await asked(all.town, link, { method });
    for (const init of Object.values(POSTS))
      await asked(all.town, link, { method: 'POST', ...init(acts ?? { choice: 'stop' }) });
    expect(await othersOf(all)).toBe(before);
  });

  if (!acts)
    it('takes no post at all', async () => {
      const all = await cast();
      const link = at(path, validFor(behind, all));
      for (const [how, init] of Object.entries(POSTS)) {
        const post = { method: 'POST', ...init({ choice: 'stop' }) };
        expect(await asked(all.town, link, post), how).toEqual({ status: 404, wrote: false });
      }
    });

  if (acts)
    it.each(['urlencoded', 'multipart'])(
      'acts on a %s post, once: the second answers the same and changes no more',
      async (how) => {
        const all = await cast();
        const link = at(path, validFor(behind, all));
        const fields = await fieldsOf(all.town, link, acts);
        const before = await othersOf(all);
        const first = await asked(all.town, link, { method: 'POST', ...POSTS[how]!(fields) });
        const after = await othersOf(all);
        expect([first.status, first.wrote, after === before]).toEqual([200, true, false]);
        const second = await asked(all.town, link, { method: 'POST', ...POSTS[how]!(fields) });
        expect(second.status).toBe(200);
        expect(await othersOf(all)).toBe(after);
      },
    );

  if (acts)
    it('an empty post acts only where it means one click to leave', async () => {
      const all = await cast();
      const link = at(path, validFor(behind, all));
      const before = await othersOf(all);
      const { wrote } = await asked(all.town, link, { method: 'POST' });
      expect([wrote, (await othersOf(all)) !== before]).toEqual(
        purpose === 'unsubscribe' ? [true, true] : [false, false],
      );
    });
});
