import type { SESv2Client } from '@aws-sdk/client-sesv2';
import {
  CreateEmailTemplateCommand,
  DeleteEmailTemplateCommand,
  ListEmailTemplatesCommand,
} from '@aws-sdk/client-sesv2';
import type { WireTemplate } from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { DAY, MINUTE, SECOND } from '../base/time.ts';

/** All that is ours begins so; whatever else the account keeps stays. */
export const PREFIX = 'moderato-';
/** Smaller letters travel with their calls: storing them would save less than it costs. */
const WORTH_STORING_BYTES = 4 * 1024;
/** SES makes one template a second for the whole account, and the workers are many. */
const APART_MS = SECOND;
const AFTER_A_FAULT_MS = 20 * SECOND;
/** Nobody's mail waits longer for this than for its own answer. */
const ANSWER_WITHIN_MS = 2 * SECOND;
const TIDY_EVERY_MS = 10 * MINUTE;
const REMOVED_AT_ONCE = 5;
const KEPT_MS = 30 * DAY;
const KNOWN_MOST = 1_000;

type Setup = {
  readonly client: SESv2Client;
  readonly now: () => Instant;
  readonly chance: () => number;
};

/**
 * Letters kept at SES, so that a call carries only what differs from reader to reader. A letter goes
 * with its calls until it is known to be there, and whenever it is not.
 */
export class StoredTemplates {
  readonly #client: SESv2Client;
  readonly #now: () => Instant;
  readonly #chance: () => number;
  readonly #there = new Set<string>();
  readonly #seen = new Set<string>();
  #createAt = 0;
  #tidyAt = 0;
  #listFrom: string | undefined;

  constructor({ client, now, chance }: Setup) {
    this.#client = client;
    this.#now = now;
    this.#chance = chance;
  }

  /** The name it is kept under, if it is. */
  nameOf({ id }: WireTemplate): string | undefined {
    return this.#there.has(id) ? PREFIX + id : undefined;
  }

  /** It turned out not to be there. */
  forget({ id }: WireTemplate): void {
    this.#there.delete(id);
    this.#seen.delete(id);
  }

  /** Keeps a letter that comes a second time, if it is time for it. It never throws: it can always wait. */
  async keep(template: WireTemplate): Promise<void> {
    const { id } = template;
    if (this.#there.has(id) || !isWorthStoring(template)) return;
    if (!this.#seen.has(id)) {
      remember(this.#seen, id);
      return;
    }
    const now = this.#now();
    if (now < this.#createAt) return;
    this.#createAt = now + APART_MS;
    try {
      if (await this.#create(template)) await this.#tidy();
    } catch {
      this.#createAt = now + AFTER_A_FAULT_MS * (1 + this.#chance());
    }
  }

  /** False when another worker was faster. */
  async #create({ id, subject, html, text }: WireTemplate): Promise<boolean> {
    try {
      await this.#client.send(
        new CreateEmailTemplateCommand({
          TemplateName: PREFIX + id,
          TemplateContent: { Subject: subject, Html: html, Text: text },
        }),
        inTime(),
      );
      remember(this.#there, id);
      return true;
    } catch (fault) {
      if ((fault as Error).name !== 'AlreadyExistsException') throw fault;
      remember(this.#there, id);
      return false;
    }
  }

  /** Removes a few that are old, page after page, time after time. */
  async #tidy(): Promise<void> {
    const now = this.#now();
    if (now < this.#tidyAt) return;
    this.#tidyAt = now + TIDY_EVERY_MS;
    const { TemplatesMetadata = [], NextToken } = await this.#client.send(
      new ListEmailTemplatesCommand({
        PageSize: 100,
        ...(this.#listFrom !== undefined && { NextToken: this.#listFrom }),
      }),
      inTime(),
    );
    const old = TemplatesMetadata.filter(
      ({ TemplateName = '', CreatedTimestamp }) =>
        TemplateName.startsWith(PREFIX) &&
        CreatedTimestamp !== undefined &&
        CreatedTimestamp.getTime() < now - KEPT_MS,
    );
    for (const { TemplateName } of old.slice(0, REMOVED_AT_ONCE))
      await this.#client.send(new DeleteEmailTemplateCommand({ TemplateName }), inTime());
    // A page with more of them is read again the next time.
    if (old.length <= REMOVED_AT_ONCE) this.#listFrom = NextToken;
  }
}

const inTime = () => ({ abortSignal: AbortSignal.timeout(ANSWER_WITHIN_MS) });

function isWorthStoring({ id, subject, html, text }: WireTemplate): boolean {
  return (
    /^[\w-]{1,50}$/.test(id) &&
    Buffer.byteLength(subject) + Buffer.byteLength(html) + Buffer.byteLength(text) >=
      WORTH_STORING_BYTES
  );
}

function remember(ids: Set<string>, id: string): void {
  if (ids.size >= KNOWN_MOST) ids.clear();
  ids.add(id);
}
