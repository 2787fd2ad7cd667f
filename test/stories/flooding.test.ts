import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../functions/base/time.ts';
import { openTown, type StoryTown } from '../town.ts';

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const onAws = (forwarded: string): [Readonly<Record<string, string>>, object] => [
  { 'x-forwarded-for': forwarded },
  { requestContext: {} },
];

async function house(forms: object = { anHour: 1_000, anHourFromOneNetwork: 3 }) {
  const town = await openTown();
  await town.call('POST', '/topics', { id: 'a', name: { fr: 'A' }, visibility: 'public' });
  const { headers } = await town.api('GET', '/brand');
  await town.call('PATCH', '/brand', { forms }, { 'if-match': headers.get('etag')! });
  return town;
}

let reader = 0;
async function ask(
  town: StoryTown,
  env?: object,
  headers: Readonly<Record<string, string>> = {},
  path = '/subscribe',
) {
  const body = new URLSearchParams({ email: `r${(reader += 1)}@example.org`, consent: 'yes' });
  const answer = await town.request(`${path}?lang=fr`, { method: 'POST', body, headers }, env);
  await town.settle();
  return {
    status: answer.status,
    retry: answer.headers.get('retry-after'),
    html: await answer.text(),
  };
}

describe('a flood of sign-ups', () => {
  it('from one network stops at its limit, in words, while everybody else signs up as ever', async () => {
    const town = await house();
    for (let n = 0; n < 3; n += 1) expect((await ask(town, from('203.0.113.7'))).status).toBe(200);
    const fourth = await ask(town, from('203.0.113.7'));
    expect([fourth.status, fourth.retry]).toEqual([429, '3600']);
    expect(fourth.html).toContain('essayez de nouveau dans 60 minutes');
    expect(town.mails()).toHaveLength(3);
    expect((await ask(town, from('203.0.113.7'), {}, '/link')).status).toBe(429);
    expect((await ask(town, from('198.51.100.1'))).status).toBe(200);
    await town.passTime(HOUR);
    expect((await ask(town, from('203.0.113.7'))).status).toBe(200);
  });

  it('from one household is one flood, whichever of its IPv6 addresses it uses', async () => {
    const town = await house();
    for (const end of ['1', '2', 'aa:bb:cc:dd'])
      expect((await ask(town, from(`2001:db8:0:7::${end}`))).status).toBe(200);
    expect((await ask(town, from('2001:0db8::7:1:2:3:4'))).status).toBe(429);
    expect((await ask(town, from('2001:db8:0:8::1'))).status).toBe(200);
  });

  it('cannot be hidden behind addresses a visitor makes up: CloudFront and the gateway are believed, in that order', async () => {
    const town = await house();
    for (let n = 0; n < 3; n += 1) {
      const [headers, env] = onAws(`10.9.8.${n}, 203.0.113.7, 130.176.0.1`);
      expect((await ask(town, env, headers)).status).toBe(200);
    }
    const [headers, env] = onAws('1.2.3.4, 203.0.113.7, 130.176.0.2');
    expect((await ask(town, env, headers)).status).toBe(429);
    const socket = from('198.51.100.9');
    for (let n = 0; n < 3; n += 1)
      expect((await ask(town, socket, { 'x-forwarded-for': `7.7.7.${n}` })).status).toBe(200);
    expect((await ask(town, socket, { 'x-forwarded-for': '8.8.8.8' })).status).toBe(429);
  });

  it('from everywhere at once stops at what the house takes in an hour', async () => {
    const town = await house({ anHour: 10, anHourFromOneNetwork: 3 });
    for (let n = 0; n < 10; n += 1)
      expect((await ask(town, from(`203.0.113.${n}`))).status).toBe(200);
    expect((await ask(town, from('203.0.113.99'))).status).toBe(429);
    expect(town.mails()).toHaveLength(10);
  });

  it('is not what a hundred people are who sign up in the same instant: each is asked to confirm', async () => {
    const town = await house({ anHour: 150, anHourFromOneNetwork: 20 });
    const many = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask(town, from(`198.51.100.${n}`))),
    );
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    expect(town.mails()).toHaveLength(100);
    for (let n = 0; n < 50; n += 1) await ask(town, from(`203.0.113.${n}`));
    expect((await ask(town, from('203.0.113.99'))).status).toBe(429);
  });

  it('in one instant takes no more than its limit either, from one network or by the house', async () => {
    const town = await house({ anHour: 30, anHourFromOneNetwork: 20 });
    const taken = async (networks: (n: number) => string) => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => ask(town, from(networks(n)))),
      );
      return answers.filter(({ status }) => status === 200).length;
    };
    expect(await taken(() => '198.51.100.7')).toBeLessThanOrEqual(20);
    await taken((n) => `203.0.113.${n}`);
    expect(town.mails().length).toBeLessThanOrEqual(30);
  });

  it('leaves no network behind: what was counted is a keyed hash, and it is gone two hours later', async () => {
    const town = await house();
    await ask(town, from('203.0.113.7'));
    const kept = async () => {
      const rows = [];
      for (let shard = 0; shard < 64; shard += 1)
        for await (const row of town.ports.table.due('records', shard, town.now() + 3 * HOUR))
          if (row.key.pk.startsWith('lately#')) rows.push(row);
      return rows;
    };
    expect(await kept()).toHaveLength(2);
    expect(JSON.stringify(await kept())).not.toContain('203.0.113');
    await town.passTime(HOUR + 11 * MINUTE);
    expect(await kept()).toEqual([]);
  });

  it('never stops who signs up on this very machine, where nothing tells visitors apart', async () => {
    const town = await house();
    for (let n = 0; n < 6; n += 1)
      expect((await ask(town, from(n % 2 === 0 ? '127.0.0.1' : '::1'))).status).toBe(200);
  });
});
