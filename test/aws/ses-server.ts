import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { SesMailer, sendingClient } from '../../functions/aws/ses-mailer.ts';

export type Call = { readonly path: string; readonly bytes: number; readonly body: unknown };
type Asked = { readonly path: string; readonly body: Record<string, unknown> };
type Reply = { readonly status: number; readonly body: unknown };

/** SES on this machine's loopback: it keeps what it is sent, and answers as it is told or as on a good day. */
export async function sesServer(answer: (asked: Asked) => Reply | undefined = () => undefined) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        const text = Buffer.concat(parts).toString();
        const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
        const path = request.url ?? '';
        calls.push({ path, bytes: Buffer.byteLength(text), body });
        const { status, body: reply } = answer({ path, body }) ?? goodDay({ path, body });
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(reply));
      });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  let now = Date.UTC(2026, 0, 5);
  const mailer = new SesMailer({
    client: sendingClient({
      region: 'eu-west-3',
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    }),
    now: () => now,
    configurationSet: 'letters',
    chance: () => 0,
  });
  return {
    mailer,
    calls,
    pass: (ms: number) => {
      now += ms;
    },
    bulk: () => calls.filter(({ path }) => path.includes('outbound-bulk-emails')),
    creations: () => calls.filter(({ path }) => path === '/v2/email/templates'),
  };
}

function goodDay({ path, body }: Asked): Reply {
  if (!path.includes('outbound-bulk-emails')) return { status: 200, body: {} };
  const entries = body['BulkEmailEntries'] as unknown[];
  return {
    status: 200,
    body: {
      BulkEmailEntryResults: entries.map((_, index) => ({
        Status: 'SUCCESS',
        MessageId: `0102019a-${index}`,
      })),
    },
  };
}
