import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { feedback } from '../../functions/entry/feedback.ts';
import { queueDoor } from '../../functions/entry/queue-door.ts';
import { EVENT_FILES } from '../../functions/feedback/file.ts';
import { CLAIRE, figuresOf, publish, townWithClaire } from '../stories/reader-cast.ts';
import type { StoryTown } from '../town.ts';
import { ALL_KINDS } from './events.ts';

/** The Lambda behind the queue of what SES tells, on a town. */
const doorOf = (town: StoryTown) => {
  const door = queueDoor('feedback', feedback, async () => town.ports);
  return (...bodies: readonly string[]) =>
    door({
      Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
    } as unknown as SQSEvent);
};
const fileCame = (key: string) =>
  JSON.stringify({
    version: '0',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    detail: { bucket: { name: 'events' }, object: { key, size: 1 }, reason: 'PutObject' },
  });
const FILE = `${EVENT_FILES}2026/01/05/10/stream-1-2026-01-05-10-00-00-x`;

async function townWithALetter() {
  const { town, claire } = await townWithClaire();
  const campaign = await publish(town, 'arrivages');
  const put = (lines: readonly (object | string)[]) =>
    town.ports.files.put(
      FILE,
      new TextEncoder().encode(
        lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
      ),
      'application/json',
    );
  return { town, claire, campaign, put, mail: town.lastMail(CLAIRE), door: doorOf(town) };
}

describe('the door for what SES tells', () => {
  it('takes an event as it comes from the queue', async () => {
    const { door, mail, claire } = await townWithALetter();
    const answer = await door(JSON.stringify(ALL_KINDS.dead(mail)));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect((await claire()).state).toBe('bounced');
  });

  it('gives back what cannot be read, alone; what is nothing to us is done', async () => {
    const { door, mail, claire } = await townWithALetter();
    const answer = await door(
      '{"eventType":"Bounce"}',
      'not json',
      JSON.stringify({ eventType: 'Open', mail: {} }),
      JSON.stringify(ALL_KINDS.complaint(mail)),
    );
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      'm1',
      'm0',
    ]);
    expect((await claire()).state).toBe('complained');
  });

  it('takes a file of events, and removes it, for it holds addresses', async () => {
    const { door, put, mail, town, campaign } = await townWithALetter();
    await put([ALL_KINDS.send(mail), ALL_KINDS.delivery(mail), ALL_KINDS.full(mail)]);
    expect(await door(fileCame(FILE))).toEqual({ batchItemFailures: [] });
    expect(await figuresOf(town, campaign)).toMatchObject({ bounced: 1, delivered: 0 });
    expect(await town.ports.files.get(FILE)).toBeUndefined();
    expect(await door(fileCame(FILE))).toEqual({ batchItemFailures: [] });
  });

  it('takes all of a file that can be read, and keeps one in which something cannot', async () => {
    const { door, put, mail, town, campaign } = await townWithALetter();
    await put(['{"half": ', ALL_KINDS.full(mail)]);
    expect(await door(fileCame(FILE))).toEqual({ batchItemFailures: [] });
    expect(await figuresOf(town, campaign)).toMatchObject({ bounced: 1 });
    expect(await town.ports.files.get(FILE)).toBeDefined();
  });

  it('does nothing for mails of others, or of campaigns that are gone', async () => {
    const { door, mail, town, campaign } = await townWithALetter();
    const foreign = { ...mail, to: 'who@example.com', tags: {} };
    const gone = { ...foreign, tags: { mailing: 'c-gone', batch: '0-1', line: '0' } };
    const answer = await door(
      JSON.stringify(ALL_KINDS.complaint(foreign)),
      JSON.stringify(ALL_KINDS.dead(gone)),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(await figuresOf(town, campaign)).toMatchObject({ complained: 0, bounced: 0 });
  });
});
