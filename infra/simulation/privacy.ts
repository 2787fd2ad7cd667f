import type { MailCall } from '../../functions/base/ports.ts';
import type { Account } from './account.ts';
import { SECRET } from './cast.ts';

const URLS = /https?:\/\/[^\s"'<>)\]]+/g;
type Level = 'info' | 'warn' | 'error';
const LEVELS: readonly Level[] = ['info', 'warn', 'error'];

/** What a log line of the product says, as far as the judges ask. */
type LogLine = {
  readonly level: Level;
  readonly event: string;
  readonly error?: string;
  readonly mailing?: string;
};

/** Listens to the console for a run: no line may tell who somebody is, and no fault may pass unseen. */
export class Privacy {
  readonly #account: Account;
  readonly #isFault: (line: LogLine) => boolean;
  readonly #before = { ...console };

  constructor(account: Account, isFault: (line: LogLine) => boolean) {
    this.#account = account;
    this.#isFault = isFault;
  }

  listen(): void {
    for (const level of LEVELS)
      console[level] = (...parts: unknown[]) => this.#heard(parts.map(String).join(' '));
  }

  stop(): void {
    Object.assign(console, this.#before);
  }

  called({ destinations }: MailCall): void {
    this.#account.asks('I13', destinations.length);
    for (const { data, headers } of destinations)
      for (const text of [...Object.values(data), ...Object.values(headers)])
        if (text.includes(SECRET))
          for (const [url] of text.matchAll(URLS))
            if (url.includes(SECRET))
              this.#account.breaks('I13', 'a link in a mail tells who its reader is');
  }

  #heard(text: string): void {
    this.#account.asks('I13');
    this.#account.note(undefined, () => `log: ${text}`);
    if (text.includes(SECRET) || text.includes('@example.org'))
      this.#account.breaks('I13', `a log line tells who somebody is: ${text}`);
    const line = JSON.parse(text) as LogLine;
    if (this.#isFault(line))
      this.#account.breaks('fault', `the product failed without an outside cause: ${text}`);
  }
}
