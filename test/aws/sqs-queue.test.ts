import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { SqsQueue } from '../../functions/aws/sqs-queue.ts';

const sqs = mockClient(SQSClient);
const queue = new SqsQueue({
  client: new SQSClient({ region: 'eu-west-3' }),
  urls: { service: 'https://q/service', editorial: 'https://q/editorial', work: 'https://q/work' },
  wait: async () => undefined,
});
const calls = () => sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
const fails = (Id: string, SenderFault: boolean) => ({ Id, SenderFault, Code: 'Broken' });

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
});

it('messages go ten a call to the queue of their line, fair between groups', async () => {
  const messages = Array.from({ length: 23 }, (_, n) => ({ body: { n }, group: 'campaign-1' }));
  await queue.post('editorial', messages);
  expect(calls().map((call) => call.Entries?.length)).toEqual([10, 10, 3]);
  expect(calls()[0]?.QueueUrl).toBe('https://q/editorial');
  expect(calls()[0]?.Entries?.[0]).toEqual({
    Id: '0',
    MessageBody: '{"n":0}',
    MessageGroupId: 'campaign-1',
  });
});

it('a message that waits says how long, and one without a group has none', async () => {
  await queue.post('work', [{ body: 'later', delaySeconds: 900 }]);
  expect(calls()[0]?.Entries?.[0]).toEqual({ Id: '0', MessageBody: '"later"', DelaySeconds: 900 });
});

it('no call is larger than a queue takes', async () => {
  await queue.post(
    'work',
    Array.from({ length: 4 }, () => ({ body: 'é'.repeat(200_000) })),
  );
  expect(calls().map((call) => call.Entries?.length)).toEqual([2, 2]);
});

it('a message larger than a queue takes is a fault, before any is sent', async () => {
  const messages = [{ body: 'small' }, { body: 'x'.repeat(1024 * 1024) }];
  await expect(queue.post('work', messages)).rejects.toThrow(/at most 1048576 bytes/);
  expect(calls()).toHaveLength(0);
});

it('only the messages a call left are offered again', async () => {
  sqs
    .on(SendMessageBatchCommand)
    .resolvesOnce({ Failed: [fails('1', false)], Successful: [] })
    .resolves({});
  await queue.post('work', [{ body: 'a' }, { body: 'b' }, { body: 'c' }]);
  expect(calls()[1]?.Entries).toEqual([{ Id: '1', MessageBody: '"b"' }]);
});

it('what is never taken is a fault in the end, so that nothing is lost in silence', async () => {
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [fails('0', false)], Successful: [] });
  await expect(queue.post('work', [{ body: 'a' }])).rejects.toThrow(/did not take 1/);
  expect(calls()).toHaveLength(5);
});

it('what the queue says is our fault is not offered again', async () => {
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [fails('0', true)], Successful: [] });
  await expect(queue.post('work', [{ body: 'a' }])).rejects.toThrow(/refuses a message: Broken/);
  expect(calls()).toHaveLength(1);
});
