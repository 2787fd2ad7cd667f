import type { MailCall } from '../../functions/base/ports.ts';
import { keys } from '../../functions/base/keys.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { campaignOf } from '../../functions/mail/mailing.ts';
import type { Delivery } from '../../functions/mail/delivery.ts';
import type { Publication } from '../../functions/mail/publication.ts';
import type { Reader } from '../../functions/people/person.ts';
import type { MemoryTable } from './memory-table.ts';

type Sent = { readonly personId: string; readonly numbers: readonly number[] };

/** Who got what before it was put right, and so is told; nobody else is. */
export class Corrections {
  readonly #memory: MemoryTable;
  readonly #publications: ReadonlyMap<number, Publication>;
  /** The mails that were called with what is right by now. */
  readonly #right = new Map<string, Set<number>>();
  readonly #got = new Map<number, Set<string>>();
  readonly #wrong = new Map<number, Set<string>>();
  readonly #originalOf = new Map<string, string>();
  /** Of a correction's mailing, who must be on its log. */
  readonly #owed = new Map<string, ReadonlySet<string>>();

  constructor(memory: MemoryTable, publications: ReadonlyMap<number, Publication>) {
    this.#memory = memory;
    this.#publications = publications;
  }

  called(
    { template, destinations }: MailCall,
    numbersOf: (to: string, mailing: string) => readonly number[],
  ): void {
    for (const { to, tags } of destinations)
      for (const number of numbersOf(to, tags['mailing'] ?? '')) {
        const publication = this.#publications.get(number);
        if (!publication || publication.correctedAt === null) continue;
        const isRight = Object.values(publication.subject).some(
          (subject) => template.subject.includes(subject) || template.text.includes(subject),
        );
        const name = nameOf(tags);
        if (isRight) this.#right.set(name, (this.#right.get(name) ?? new Set()).add(number));
      }
  }

  accepted({ personId, numbers }: Sent, tags: Readonly<Record<string, string>>): void {
    for (const number of numbers) {
      this.#got.set(number, (this.#got.get(number) ?? new Set()).add(personId));
      if (this.#right.get(nameOf(tags))?.has(number)) continue;
      this.#wrong.set(number, (this.#wrong.get(number) ?? new Set()).add(personId));
    }
  }

  /** What it puts right is kept from the first time it is told. */
  campaignWritten({ campaignId, corrects }: Campaign): void {
    if (corrects !== null && !this.#originalOf.has(campaignId))
      this.#originalOf.set(campaignId, corrects);
  }

  /** The number of what a mailing puts right, if it is a correction. */
  corrected(mailingId: string): number | undefined {
    const original = this.#originalOf.get(campaignOf(mailingId) ?? '');
    if (original === undefined) return undefined;
    const row = this.#memory.get(keys.campaign(original));
    return (row?.data as Campaign | undefined)?.number ?? undefined;
  }

  /** It begins: who had the wrong one, and is known to have it, is owed the right one. */
  begins(mailingId: string, number: number): void {
    const known = new Set<string>();
    const own = this.#publications.get(number)?.mailingId;
    for (const { key, data } of this.#memory.all('records')) {
      if (!key.pk.startsWith('log#')) continue;
      const { mailingId: of, lines } = data as Delivery;
      for (const { p, o, n = [] } of lines)
        if (o === 'accepted' && (of === own || n.includes(number))) known.add(p);
    }
    this.#owed.set(mailingId, known.intersection(this.#wrong.get(number) ?? new Set()));
  }

  /** Its plan is made: whom it must reach, and whom it must not. */
  planned(mailingId: string, number: number) {
    const got = this.#got.get(number) ?? new Set<string>();
    const meeting = new Set<string>();
    const others = new Set<string>();
    for (const { key, data } of this.#memory.all('people')) {
      if (key.sk !== 'reader') continue;
      const { personId } = data as Reader;
      if (this.#owed.get(mailingId)?.has(personId)) meeting.add(personId);
      if (!got.has(personId)) others.add(personId);
    }
    return { meeting, others };
  }
}

const nameOf = ({ mailing, batch, line }: Readonly<Record<string, string>>) =>
  `${mailing} ${batch} ${line}`;
