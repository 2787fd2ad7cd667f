import { expect, test } from 'vitest';
import { MINUTE } from '../../functions/base/time.ts';
import { Chance } from '../../infra/simulation/chance.ts';
import { Engine, type Process } from '../../infra/simulation/engine.ts';
import { NO_FAULTS } from '../../infra/simulation/faults.ts';
import { Hands } from '../../infra/simulation/hands.ts';
import { Weather } from '../../infra/simulation/weather.ts';

test('a worker that dies while it rests is followed by another, and its line goes on', async () => {
  const chance = new Chance('hands');
  const engine = new Engine({ startsAt: 0, chance, skewMs: 0 });
  const weather = new Weather(chance, NO_FAULTS, () => engine.now, 0);
  const done: number[] = [];
  const atWork: Process[] = [];
  const hands = new Hands(engine, weather, async (process, _line, messages) => {
    atWork.push(process);
    await engine.step(process, { what: 'work', takesMs: 5 }, () => undefined);
    for (const { body } of messages) done.push(body as number);
    return { failed: [] };
  });
  // One at a time: whoever rests takes the next one, and what it had left under way kills it.
  for (let number = 1; number <= 8; number += 1) {
    engine.at(number * MINUTE, () => hands.post('work', [{ body: number }]));
    engine.at(number * MINUTE + MINUTE / 2, () => engine.kill(atWork.at(-1)!));
  }
  expect(await engine.run({ until: 60 * MINUTE, steps: 10_000 })).toBe('at-rest');
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(hands.waiting).toBe(0);
});
