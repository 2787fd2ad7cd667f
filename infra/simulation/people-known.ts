import type { Pending } from '../../functions/consent/pending.ts';
import type { Profile } from '../../functions/people/person.ts';
import type { Member } from './cast.ts';

/** Who is who: the cast's names, the ids the product gave them, and their addresses. */
export class PeopleKnown {
  readonly #members = new Map<string, Member>();
  readonly #idOf = new Map<string, string>();
  readonly #nameOfId = new Map<string, string>();
  readonly #nameOfAddress = new Map<string, string>();

  constructor(cast: readonly Member[]) {
    for (const member of cast) {
      this.#members.set(member.name, member);
      this.#nameOfAddress.set(member.email, member.name);
    }
  }

  meet(name: string, personId: string): void {
    this.#idOf.set(name, personId);
    this.#nameOfId.set(personId, name);
  }

  /** They signed up and have not confirmed yet: their sign-up has an id of its own. */
  asked({ email, pendingId }: Pick<Pending, 'email' | 'pendingId'>): void {
    this.#nameOfId.set(pendingId, this.nameAt(email));
  }

  /** Somebody came in, whoever brought them. */
  met({ email, personId }: Pick<Profile, 'email' | 'personId'>): void {
    this.meet(this.nameAt(email), personId);
  }

  member(name: string): Member | undefined {
    return this.#members.get(name);
  }

  /** Undefined before they joined. */
  idOf(name: string): string | undefined {
    return this.#idOf.get(name);
  }

  nameOf(personId: string): string {
    return this.#nameOfId.get(personId) ?? personId;
  }

  nameAt(address: string): string {
    return this.#nameOfAddress.get(address) ?? address;
  }

  isRefused(address: string): boolean {
    return this.#members.get(this.nameAt(address))?.refused ?? false;
  }
}
