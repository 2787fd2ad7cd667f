import type { MailCall } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';

/** What the mails of one call share, and the addresses it reached, as JSON. */
export type KeptCall = {
  /** The number of its first mail; the others count on from there. */
  readonly id: number;
  readonly at: Instant;
  readonly tags: string;
  readonly recipients: string;
  readonly lines: string;
  readonly from_name: string;
  readonly from_address: string;
  readonly reply_to: string | null;
  readonly category: MailCall['category'];
  readonly template: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly contents: string;
};

/**
 * One line a call and one for what fills its holes: a mail of its own line would cost more than all
 * the rest of sending it. A search by address reads the first, so it holds nothing wide.
 */
const SCHEMA = `
  create table if not exists mailbox_templates (
    id text primary key, subject text not null, html text not null, text text not null) strict;
  create table if not exists mailbox_calls (
    id integer primary key, at integer not null, template text not null, from_name text not null,
    from_address text not null, reply_to text, category text not null, tags text not null,
    mails integer not null, recipients text not null, lines text not null) strict;
  create index if not exists mailbox_calls_tags on mailbox_calls (tags);
  create table if not exists mailbox_contents (call integer primary key, contents text not null) strict;`;

const WHOLE = `
  select calls.id, at, tags, recipients, lines, from_name, from_address, reply_to, category,
    template, subject, html, text, contents
  from mailbox_calls as calls join mailbox_contents on call = calls.id
    join mailbox_templates as templates on templates.id = template`;
const TO = `(?1 = '' or exists
  (select 1 from json_each(recipients) where value = ?1 collate nocase))`;

export function mailStatements(database: Database) {
  database.define(SCHEMA);
  return {
    keepTemplate: database.prepare(
      'insert or ignore into mailbox_templates (id, subject, html, text) values (?, ?, ?, ?)',
    ),
    keepCall: database.prepare<{ id: number }>(
      `insert into mailbox_calls (id, at, template, from_name, from_address, reply_to, category,
         tags, mails, recipients, lines)
       values ((select coalesce(max(id + mails), 1) from mailbox_calls where id =
         (select max(id) from mailbox_calls)), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    ),
    keepContents: database.prepare('insert into mailbox_contents (call, contents) values (?, ?)'),
    byTags: database.prepare<{ id: number }>(
      `select mailbox_calls.id + key as id from mailbox_calls, json_each(lines)
       where tags = ? and value is ? limit 1`,
    ),
    sentSince: database.prepare<{ mails: number }>(
      'select coalesce(sum(mails), 0) as mails from mailbox_calls where at > ?',
    ),
    count: database.prepare<{ mails: number }>(
      'select coalesce(sum(mails), 0) as mails from mailbox_calls',
    ),
    countTo: database.prepare<{ mails: number }>(
      `select count(*) as mails from mailbox_calls, json_each(recipients)
       where value = ? collate nocase`,
    ),
    holding: database.prepare<KeptCall>(
      `${WHOLE} where calls.id <= ? order by calls.id desc limit 1`,
    ),
    after: database.prepare<KeptCall>(
      `${WHOLE} where ${TO} and calls.id > ?2 order by calls.id limit 1`,
    ),
    before: database.prepare<KeptCall>(
      `${WHOLE} where ${TO} and calls.id < ?2 order by calls.id desc limit 1`,
    ),
  };
}
