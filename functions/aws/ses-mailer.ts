import type { SESv2ClientConfig } from '@aws-sdk/client-sesv2';
import {
  GetAccountCommand,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import type {
  Destination,
  MailAccount,
  MailCall,
  MailOutcome,
  Mailer,
  WireTemplate,
} from '../base/ports.ts';
import type { Instant } from '../base/time.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { fewAtOnce } from './few-at-once.ts';
import { withPlainBulkBodies } from './ses-bulk-body.ts';
import { faultOf, fill, knownOf, mailbox, Seen, wireAddress } from './ses-letter.ts';
import { outcomeOfEntry, outcomeOfFault, saysTemplateMissing } from './ses-outcome.ts';
import { StoredTemplates } from './ses-templates.ts';

const ANSWER_WITHIN = 10 * SECOND;
const CONNECT_WITHIN = 3 * SECOND;
const ACCOUNT_FRESH = MINUTE;
const SINGLES_AT_ONCE = 50;
/** After that many bulk calls in a row were throttled, mails go one by one for a while. */
const PATIENCE_WITH_BULK = 3;
const SINGLES_FOR = 5 * MINUTE;

/**
 * A client that offers a mail once. The SDK's own retry would send it twice after a lost answer,
 * because SES knows no idempotency token; and without a time limit that throws, it waits for ever.
 */
export function sendingClient(config: SESv2ClientConfig = {}): SESv2Client {
  return withPlainBulkBodies(
    new SESv2Client({
      requestHandler: {
        connectionTimeout: CONNECT_WITHIN,
        requestTimeout: ANSWER_WITHIN,
        throwOnRequestTimeout: true,
      },
      ...config,
      maxAttempts: 1,
    }),
  );
}

type Setup = {
  readonly client: SESv2Client;
  readonly now: () => Instant;
  readonly configurationSet: string;
  readonly chance?: () => number;
};

/** The stored letter is not there any more: nothing was accepted. */
const TEMPLATE_MISSING = 'template-missing';
type BulkOutcome = MailOutcome | typeof TEMPLATE_MISSING;

/** The `Mailer` port on SES v2. */
export class SesMailer implements Mailer {
  readonly #client: SESv2Client;
  readonly #now: () => Instant;
  readonly #configurationSet: string;
  readonly #templates: StoredTemplates;
  /** SES's own mailbox: it takes every mail, and its events come as for any other. */
  readonly canary = 'success@simulator.amazonses.com';
  #account: { readonly read: MailAccount; readonly at: Instant } | undefined;
  #bulkThrottled = 0;
  #singlesUntil = 0;

  constructor({ client, now, configurationSet, chance = Math.random }: Setup) {
    this.#client = client;
    this.#now = now;
    this.#configurationSet = configurationSet;
    this.#templates = new StoredTemplates({ client, now, chance });
  }

  async send(call: MailCall): Promise<MailOutcome[]> {
    const { holes } = knownOf(call.template);
    const seen = new Seen();
    const outcomes = call.destinations.map((mail): MailOutcome | undefined => {
      const reason = faultOf(mail, holes, seen);
      return reason === undefined ? undefined : { kind: 'refused', reason };
    });
    const fit = call.destinations.filter((_, index) => outcomes[index] === undefined);
    const offered = await this.#offer({ ...call, destinations: fit });
    let next = 0;
    return outcomes.map((outcome) => outcome ?? offered[next++]!);
  }

  async account(): Promise<MailAccount> {
    const at = this.#now();
    if (this.#account && at - this.#account.at < ACCOUNT_FRESH) return this.#account.read;
    const { SendQuota, SendingEnabled, EnforcementStatus } = await this.#client.send(
      new GetAccountCommand({}),
    );
    const perDay = SendQuota?.Max24HourSend ?? 0;
    const read = {
      ratePerSecond: SendQuota?.MaxSendRate ?? 0,
      quotaPerDay: perDay < 0 ? Number.MAX_SAFE_INTEGER : perDay,
      sentLastDay: SendQuota?.SentLast24Hours ?? 0,
      sending: SendingEnabled === true && EnforcementStatus !== 'SHUTDOWN',
    };
    this.#account = { read, at };
    return read;
  }

  /** SES cannot be asked about a mail by its tags: only its events tell. */
  async find(): Promise<'unknown'> {
    return 'unknown';
  }

  async #offer(call: MailCall): Promise<MailOutcome[]> {
    const single =
      call.destinations.length <= 1 ||
      this.#now() < this.#singlesUntil ||
      !knownOf(call.template).readsAlike;
    return single ? this.#offerSingly(call) : this.#offerTogether(call);
  }

  async #offerTogether(call: MailCall): Promise<MailOutcome[]> {
    const name = this.#templates.nameOf(call.template);
    const [offered] = await Promise.all([
      this.#offerInBulk(call, name),
      this.#templates.keep(call.template),
    ]);
    const missing = offered.filter((outcome) => outcome === TEMPLATE_MISSING).length;
    if (missing === 0) return offered as MailOutcome[];
    // Nothing of these was accepted: they go once more, and take their letter with them.
    this.#templates.forget(call.template);
    const destinations = call.destinations.filter((_, at) => offered[at] === TEMPLATE_MISSING);
    const again = (await this.#offerInBulk({ ...call, destinations }, undefined)).values();
    return offered.map((outcome) =>
      outcome === TEMPLATE_MISSING ? (again.next().value as MailOutcome) : outcome,
    );
  }

  async #offerInBulk(call: MailCall, name: string | undefined): Promise<BulkOutcome[]> {
    const template =
      name === undefined
        ? { TemplateContent: templateContent(call.template) }
        : { TemplateName: name };
    const shared = headersOfAll(call.destinations);
    try {
      const { BulkEmailEntryResults = [] } = await this.#client.send(
        new SendBulkEmailCommand({
          ...this.#shared(call),
          DefaultContent: { Template: { ...template, TemplateData: '{}', Headers: pairs(shared) } },
          BulkEmailEntries: call.destinations.map((mail) => bulkEntry(mail, shared)),
        }),
      );
      this.#bulkThrottled = 0;
      return call.destinations.map((_, index) => {
        const entry = BulkEmailEntryResults[index];
        return name !== undefined && entry?.Status === 'TEMPLATE_NOT_FOUND'
          ? TEMPLATE_MISSING
          : outcomeOfEntry(entry);
      });
    } catch (fault) {
      if (name !== undefined && saysTemplateMissing(fault))
        return call.destinations.map(() => TEMPLATE_MISSING);
      const outcome = outcomeOfFault(fault);
      // A call refused as a whole accepted nobody: one by one, only who is at fault is refused.
      if (outcome.kind === 'refused') return this.#offerSingly(call);
      if (outcome.kind === 'later' && outcome.reason === 'throttled') this.#noteThrottle();
      return call.destinations.map(() => outcome);
    }
  }

  async #offerSingly(call: MailCall): Promise<MailOutcome[]> {
    return fewAtOnce(call.destinations, SINGLES_AT_ONCE, async (mail) => {
      try {
        const { MessageId = '' } = await this.#client.send(
          new SendEmailCommand({
            ...this.#shared(call),
            Destination: { ToAddresses: [wireAddress(mail.to)!] },
            EmailTags: pairs(mail.tags),
            Content: { Simple: simpleContent(call.template, mail) },
          }),
        );
        return { kind: 'accepted', messageId: MessageId };
      } catch (fault) {
        return outcomeOfFault(fault);
      }
    });
  }

  /** Bulk calls may have a limit of their own below the rate of mails; then single ones go faster. */
  #noteThrottle(): void {
    this.#bulkThrottled += 1;
    if (this.#bulkThrottled < PATIENCE_WITH_BULK) return;
    this.#bulkThrottled = 0;
    this.#singlesUntil = this.#now() + SINGLES_FOR;
  }

  #shared(call: MailCall) {
    return {
      FromEmailAddress: mailbox(call.from),
      ReplyToAddresses: call.replyTo ? [wireAddress(call.replyTo) ?? call.replyTo] : undefined,
      ConfigurationSetName: this.#configurationSet,
    };
  }
}

