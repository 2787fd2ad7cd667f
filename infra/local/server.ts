import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { SECOND } from '../../functions/base/time.ts';
import { StartProblem } from './start-problem.ts';

export type Answer = (request: Request, bindings: object) => Response | Promise<Response>;
export type Listening = Awaited<ReturnType<typeof listen>>;

const LAST_ANSWERS_MS = 5 * SECOND;

/** Takes a port before there is anything to answer: who asks early waits, and nobody else can take it. */
export async function listen({ port, host }: { readonly port: number; readonly host: string }) {
  const answer = Promise.withResolvers<Answer>();
  const fetch = async (request: Request, bindings: object) =>
    (await answer.promise)(request, bindings);
  const open = (hostname: string, at: number) =>
    opened(createAdaptorServer({ fetch, hostname }), at, hostname);

  const first = await open(host === 'localhost' ? '127.0.0.1' : host, port);
  const { port: taken } = first.address() as AddressInfo;
  const servers = [first];
  // A browser may try either address of `localhost`; a machine may have only one.
  if (host === 'localhost')
    await open('::1', taken).then((second) => servers.push(second), unlessNone);

  return {
    port: taken,
    serve: answer.resolve,
    /** Ends what is being answered, for a few seconds at most. */
    close: async () => {
      await Promise.all(servers.map(closed));
    },
  };
}

function opened(server: ServerType, port: number, host: string): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(whyNot(cause, port, host)));
    server.listen(port, host, () => resolve(server));
  });
}

function whyNot(cause: NodeJS.ErrnoException, port: number, host: string): Error {
  const choose = 'set PORT to another one, as PORT=3001 npm start';
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: stop what uses it, or ${choose}.`,
    EACCES: `Port ${port} is not yours to use: ${choose}.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set MODERATO_HOST to localhost or 0.0.0.0.`,
    EAI_AGAIN: `${host} is no address that this machine knows: set MODERATO_HOST to localhost or 0.0.0.0.`,
    ENOTFOUND: `${host} is no address of this machine: set MODERATO_HOST to localhost or 0.0.0.0.`,
  };
  const sentence = sentences[cause.code ?? ''];
  return sentence === undefined ? cause : new StartProblem(sentence, { cause });
}

/** Without IPv6 there is nothing to listen on; anything else is as bad as on the first address. */
function unlessNone(error: Error): void {
  const code = ((error.cause ?? error) as NodeJS.ErrnoException).code;
  if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') throw error;
}

function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => 'closeAllConnections' in server && server.closeAllConnections(),
      LAST_ANSWERS_MS,
    );
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
