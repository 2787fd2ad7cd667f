import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Line, Message, Queue } from '../base/ports.ts';
import type { Wait } from './back-off.ts';
import { backOffMs, realWait } from './back-off.ts';
import { fewAtOnce } from './few-at-once.ts';

const MESSAGES_A_CALL = 10;
/** One message and one whole call have the same limit. */
const BYTES_A_CALL = 1024 * 1024;
const CALLS_AT_ONCE = 8;
const TRIES = 5;

type Entry = SendMessageBatchRequestEntry & { readonly MessageBody: string };

type Setup = {
  readonly client: SQSClient;
  readonly urls: Readonly<Record<Line, string>>;
  readonly wait?: Wait;
};

/** The `Queue` port on SQS: standard queues, fair between message groups. */
export class SqsQueue implements Queue {
  readonly #client: SQSClient;
  readonly #urls: Readonly<Record<Line, string>>;
  readonly #wait: Wait;

  constructor({ client, urls, wait = realWait }: Setup) {
    this.#client = client;
    this.#urls = urls;
    this.#wait = wait;
  }

  async post(line: Line, messages: readonly Message[]): Promise<void> {
    const calls = callsOf(messages.map(entryOf));
    await fewAtOnce(calls, CALLS_AT_ONCE, async (entries) => this.#send(this.#urls[line], entries));
  }

  /** A call may take some messages and not others: only those it left are offered again. */
  async #send(url: string, entries: readonly Entry[]): Promise<void> {
    let left = entries;
    for (let attempt = 1; left.length > 0; attempt += 1) {
      if (attempt > TRIES) throw new Error(`the queue did not take ${left.length} messages`);
      if (attempt > 1) await this.#wait(backOffMs(attempt));
      const { Failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({ QueueUrl: url, Entries: [...left] }),
      );
      const ours = Failed.find(({ SenderFault }) => SenderFault);
      if (ours) throw new Error(`the queue refuses a message: ${ours.Code ?? 'no code'}`);
      const failed = new Set(Failed.map(({ Id }) => Id));
      left = left.filter(({ Id }) => failed.has(Id));
    }
  }
}

function entryOf({ body, group, delaySeconds }: Message, index: number): Entry {
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) > BYTES_A_CALL)
    throw new Error(`a message holds at most ${BYTES_A_CALL} bytes`);
  return {
    Id: String(index),
    MessageBody: text,
    ...(group !== undefined && { MessageGroupId: group }),
    ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
  };
}

function callsOf(entries: readonly Entry[]): Entry[][] {
  const calls: Entry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.MessageBody);
    if (bytes + size > BYTES_A_CALL || calls.at(-1)?.length === MESSAGES_A_CALL) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)!.push(entry);
    bytes += size;
  }
  return calls;
}