function templateContent({ subject, html, text }: WireTemplate) {
  return { Subject: subject, Html: html, Text: text };
}

/** What is the same for every reader of a call travels once. */
function headersOfAll([first, ...others]: readonly Destination[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(first?.headers ?? {}).filter(([name, value]) =>
      others.every(({ headers }) => headers[name] === value),
    ),
  );
}

function bulkEntry(mail: Destination, shared: Readonly<Record<string, string>>) {
  const own = Object.entries(mail.headers).filter(([name]) => shared[name] === undefined);
  return {
    Destination: { ToAddresses: [wireAddress(mail.to)!] },
    ReplacementTags: pairs(mail.tags),
    ReplacementHeaders: own.length === 0 ? undefined : own.map(pair),
    ReplacementEmailContent: {
      ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(mail.data) },
    },
  };
}

function simpleContent({ subject, html, text }: WireTemplate, mail: Destination) {
  const content = (part: string) => ({ Data: fill(part, mail.data), Charset: 'UTF-8' });
  return {
    Subject: content(subject),
    Body: { Html: content(html), Text: content(text) },
    Headers: pairs(mail.headers),
  };
}

function pairs(of: Readonly<Record<string, string>>) {
  return Object.entries(of).map(pair);
}

const pair = ([Name, Value]: readonly [string, string]) => ({ Name, Value });
