import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DAY } from '../../functions/base/time.ts';
import { site } from '../../functions/entry/site.ts';
import type { Condition } from '../../functions/people/condition.ts';
import { countPeople } from '../../functions/people/count.ts';
import { countAnew } from '../../functions/stats/count-file.ts';
import { ALL_SCOPES, newPlainKey } from '../../functions/team/api-key.ts';
import { ensureKey } from '../../functions/team/guard.ts';
import { benchTown, BORN_AT } from './bench-town.ts';
import { figure, stopwatch, type Figure } from './figure.ts';
import { addReaders, TOPIC } from './readers.ts';

const CAMPAIGNS = 500;
const SENT = 40;
const PLANNED = 12;
const FIRST_READERS = 50;
const SEGMENTS = 40;
const FORMS = 30;
const IMPORTS = 60;
const TIMES = 5;

/** What a console asks when a screen opens, in a house of many people and campaigns; and what a count costs. */
export async function lists({ people }: { people: number }): Promise<Figure[]> {
  const { town, forget } = await benchTown(BORN_AT);
  try {
    const { ports } = town;
    const apiKey = newPlainKey({ random: ports.random }, 'live');
    await ensureKey(ports, apiKey, ALL_SCOPES);
    const app = site(ports);
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await app.request(`/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as { readonly id: string };
    };
    const mixed = { mix: 'mixed', topic: TOPIC, at: BORN_AT } as const;
    await addReaders(ports, { ...mixed, people: FIRST_READERS });
    const some = await write(ask);
    await town.passTime({ to: BORN_AT + 2 * DAY });
    await addReaders(ports, { ...mixed, people });
    await countAnew(ports);
    const figures: Figure[] = [];
    for (const path of asked(some)) figures.push(...(await slowest(path, () => ask('GET', path))));
    const somebody = { text: 'ada 49' };
    figures.push(
      ...(await slowest('/people/search', () => ask('POST', '/people/search', somebody))),
    );
    for (const [name, condition] of Object.entries(COUNTS)) {
      const count = () => countPeople(ports, condition, ports.now());
      figures.push(...(await counted(name, count)));
    }
    return figures;
  } finally {
    await forget();
  }
}

type Ask = (method: string, path: string, body?: object) => Promise<{ readonly id: string }>;
type Some = Readonly<Record<'draft' | 'sent' | 'series' | 'segment', string>>;

/** Letters that were sent to a few, that wait, that stand on the agenda and that come back; and segments, forms, versions. */
async function write(ask: Ask): Promise<Some> {
  const letter = (at: number) => ({
    name: `Letter ${at}`,
    topic: TOPIC,
    subject: { fr: `La lettre ${at}`, en: `Letter ${at}` },
    content: { format: 'markdown', source: { fr: 'Bonjour.', en: 'Good morning.' } },
  });
  const ids: string[] = [];
  for (let at = 0; at < CAMPAIGNS; at += 1)
    ids.push((await ask('POST', '/campaigns', letter(at))).id);
  const zone = { timeZone: 'Europe/Paris' };
  for (const id of ids.slice(0, SENT))
    await ask('POST', `/campaigns/${id}/schedule`, { at: 'now', ...zone });
  for (const [at, id] of ids.slice(SENT, SENT + PLANNED).entries()) {
    const day = new Date(BORN_AT + (3 + 2 * at) * DAY).toISOString().slice(0, 10);
    await ask('POST', `/campaigns/${id}/schedule`, { at: `${day}T10:00`, ...zone });
  }
  const [draft = '', series = ''] = ids.slice(-2);
  await ask('POST', `/campaigns/${series}/repeat`, {
    rhythm: { unit: 'week', weekdays: [4], at: '10:00', ...zone },
  });
  let segment = '';
  for (let at = 0; at < FORMS; at += 1)
    await ask('POST', '/forms', { id: `form-${at}`, topics: [TOPIC], frequency: 'monthly' });
  for (let at = 0; at < IMPORTS; at += 1) await ask('POST', '/imports', { name: `${at}.csv` });
  for (let at = 0; at < SEGMENTS; at += 1)
    segment = (
      await ask('POST', '/segments', {
        name: `Segment ${at}`,
        condition: { field: 'value0', is: `value0 of ${at}` },
      })
    ).id;
  return { draft, series, segment, sent: ids[0]! };
}

/** Every list and every thing that a screen of the console opens with. */
const asked = ({ draft, sent, series, segment }: Some) => [
  '/me',
  '/brand',
  '/topics?limit=100',
  '/reports/today',
  '/calendar?days=1',
  '/calendar?days=42',
  '/campaigns?limit=50',
  '/campaigns?limit=100',
  '/campaigns?limit=50&text=letter+499',
  '/campaigns?limit=50&state=draft',
  `/campaigns?limit=50&series=${series}`,
  `/campaigns/${draft}`,
  `/campaigns/${sent}`,
  `/campaigns/${sent}/letter`,
  `/campaigns/${sent}/links`,
  `/campaigns/${sent}/deliveries?limit=25`,
  `/campaigns/${draft}/versions`,
  '/letters-to-start-from',
  '/digests?limit=8',
  '/segments?limit=100',
  `/segments/${segment}`,
  '/forms',
  '/pictures?limit=24',
  '/imports?limit=50',
  '/members?limit=100',
  '/api-keys?limit=100',
  '/audit?limit=50',
];

const COUNTS: Readonly<Record<string, Condition>> = {
  'count of a pace': { frequency: ['weekly'] },
  'count of a field': { field: 'value0', is: 'value0 of 7' },
  'count of a pace and a field': {
    all: [{ field: 'value0', exists: true }, { frequency: ['weekly'] }],
  },
};

/** The slowest of several: the first of them reads what nobody has read before. */
async function slowest(path: string, visit: () => Promise<unknown>): Promise<Figure[]> {
  let [most, cpu] = [0, 0];
  for (let at = 0; at < TIMES; at += 1) {
    const watch = stopwatch();
    await visit();
    most = Math.max(most, 1_000 * watch.seconds());
    cpu = Math.max(cpu, watch.cpuMicros() / 1_000);
  }
  const name = path.replaceAll(/\b[0-9a-z]{16}\b/g, '…');
  return [figure(name, most, 'ms'), figure(`${name}: CPU`, cpu, 'ms')];
}

/** How long a count takes, what it uses of the processor, and the longest that anybody else waited for their turn. */
async function counted(name: string, count: () => Promise<unknown>): Promise<Figure[]> {
  const waits = monitorEventLoopDelay({ resolution: 1 });
  const watch = stopwatch();
  waits.enable();
  await count();
  waits.disable();
  return [
    figure(name, watch.seconds(), 's'),
    figure(`${name}: CPU`, watch.cpuMicros() / 1e6, 's'),
    figure(`${name}: others wait at most`, waits.max / 1e6, 'ms'),
  ];
}
