import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { factsOf, log } from '../base/log.ts';
import type { Ports } from '../base/ports.ts';
import type { Worker } from './workers.ts';

/**
 * A Lambda behind a queue. Messages that failed come back alone; those that succeeded do not. A
 * body that cannot be read fails each time, and so ends among the dead letters, where it is seen.
 */
export function queueDoor(line: string, work: Worker, ports: () => Promise<Ports>) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const messages: { id: string; body: unknown }[] = [];
    const unreadable: string[] = [];
    for (const { messageId, body } of Records) {
      const read = parsed(body);
      if (read === undefined) unreadable.push(messageId);
      else messages.push({ id: messageId, body: read });
    }
    if (unreadable.length > 0)
      log('error', 'message-unreadable', { line, count: unreadable.length });
    const failed = await failedOf(line, messages, async () => work(await ports(), messages));
    return {
      batchItemFailures: [...unreadable, ...failed].map((itemIdentifier) => ({ itemIdentifier })),
    };
  };
}

/**
 * A fault brings the whole batch back. It is answered and not thrown, because Lambda would write
 * its words into the log, and they may hold an address.
 */
async function failedOf(
  line: string,
  messages: readonly { readonly id: string }[],
  work: () => ReturnType<Worker>,
): Promise<readonly string[]> {
  try {
    return (await work()).failed;
  } catch (error) {
    log('error', 'batch-failed', { line, ...factsOf(error) });
    return messages.map(({ id }) => id);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
