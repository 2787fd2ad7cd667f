import type { MailCall } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Database } from './database.ts';

/** A mail as it is kept: what it shares with others stands once, in its template and its call. */
export type KeptMail = {
  readonly id: number;
  readonly at: Instant;
  readonly recipient: string;
  readonly tags: string;
  readonly from_name: string;
  readonly from_address: string;
  readonly reply_to: string | null;
  readonly category: MailCall['category'];
  readonly template: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly data: string;
  readonly headers: string;
};

/** The narrow table is what a search by address reads, so it holds nothing wide. */
const SCHEMA = `
  create table if not exists mail_templates (
    id text primary key, subject text not null, html text not null, text text not null) strict;
  create table if not exists mail_calls (
    id integer primary key, at integer not null, template text not null, from_name text not null,
    from_address text not null, reply_to text, category text not null, mails integer not null) strict;
  create table if not exists mails (
    id integer primary key, call integer not null, recipient text not null, tags text not null) strict;
  create index if not exists mails_tags on mails (tags);
  create table if not exists mail_contents (
    id integer primary key, data text not null, headers text not null) strict;`;

const WHOLE = `
  select mails.id, at, recipient, tags, from_name, from_address, reply_to, category, template,
    subject, html, text, data, headers
  from mails join mail_contents using (id) join mail_calls on mail_calls.id = call
    join mail_templates on mail_templates.id = template`;
const TO = `(?1 = '' or recipient = ?1 collate nocase)`;

export function mailStatements(database: Database) {
  database.define(SCHEMA);
  return {
    keepTemplate: database.prepare(
      'insert or ignore into mail_templates (id, subject, html, text) values (?, ?, ?, ?)',
    ),
    keepCall: database.prepare<{ id: number }>(
      `insert into mail_calls (at, template, from_name, from_address, reply_to, category, mails)
       values (?, ?, ?, ?, ?, ?, ?) returning id`,
    ),
    keepMail: database.prepare<{ id: number }>(
      'insert into mails (call, recipient, tags) values (?, ?, ?) returning id',
    ),
    keepContent: database.prepare('insert into mail_contents (id, data, headers) values (?, ?, ?)'),
    byTags: database.prepare<{ id: number }>('select id from mails where tags = ? limit 1'),
    sentSince: database.prepare<{ mails: number }>(
      'select coalesce(sum(mails), 0) as mails from mail_calls where at > ?',
    ),
    one: database.prepare<KeptMail>(`${WHOLE} where mails.id = ?`),
    count: database.prepare<{ mails: number }>(`select count(*) as mails from mails where ${TO}`),
    after: database.prepare<KeptMail>(
      `${WHOLE} where ${TO} and mails.id > ?2 order by mails.id limit ?3`,
    ),
    before: database.prepare<KeptMail>(
      `${WHOLE} where ${TO} and mails.id < ?2 order by mails.id desc limit ?3`,
    ),
  };
}
