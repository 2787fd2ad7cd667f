import { expect, test } from 'vitest';
import {
  apiOf,
  clockOf,
  killServer,
  moveClock,
  newFolder,
  start,
  stop,
  type Started,
} from './started.ts';

const READERS = Array.from({ length: 400 }, (_, index) => `reader-${index}@example.org`);

test(
  'killed in mid-campaign and started again: nobody twice, nobody missed, the books balance',
  { timeout: 120_000 },
  async () => {
    const folder = await newFolder();
    const env = { MODERATO_DATA: folder, MODERATO_CLOCK: 'held@2026-01-05T10:00:00Z' };
    const first = await start(env);
    const id = await scheduleToAll(first, folder);
    const moved = moveClock(first, 'P1D').catch(() => 'cut off');
    while ((await mailsIn(first)) === 0);
    await killServer(first, folder);
    expect(await moved).toBe('cut off');

    const second = await start(env);
    expect(second.said()).toContain('It was on its way to Tuesday, 6 January 2026');
    await expect
      .poll(() => clockOf(second), { timeout: 60_000 })
      .toMatchObject({
        now: '2026-01-06T10:00:00.000Z',
        movingUntil: null,
      });
    const { messages } = await messagesOf(second);
    expect(messages.map(({ to }) => to).sort()).toEqual([...READERS].sort());
    const campaign = await (await apiOf(second, folder))('GET', `/campaigns/${id}`);
    expect(campaign).toMatchObject({
      state: 'sent',
      figures: {
        candidates: READERS.length,
        accepted: READERS.length,
        delivered: READERS.length,
        uncertain: 0,
        refused: 0,
      },
    });
    await stop(second, 'SIGINT');
  },
);

async function scheduleToAll(started: Started, folder: string): Promise<string> {
  const call = await apiOf(started, folder);
  const name = { fr: 'Arrivages', en: 'New in' };
  await call('POST', '/topics', { id: 'arrivages', name, description: name, visibility: 'public' });
  const proof = { at: '2026-01-02T10:00:00Z', method: 'paper', words: 'Oui.' };
  const subscriptions = [
    { topic: 'arrivages', consent: { state: 'given', legalBasis: 'consent', proof } },
  ];
  await Promise.all(
    READERS.map((email) =>
      call('POST', '/people', {
        email,
        frequency: 'immediate',
        language: 'fr',
        timeZone: 'Europe/Paris',
        subscriptions,
      }),
    ),
  );
  const content = { format: 'markdown', source: '{{ person.greeting }},\n\nVoilà.' };
  const { id } = await call('POST', '/campaigns', {
    name: 'Une',
    topic: 'arrivages',
    subject: 'Une',
    content,
  });
  await call('POST', `/campaigns/${String(id)}/schedule`, {
    at: '2026-01-05T14:00',
    timeZone: 'Europe/Paris',
  });
  return String(id);
}

async function mailsIn({ url }: Started): Promise<number> {
  const page = await (await fetch(`${url}/mailbox`)).text();
  return Number(/(\d+) mails?\b/.exec(page)?.[1] ?? 0);
}

async function messagesOf({ url }: Started) {
  const answer = await fetch(`${url}/mailbox/messages.json`);
  return (await answer.json()) as { readonly messages: readonly { readonly to: string }[] };
}
