import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createMailServer, type Socket } from 'node:net';
import * as z from 'zod';
import { isSigned } from './signature.ts';

/**
 * A process that stands for SES, DynamoDB and a mail server on this machine's loopback, so that what
 * they do is not measured with us. It checks every signature, takes so many mails a second and no
 * more, and throttles the rest entry by entry.
 */
export const STUB_SECRET = 'only-on-the-loopback';
const [rateText = 'Infinity'] = process.argv.slice(2);
const rate = Number(rateText);

const counts = { unsigned: 0, taken: 0, throttled: 0, bytes: 0, calls: 0, mostInASecond: 0 };
const Bulk = z.object({ BulkEmailEntries: z.array(z.unknown()) });
/** When the mails of the last second came, and how many at once. */
let recent: { readonly at: number; readonly mails: number }[] = [];

function take(mails: number): number {
  const now = performance.now();
  recent = recent.filter(({ at }) => at > now - 1_000);
  const before = recent.reduce((sum, one) => sum + one.mails, 0);
  const taken = Math.max(0, Math.min(mails, rate - before));
  if (taken > 0) recent.push({ at: now, mails: taken });
  counts.mostInASecond = Math.max(counts.mostInASecond, before + mails);
  counts.taken += taken;
  counts.throttled += mails - taken;
  return taken;
}

const aws = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const isOurs = isSigned(request, body, STUB_SECRET);
    if (!isOurs) counts.unsigned += 1;
    const reply = isOurs ? answer(request, body) : { message: 'signature does not match' };
    response.writeHead(isOurs ? 200 : 403, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply));
  });
});

function answer({ url = '', method }: IncomingMessage, body: Buffer): object {
  if (url.endsWith('/outbound-bulk-emails')) {
    const { BulkEmailEntries: entries } = Bulk.parse(JSON.parse(body.toString()));
    counts.bytes += body.length;
    counts.calls += 1;
    const taken = take(entries.length);
    return {
      BulkEmailEntryResults: entries.map((_, index) =>
        index < taken
          ? { Status: 'SUCCESS', MessageId: `m${counts.taken}-${index}` }
          : { Status: 'ACCOUNT_THROTTLED', Error: 'Maximum sending rate exceeded.' },
      ),
    };
  }
  if (url.endsWith('/outbound-emails')) {
    counts.bytes += body.length;
    counts.calls += 1;
    take(1);
    return { MessageId: `m${counts.taken}` };
  }
  if (url.endsWith('/account') && method === 'GET')
    return {
      SendQuota: { Max24HourSend: 1_000_000, MaxSendRate: rate, SentLast24Hours: 0 },
      SendingEnabled: true,
    };
  return {};
}

const mail = createMailServer((socket) => converse(socket));

function converse(socket: Socket): void {
  let inMessage = false;
  let rest = '';
  const hear = (line: string) => {
    if (inMessage) {
      if (line !== '.') return;
      inMessage = false;
      counts.taken += 1;
      return void socket.write('250 taken\r\n');
    }
    if (line === 'DATA') inMessage = true;
    const says = line === 'DATA' ? '354 go on' : line === 'QUIT' ? '221 bye' : '250 ok';
    socket.write(`${says}\r\n`);
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    counts.bytes += inMessage ? chunk.length : 0;
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(hear);
  });
  socket.write('220 stub\r\n');
}

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
aws.listen(0, '127.0.0.1', () =>
  mail.listen(0, '127.0.0.1', () => process.send?.({ aws: portOf(aws), mail: portOf(mail) })),
);
process.on('message', () => process.send?.(counts));
