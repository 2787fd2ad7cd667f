import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export type Taken = { readonly to: string; readonly raw: string };
/** What the server says to a command or to a finished message; `undefined` hangs up without a word. */
export type Answers = {
  readonly hello?: string;
  readonly from?: (address: string) => string | undefined;
  readonly to?: (address: string) => string | undefined;
  readonly data?: () => string | undefined;
  readonly end?: (to: string) => string | undefined;
  readonly extensions?: readonly string[];
};

/** A mail server of a few lines that does as it is told, for every way a mail can fail. */
export async function smtpServer(answers: Answers = {}) {
  const taken: Taken[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    converse(socket, answers, taken);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, answers: Answers, taken: Taken[]): void {
  let to = '';
  let message: string[] | undefined;
  let rest = '';
  const say = (text: string | undefined) =>
    text === undefined ? void socket.destroy() : void socket.write(`${text}\r\n`);
  const hear = (line: string) => {
    if (message) {
      if (line !== '.') return void message.push(line.replace(/^\./, ''));
      const raw = message.join('\r\n');
      message = undefined;
      const answer = answers.end ? answers.end(to) : '250 taken';
      if (answer?.startsWith('2') ?? true) taken.push({ to, raw });
      return say(answer);
    }
    const address = /<(.*)>/.exec(line)?.[1] ?? '';
    if (line.startsWith('EHLO'))
      say(
        ['250-test', ...(answers.extensions ?? []).map((word) => `250-${word}`), '250 SIZE'].join(
          '\r\n',
        ),
      );
    else if (line.startsWith('MAIL')) say(answers.from ? answers.from(address) : '250 ok');
    else if (line.startsWith('RCPT')) {
      to = address;
      say(answers.to ? answers.to(address) : '250 ok');
    } else if (line === 'DATA') {
      const answer = answers.data ? answers.data() : '354 go on';
      if (answer?.startsWith('354')) message = [];
      say(answer);
    } else say(line === 'QUIT' ? '221 bye' : '250 ok');
  };
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(hear);
  });
  say(answers.hello ?? '220 test');
}
