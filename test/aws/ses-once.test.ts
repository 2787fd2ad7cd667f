import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SesMailer, sendingClient } from '../../functions/aws/ses-mailer.ts';
import type { MailCall } from '../../functions/base/ports.ts';

/** Somebody who answers like SES would on a bad day, on this machine's own loopback. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server | undefined;
let calls = 0;

async function mailerAgainst(answer: Answer): Promise<SesMailer> {
  calls = 0;
  server = createServer((request, response) => {
    calls += 1;
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  return mailerAt((server.address() as AddressInfo).port);
}

function mailerAt(port: number): SesMailer {
  const client = sendingClient({
    region: 'eu-west-3',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    requestHandler: { connectionTimeout: 500, requestTimeout: 150, throwOnRequestTimeout: true },
  });
  return new SesMailer({ client, now: () => 0, configurationSet: 'letters' });
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((closed) => (server ? server.close(() => closed()) : closed()));
  server = undefined;
});

const callTo = (...names: string[]): MailCall => ({
  from: { name: 'Elise', address: 'elise@example.org' },
  category: 'editorial',
  template: { id: 't', subject: 's', html: '<p>h</p>', text: 't' },
  destinations: names.map((name) => ({
    to: `${name}@example.org`,
    data: {},
    headers: {},
    tags: { line: name },
  })),
});
const json = (status: number, body: unknown, type?: string): Answer => {
  return (_, response) =>
    response
      .writeHead(status, {
        'content-type': 'application/json',
        ...(type && { 'x-amzn-errortype': type }),
      })
      .end(JSON.stringify(body));
};

describe.each([
  ['one reader', ['ada']],
  ['many readers', ['ada', 'bob', 'cleo']],
])('a call to %s is made once, and left in doubt, when', (_, names) => {
  it.each<[string, Answer]>([
    ['the connection is reset after it was written', (request) => request.socket.resetAndDestroy()],
    ['the connection closes without an answer', (request) => request.socket.destroy()],
    ['SES answers 500', json(500, { message: 'oops' })],
    ['SES answers 503', json(503, {}, 'ServiceUnavailableException')],
    ['no answer comes in time', () => undefined],
    [
      'the answer breaks off in the middle',
      (request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"MessageId":', () => request.socket.destroy());
      },
    ],
  ])('%s', async (_reason, answer) => {
    const mailer = await mailerAgainst(answer);
    const outcomes = await mailer.send(callTo(...names));
    expect(outcomes.map(({ kind }) => kind)).toEqual(names.map(() => 'uncertain'));
    expect(calls).toBe(1);
  });
});

it('a throttled call is made once too: when to offer it again is not for the SDK to say', async () => {
  const mailer = await mailerAgainst(json(429, {}, 'TooManyRequestsException'));
  expect((await mailer.send(callTo('ada')))[0]?.kind).toBe('later');
  expect(calls).toBe(1);
});

it('what never reached SES is not in doubt: it may be offered again', async () => {
  await mailerAgainst(json(200, {}));
  const { port } = server!.address() as AddressInfo;
  await new Promise<void>((closed) => server!.close(() => closed()));
  server = undefined;
  expect((await mailerAt(port).send(callTo('ada')))[0]).toEqual({
    kind: 'later',
    reason: 'no-connection',
  });
});

it('a good answer over the real wire is read as accepted', async () => {
  const mailer = await mailerAgainst(json(200, { MessageId: 'm-1' }));
  expect(await mailer.send(callTo('ada'))).toEqual([{ kind: 'accepted', messageId: 'm-1' }]);
});
