import { readersOf } from '../../functions/mail/first-part.ts';
import type { Mailing } from '../../functions/mail/mailing.ts';
import type { Account } from './account.ts';
import type { Accepted } from './provider.ts';

/** While a large mailing is not judged, no more of it leaves than was to go ahead. */
export class FirstPart {
  readonly #account: Account;
  readonly #mailings: ReadonlyMap<string, Mailing>;
  readonly #acceptedOf = new Map<string, Set<string>>();

  constructor(account: Account, mailings: ReadonlyMap<string, Mailing>) {
    this.#account = account;
    this.#mailings = mailings;
  }

  accepted({ destination }: Accepted): void {
    const { mailing = '', batch, line } = destination.tags;
    const left = this.#acceptedOf.get(mailing) ?? new Set<string>();
    this.#acceptedOf.set(mailing, left.add(`${batch} ${line}`));
    const count = left.size;
    const found = this.#mailings.get(mailing);
    if (!found?.first) return;
    this.#account.asks('care');
    const most = readersOf(found);
    if (count > most)
      this.#account.breaks('care', `${count} of ${mailing} left where ${most} go ahead`);
  }
}
