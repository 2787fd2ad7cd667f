import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailOutcome } from '../../functions/base/ports.ts';
import { SECOND } from '../../functions/base/time.ts';
import { outcomeOfFault, type SmtpFault, type Stage } from './smtp-outcome.ts';

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else it is taken where the server offers it. */
  readonly secure: boolean;
  readonly login?: { readonly user: string; readonly pass: string };
};
type Failure = Exclude<MailOutcome, { kind: 'accepted' }>;
export type SmtpMail = {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
  readonly messageId: string;
};

const LIMITS = {
  connectionTimeout: 20 * SECOND,
  greetingTimeout: 20 * SECOND,
  socketTimeout: 60 * SECOND,
};
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** One open connection to the mail server. It offers each mail once, and knows how far it came. */
export class SmtpLine {
  readonly #connection: SMTPConnection;
  #closed = false;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    connection.on('error', () => (this.#closed = true));
    connection.on('end', () => (this.#closed = true));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** A line ready to send, or why there is none. */
  static async open({ login, ...server }: SmtpServer): Promise<SmtpLine | Failure> {
    // A password never travels in the open, except inside this machine.
    const requireTLS = login !== undefined && !LOOPBACK.test(server.host);
    const connection = new SMTPConnection({ ...server, ...LIMITS, requireTLS });
    const line = new SmtpLine(connection);
    try {
      await line.#untilClosed<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.connect((error) => (error ? reject(error) : resolve()));
      });
      if (login)
        await line.#untilClosed<void>((resolve, reject) => {
          connection.login(login, (error) => (error ? reject(error) : resolve()));
        });
      return line;
    } catch (error) {
      line.close();
      return outcomeOfFault('connect', error as SmtpFault);
    }
  }

  async send({ from, to, raw, messageId }: SmtpMail): Promise<MailOutcome> {
    let stage: Stage = 'envelope';
    // The message is asked for only once the server has said it listens.
    const message = new Readable({
      read() {
        stage = 'message';
        this.push(raw);
        this.push(null);
      },
    });
    try {
      await this.#untilClosed<void>((resolve, reject) =>
        this.#connection.send({ from, to: [to] }, message, (error) =>
          error ? reject(error) : resolve(),
        ),
      );
      return { kind: 'accepted', messageId };
    } catch (error) {
      this.close();
      return outcomeOfFault(stage, error as SmtpFault);
    }
  }

  /** Takes leave of the server; what is not answered by now is not waited for. */
  close(): void {
    if (!this.#closed) this.#connection.quit();
    this.#closed = true;
    this.#connection.close();
  }
  /** A server that hangs up ends every wait; what it said before that comes first. */
  async #untilClosed<Value>(
    work: (resolve: (value: Value) => void, reject: (why: Error) => void) => void,
  ): Promise<Value> {
    let ended = () => {};
    try {
      return await new Promise<Value>((resolve, reject) => {
        ended = () => setImmediate(reject, new Error('the server closed the connection'));
        this.#connection.once('end', ended);
        work(resolve, reject);
      });
    } finally {
      this.#connection.off('end', ended);
    }
  }
}
