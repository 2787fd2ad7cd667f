import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlainKey } from '../../functions/team/api-key.ts';
import { openHouse, siteWithTools, type House } from '../../infra/local/house.ts';
import { Refused, RunningHouse } from '../../infra/local/replay/house.ts';
import { readPurchases } from '../../infra/local/replay/purchases.ts';
import { replay, type Replayed } from '../../infra/local/replay/replay.ts';
import { listen, type Listening } from '../../infra/local/server.ts';

const text = readFileSync(join(import.meta.dirname, 'purchases-excerpt.txt'), 'utf8');

describe('a file of purchases', () => {
  it('is read line by line; two purchases of a day are two, with ids that stay', () => {
    const purchases = readPurchases(text);
    expect(purchases).toHaveLength(68);
    expect(purchases[0]).toEqual({
      id: 'replay-0001-19970101-1',
      customer: '0001',
      at: '1997-01-01T12:00:00Z',
      items: 2,
      amount: 29.33,
    });
    expect(new Set(purchases.map(({ id }) => id)).size).toBe(68);
    expect(readPurchases(text)).toEqual(purchases);
  });

  it.each([
    ['a word', 'customer sample date items dollars'],
    ['too few columns', ' 00004 0001 19970101  2'],
    ['a day that never was', ' 00004 0001 19970230  2   29.33'],
    ['less than nothing', ' 00004 0001 19970101  2   -1.00'],
  ])('with %s in it is refused, with the line', (_, line) => {
    expect(() => readPurchases(`${text}${line}\n`)).toThrow(/^Line 69 /);
  });
});

describe('a replay', () => {
  let house: House;
  let server: Listening;
  let running: RunningHouse;
  const said: string[] = [];
  const run = () => replay(running, readPurchases(text), (line) => void said.push(line));

  beforeAll(async () => {
    server = await listen({ port: 0, host: '127.0.0.1' });
    const apiKey = newPlainKey({ random: (bytes) => randomBytes(bytes) }, 'live');
    const url = `http://127.0.0.1:${server.port}`;
    house = await openHouse({
      data: ':memory:',
      secrets: { links: { current: 'k', keys: { k: 'x'.repeat(43) } }, addresses: 'y'.repeat(43) },
      publicUrl: url,
      clock: { kind: 'held', startsAt: Date.UTC(1998, 6, 1, 10) },
      apiKey,
      keyFile: 'api-key',
    });
    const app = siteWithTools(house);
    server.serve((request, bindings) => app.fetch(request, bindings));
    running = new RunningHouse(url, apiKey);
  });
  afterAll(async () => {
    await server.close();
    await house.town.close();
  });

  it('makes readers, tells what they bought, and writes to who has not bought for 180 days', async () => {
    const done: Replayed = await run();
    expect(done.readers).toEqual({ made: 15, known: 0 });
    expect(done.events).toEqual({ accepted: 68, duplicates: 0, refused: 0 });
    expect(done.letter).toMatchObject({
      state: 'sent',
      foreseen: 11,
      figures: { candidates: 11, accepted: 11, open: 0, byReason: { subscribed: 11 } },
    });
    const [letter] = house.town.mailbox.letters('c0001@example.org');
    expect(letter?.subject).toBe('Votre dernier achat : 12 décembre 1997');
    expect(letter?.text).toContain('26,48');
    expect(house.town.mailbox.count('c0006@example.org')).toBe(0);
    expect(said).toHaveLength(3);
  });

  it('done twice changes nothing twice', async () => {
    const mails = house.town.mailbox.count();
    const again = await run();
    expect(again).toMatchObject({
      readers: { made: 0, known: 15 },
      events: { accepted: 0, duplicates: 68 },
      letter: { state: 'sent', foreseen: undefined, figures: { candidates: 11, accepted: 11 } },
    });
    expect(house.town.mailbox.count()).toBe(mails);
  });

  it('says in words what the house refused, and where there is no house', async () => {
    const wrong = new RunningHouse(`http://127.0.0.1:${server.port}`, 'mod_live_wrong');
    await expect(replay(wrong, readPurchases(text))).rejects.toThrow(/401: This API key/);
    const nobody = new RunningHouse('http://127.0.0.1:9', 'mod_live_wrong');
    await expect(replay(nobody, readPurchases(text))).rejects.toThrow(Refused);
  });
});
