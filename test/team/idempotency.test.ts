import { describe, expect, it } from 'vitest';
import { MINUTE, DAY } from '../../functions/base/time.ts';
import { Problem } from '../../functions/base/problem.ts';
import { onceOnly, type Call } from '../../functions/team/idempotency.ts';
import { DUE_SHARDS, type Row } from '../../functions/base/ports.ts';
import { isKeptAnswer } from '../../functions/team/store.ts';
import { openDesk, type Desk, type ProblemBody } from '../api/desk.ts';

const topic = (id: string) => ({ id, name: { fr: id } });

describe('the same call sent twice', () => {
  it('with the same Idempotency-Key is done once, and the second answer says that it is a replay', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'order-17' };
    const first = await desk.ask<{ id: string }>('POST', '/topics', topic('news'), headers);
    const second = await desk.ask<{ id: string }>('POST', '/topics', topic('news'), headers);
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('without a key is two calls', async () => {
    const desk = await openDesk();
    await desk.ask('POST', '/topics', topic('news'));
    expect((await desk.ask('POST', '/topics', topic('news'))).status).toBe(409);
  });

  it('is remembered for thirty days', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'order-17' };
    await desk.ask('POST', '/topics', topic('news'), headers);
    await desk.passTime(30 * DAY - 1);
    expect((await desk.ask('POST', '/topics', topic('news'), headers)).status).toBe(201);
    await desk.passTime(1);
    expect((await desk.ask('POST', '/topics', topic('news'), headers)).status).toBe(409);
  });

  it('may be sent again after a refusal, because a refused call changed nothing', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'order-17' };
    expect((await desk.ask('POST', '/topics', { id: 'news' }, headers)).status).toBe(422);
    expect((await desk.ask('POST', '/topics', topic('news'), headers)).status).toBe(201);
  });
});

describe('an Idempotency-Key', () => {
  it('used for another body or another address is refused', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'order-17' };
    await desk.ask('POST', '/topics', topic('news'), headers);
    for (const [path, body] of [
      ['/topics', topic('sales')],
      ['/people/lookup', topic('news')],
    ] as const) {
      const answer = await desk.ask<ProblemBody>('POST', path, body, headers);
      expect([answer.status, answer.body.code]).toEqual([422, 'key-used-for-another']);
    }
  });

  it('belongs to the API key it came with', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'order-17' };
    await desk.ask('POST', '/topics', topic('news'), headers);
    const other = await desk.keyWith(['topics:write']);
    const answer = await desk.ask('POST', '/topics', topic('sales'), {
      ...headers,
      authorization: `Bearer ${other}`,
    });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('is one line of visible letters', async () => {
    const desk = await openDesk();
    for (const key of ['', 'x'.repeat(256), 'a b'])
      expect(
        (await desk.ask('POST', '/topics', topic('news'), { 'idempotency-key': key })).status,
      ).toBe(422);
  });

  it('never keeps the secret of a key that was made', async () => {
    const desk = await openDesk();
    const body = { name: 'till', scopes: ['events:write'] };
    const headers = { 'idempotency-key': 'first-till' };
    const first = await desk.ask<{ key: string }>('POST', '/api-keys', body, headers);
    const second = await desk.ask<{ key: string | null }>('POST', '/api-keys', body, headers);
    expect(first.body.key).toMatch(/^mod_live_/);
    expect([second.headers.get('idempotency-replayed'), second.body.key]).toEqual(['true', null]);
  });
});

describe('the answer that is kept', () => {
  const kept = async (desk: Desk) => {
    const rows: Row[] = [];
    for (let shard = 0; shard < DUE_SHARDS; shard += 1)
      for await (const row of desk.ports.table.due('records', shard, desk.ports.now() + 60 * DAY))
        if (isKeptAnswer(row.key)) rows.push(row);
    return rows;
  };
  const person = { email: 'ada@example.org', givenName: 'Adelheid' };

  it('shows nobody an address or a name, and is the very same answer to who sends the call again', async () => {
    const desk = await openDesk();
    const headers = { 'idempotency-key': 'ada' };
    const first = await desk.ask<object>('POST', '/people', person, headers);
    const rows = await kept(desk);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/ada@|example|Adelheid/);
    const again = await desk.ask<object>('POST', '/people', person, headers);
    expect(again.body).toEqual(first.body);
  });

  it('is gone after its thirty days', async () => {
    const desk = await openDesk();
    await desk.ask('POST', '/people', person, { 'idempotency-key': 'ada' });
    await desk.passTime(31 * DAY);
    expect(await kept(desk)).toEqual([]);
  });
});

describe('a call that is still running', () => {
  const call: Call = { owner: 'k', key: 'one', method: 'POST', path: '/topics', body: '{}' };

  it('is not run beside itself', async () => {
    const { ports } = await openDesk();
    const { promise: hold, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    let runs = 0;
    const running = onceOnly(ports, call, async () => {
      runs += 1;
      begin();
      await hold;
      return new Response('done', { status: 201 });
    });
    await begun;
    const again = () => onceOnly(ports, call, async () => new Response(String((runs += 1))));
    await expect(again()).rejects.toMatchObject({ code: 'still-running' });
    await expect(
      onceOnly(ports, { ...call, body: '[]' }, async () => new Response('')),
    ).rejects.toMatchObject({ code: 'key-used-for-another' });
    release();
    await running;
    expect([await (await again()).text(), runs]).toEqual(['done', 1]);
  });

  it('and died with its process blocks its key for a minute of the machine, even when the clock is held', async () => {
    const { ports } = await openDesk();
    let machine = 1_000_000;
    const run = (answer: () => Promise<Response>) => onceOnly(ports, call, answer, () => machine);
    // A process that dies leaves its promise behind for ever.
    void run(() => new Promise<Response>(() => undefined));
    await expect(run(async () => new Response('x'))).rejects.toMatchObject({
      code: 'still-running',
    });
    machine += MINUTE;
    expect(await (await run(async () => new Response('second'))).text()).toBe('second');
  });

  it('and broke frees its key at once', async () => {
    const { ports } = await openDesk();
    const broken = onceOnly(ports, call, () => Promise.reject(new Problem('too-many-hands')));
    await expect(broken).rejects.toMatchObject({ code: 'too-many-hands' });
    const answer = await onceOnly(ports, call, async () => new Response('fine'));
    expect(await answer.text()).toBe('fine');
  });
});
