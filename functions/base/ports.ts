import type { Instant } from './time.ts';

/** Everything the rooms need from the outside. AWS, the laptop and the simulator each provide one of each. */
export type Ports = {
  readonly now: () => Instant;
  /** A few seconds at most: what must wait longer stands in a queue or on the agenda. */
  readonly wait: (ms: number) => Promise<void>;
  /** That many bytes of chance; a simulation owns them. */
  readonly random: (bytes: number) => Uint8Array;
  readonly table: Table;
  readonly mailer: Mailer;
  readonly queue: Queue;
  readonly files: Files;
  readonly secrets: Secrets;
  /** Where readers reach us, without a slash at the end. */
  readonly publicUrl: string;
  /** The clock is moved by hand, as in a demo: nothing comes due by itself. */
  readonly timeStands?: true;
  /** There, what is made in one moment is told apart: a number that grows with every call. */
  readonly order?: () => number;
};

/** Links outlive keys: `current` seals, any of `keys` opens. `addresses` makes fingerprints. */
export type Secrets = {
  readonly links: { readonly current: string; readonly keys: Readonly<Record<string, string>> };
  readonly addresses: string;
};

export type TableName = 'people' | 'records';
export type Key = { readonly in: TableName; readonly pk: string; readonly sk: string };

/** A row's place in its table's one sparse index: when it is next due, spread over shards. */
export type Due = { readonly shard: number; readonly at: Instant };
export const DUE_SHARDS = 64;

/** Data is JSON and comes back unparsed: each room's `store.ts` reads it with its own schema. */
export type Row = {
  readonly key: Key;
  readonly version: number;
  readonly data: unknown;
  readonly due?: Due;
};

/**
 * A row to put, remove or add to. `expected` is the version read (0: not there yet); leave it out
 * only where the last writer may win. `add` sums counters, creates the row, and needs no version.
 */
export type Write =
  | {
      readonly kind: 'put';
      readonly key: Key;
      readonly data: unknown;
      readonly due?: Due;
      readonly expected?: number;
    }
  | { readonly kind: 'remove'; readonly key: Key; readonly expected?: number }
  | {
      readonly kind: 'add';
      readonly key: Key;
      readonly counters: Readonly<Record<string, number>>;
    };

/** `conflict`: some row was not at its expected version, so nothing of that write was done. */
export type Outcome = 'written' | 'conflict';

export const TABLE_LIMITS = {
  rowsAtOnce: 100,
  rowBytes: 400 * 1024,
  pageBytes: 1024 * 1024,
} as const;

export type Range = {
  readonly prefix?: string;
  /** Sort keys strictly after (or, newest first, strictly before) this one. */
  readonly after?: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
};

/** One page of a scan; `next` is opaque, and undefined when the segment has been read to its end. */
export type ScanPage = { readonly rows: readonly Row[]; readonly next: string | undefined };

/** Of people: all that is kept of them, or their reader rows alone, which is half of the reading. */
export type ScannedRows = 'all' | 'readers';

export interface Table {
  get(key: Key): Promise<Row | undefined>;
  /** In the order asked, `undefined` where there is none. Any number of keys. */
  getMany(keys: readonly Key[]): Promise<(Row | undefined)[]>;
  /** The rows of one partition in the order of their sort keys, page by page underneath. */
  query(table: TableName, pk: string, range?: Range): AsyncIterable<Row>;
  /** One page of one of `of` segments of people, in a stable order; the rows of a person stay together. */
  scanPeople(
    segment: { readonly index: number; readonly of: number },
    from: string | undefined,
    limit: number,
    rows?: ScannedRows,
  ): Promise<ScanPage>;
  /** Rows of one shard that are due at or before a moment, earliest first. The index may be a little stale. */
  due(
    table: TableName,
    shard: number,
    until: Instant,
    after?: { readonly at: Instant; readonly pk: string; readonly sk: string },
  ): AsyncIterable<Row>;
  /** All of them or none; at most `rowsAtOnce`, each row named once. */
  writeAll(writes: readonly Write[]): Promise<Outcome>;
  /** Each on its own, with its own outcome, in the order given. Any number. */
  writeEach(writes: readonly Write[]): Promise<Outcome[]>;
}

/** The lines a worker stands behind. Service mail never waits behind a campaign. */
export type Line = 'service' | 'editorial' | 'work';
export type Message = {
  readonly body: unknown;
  /** Messages of one group share fairly with other groups (a campaign's id). */
  readonly group?: string;
  /** At most 900 seconds; what must wait longer stands on the agenda. */
  readonly delaySeconds?: number;
};

/** At least once, in any order. */
export interface Queue {
  post(line: Line, messages: readonly Message[]): Promise<void>;
}

/** Fixed text of one letter in one language. Holes stand in it as `{{h0}}`, `{{h1}}`, each filled per reader. */
export type WireTemplate = {
  /** Names this exact content, so that it can be stored with the provider once. */
  readonly id: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

export type Destination = {
  readonly to: string;
  /** What fills each hole, already escaped for its place. */
  readonly data: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Letters, digits, `_` and `-` only: which delivery row and line this is. */
  readonly tags: Readonly<Record<string, string>>;
};

/** One call to the provider: what everybody in it shares, and one destination a reader. */
export type MailCall = {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
  readonly category: 'transactional' | 'editorial' | 'lifecycle';
  readonly template: WireTemplate;
  readonly destinations: readonly Destination[];
};
export const DESTINATIONS_A_CALL = 50;

/**
 * What became of one destination. `later` was not accepted and may be offered again; `blocked`
 * stops everything until a human or a probe says otherwise; `refused` is final for this person;
 * `uncertain` may have been accepted: nobody knows, so nobody sends it again by itself.
 */
export type MailOutcome =
  /** `delivered`: it is in its reader's mailbox already, as on a laptop. */
  | { readonly kind: 'accepted'; readonly messageId: string; readonly delivered?: boolean }
  | { readonly kind: 'later'; readonly reason: string }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'uncertain'; readonly reason: string };

/** What is known of a mail whose answer was lost: that answer itself, where the provider keeps it. */
export type MailFound =
  Extract<MailOutcome, { kind: 'accepted' }> | 'accepted' | 'never-came' | 'unknown';

export type MailAccount = {
  /** `Infinity` where nothing limits it. */
  readonly ratePerSecond: number;
  readonly quotaPerDay: number;
  readonly sentLastDay: number;
  readonly sending: boolean;
};

export interface Mailer {
  /** Offers the mails once, never twice, and answers one outcome a destination in the same order. It does not throw. */
  send(call: MailCall): Promise<MailOutcome[]>;
  account(): Promise<MailAccount>;
  /** Nothing leaves the machine: mail goes to a mailbox to look into. */
  readonly staysHere?: true;
  /** An address of the provider's own that takes every mail, where its events tell what became of it. */
  readonly canary?: string;
  /**
   * What the provider knows of a doubtful line, where it can be asked at once (the laptop's mailbox).
   * `unknown` where only its events can tell (SES).
   */
  find(tags: Readonly<Record<string, string>>): Promise<MailFound>;
}

/** Pictures, imports and exports: larger than a row. Keys are ours, never a visitor's. */
export interface Files {
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  get(key: string): Promise<{ readonly bytes: Uint8Array; readonly type: string } | undefined>;
  remove(key: string): Promise<void>;
}
