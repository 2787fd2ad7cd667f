/** What the running house refused, in its own words. */
export class Refused extends Error {}

type Body = Readonly<Record<string, unknown>>;
type Answer<Value> = { readonly status: number; readonly value: Value };

/** The running house as a program of the brand meets it: its address, and a key. */
export class RunningHouse {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url.replace(/\/+$/, '');
    this.#key = key;
  }

  async get<Value>(path: string): Promise<Answer<Value>> {
    return this.#ask<Value>('GET', path);
  }

  async post<Value>(path: string, body?: Body): Promise<Answer<Value>> {
    return this.#ask<Value>('POST', path, body);
  }

  /** A few calls at a time, so that they share commits and nobody else waits long. */
  async inTurns<Item>(items: readonly Item[], call: (item: Item) => Promise<void>): Promise<void> {
    const queue = items.values();
    const hand = async () => {
      for (const item of queue) await call(item);
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, hand));
  }

  async #ask<Value>(method: string, path: string, body?: Body): Promise<Answer<Value>> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => {
      throw new Refused(`No house answers at ${this.#url}: start it with "npm start".`, { cause });
    });
    const text = await answer.text();
    if (!answer.ok && answer.status !== 404)
      throw new Refused(`${method} ${path} was answered ${answer.status}: ${wordsOf(text)}`);
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, value: (isJson ? JSON.parse(text) : undefined) as Value };
  }
}

const CALLS_AT_ONCE = 16;

/** A problem says what happened and where; anything else is cut short. */
function wordsOf(text: string): string {
  try {
    const { detail, errors = [] } = JSON.parse(text) as {
      detail: string;
      errors?: { path: string; detail: string }[];
    };
    return [detail, ...errors.slice(0, 5).map((error) => `${error.path}: ${error.detail}`)].join(
      ' ',
    );
  } catch {
    return text.slice(0, 200);
  }
}
