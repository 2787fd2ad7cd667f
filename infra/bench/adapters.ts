import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { DynamoTable } from '../../functions/aws/dynamo-table.ts';
import { SesMailer, sendingClient } from '../../functions/aws/ses-mailer.ts';
import type { Destination, MailCall, Mailer, Ports } from '../../functions/base/ports.ts';
import { compileCampaign } from '../../functions/campaigns/compile.ts';
import { headersOf } from '../../functions/mail/headers.ts';
import { contextOf } from '../../functions/mail/personal.ts';
import { fillerOf } from '../../functions/mail/template/compile.ts';
import { Brand } from '../../functions/people/brand.ts';
import { readerWrite, peopleIn, type Person } from '../../functions/people/store.ts';
import { withTurn } from '../../functions/policy/turns.ts';
import { Database } from '../local/database.ts';
import { Mailbox } from '../local/mailbox.ts';
import { SmtpMailer } from '../local/smtp-mailer.ts';
import { BORN_AT, benchTown } from './bench-town.ts';
import { figure, stopwatch, type Figure } from './figure.ts';
import { letter } from './bench-letter.ts';
import { addReaders } from './readers.ts';

const BATCH = 50;
const AT_ONCE = 4;
/** Calls made before a measure begins: of a million mails by twenty workers, each makes ten times as many. */
const WARM = 100;
const STUB = fileURLToPath(new URL('provider-stub.ts', import.meta.url));
const SECRET = 'only-on-the-loopback';
const PortsOfStub = z.object({ aws: z.number(), mail: z.number() });
const Counts = z.object({
  unsigned: z.number(),
  taken: z.number(),
  throttled: z.number(),
  bytes: z.number(),
  calls: z.number(),
  mostInASecond: z.number(),
});

/** What one mail costs where it is claimed, rendered and handed over, and by which way it leaves. */
export async function adapters({ people }: { people: number }): Promise<Figure[]> {
  const { town, forget } = await benchTown(BORN_AT);
  const stub = await startStub(Infinity);
  try {
    await addReaders(town.ports, { people, mix: 'immediate', topic: 'news', at: BORN_AT });
    const batches = await batchesOf(town.ports, people);
    await renderAll(town.ports, batches.slice(0, WARM));
    const made = await renderAll(town.ports, batches);
    return [
      ...(await claims(stub, batches)),
      figure('rendering: CPU a mail', made.cpu, 'µs'),
      ...(await ways(stub, made.calls, people)),
    ];
  } finally {
    stub.process.kill();
    await forget();
  }
}

type Stub = { readonly process: ChildProcess; readonly aws: number; readonly mail: number };

export async function startStub(ratePerSecond: number): Promise<Stub> {
  const child = fork(STUB, [String(ratePerSecond)]);
  const [ports] = (await once(child, 'message')) as [unknown];
  return { process: child, ...PortsOfStub.parse(ports) };
}

export async function countsOf({ process: child }: Stub) {
  child.send('counts');
  const [counts] = (await once(child, 'message')) as [unknown];
  return Counts.parse(counts);
}

export const awsAt = ({ aws }: Stub) => ({
  region: 'eu-west-3',
  endpoint: `http://127.0.0.1:${aws}`,
  credentials: { accessKeyId: 'nobody', secretAccessKey: SECRET },
});

async function batchesOf({ table }: Ports, people: number): Promise<Person[][]> {
  const all: Person[] = [];
  let next: string | undefined;
  do {
    const page = await table.scanPeople({ index: 0, of: 1 }, next, 1_000);
    all.push(...peopleIn(page));
    ({ next } = page);
  } while (next !== undefined && all.length < people);
  return Array.from({ length: Math.floor(all.length / BATCH) }, (_, index) =>
    all.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** The same mails for every way: what differs is only how they leave. */
async function renderAll(ports: Ports, batches: readonly Person[][]) {
  const brand = Brand.parse({});
  const [compiled] = (await compileCampaign(letter(false), brand)).values();
  if (!compiled) throw new Error('the letter of the measure could not be made');
  const fill = fillerOf(compiled);
  const render = (people: readonly Person[], batch: number): MailCall => ({
    from: brand.sender,
    category: 'editorial',
    template: compiled.wire,
    destinations: people.map((person, line): Destination => {
      const context = contextOf(
        ports,
        { reader: person.reader.it, profile: person.profile.it },
        {
          brand,
          language: compiled.language,
          mailingId: 'c-bench',
          reason: 'subscribed',
          returned: false,
          topic: undefined,
          viewUrl: ports.publicUrl,
          now: ports.now(),
        },
      );
      const { unsubscribe } = context['links'] as { readonly unsubscribe: string };
      return {
        to: person.profile.it.email,
        data: fill(context),
        headers: headersOf({
          brand,
          fromAddress: brand.sender.address,
          mailingId: 'c-bench',
          category: 'editorial',
          unsubscribeUrl: unsubscribe,
        }),
        tags: { mailing: 'c-bench', batch: `0-${batch}`, line: String(line) },
      };
    }),
  });
  // A worker lets go of what has left: what is kept for the ways is rendered once more.
  const watch = stopwatch();
  for (const [batch, people] of batches.entries()) render(people, batch);
  const cpu = watch.cpuMicros() / (batches.length * BATCH);
  return { calls: batches.map(render), cpu };
}

/** One conditional write a reader, through the adapter for DynamoDB. */
async function claims(stub: Stub, batches: readonly Person[][]): Promise<Figure[]> {
  const table = new DynamoTable({
    client: new DynamoDBClient(awsAt(stub)),
    tables: { people: 'people', records: 'records' },
  });
  const few = batches.slice(0, 40);
  const watch = stopwatch();
  for (const people of few)
    await table.writeEach(
      people.map(({ reader: { it, version } }) =>
        readerWrite(
          withTurn(it, { m: 'c-bench', b: '0.0', a: 1, at: BORN_AT, c: 'e', n: [1] }),
          version,
        ),
      ),
    );
  return [figure('claim on DynamoDB: CPU a mail', watch.cpuMicros() / (few.length * BATCH), 'µs')];
}

async function ways(stub: Stub, calls: readonly MailCall[], people: number): Promise<Figure[]> {
  const ses = () =>
    new SesMailer({
      client: sendingClient(awsAt(stub)),
      now: () => Date.now(),
      configurationSet: 'letters',
    });
  const database = new Database(':memory:');
  const smtp = new SmtpMailer(database, () => Date.now(), {
    server: { host: '127.0.0.1', port: stub.mail, secure: false },
    ratePerSecond: Infinity,
    quotaPerDay: Infinity,
  });
  const oneByOne = calls.slice(0, 20).flatMap(split);
  const figures = [
    ...(await way('mailbox', new Mailbox(database, () => BORN_AT), calls, stub)),
    ...(await way('SES in bulk', ses(), calls, stub)),
    ...(await way('SES one by one', ses(), oneByOne, stub)),
    ...(await way('SMTP', smtp, calls.slice(0, 40), stub)),
  ];
  smtp.close();
  await database.close();
  const { unsigned } = await countsOf(stub);
  return [
    ...figures,
    figure('calls with a wrong signature', unsigned, ''),
    figure('readers of this part', people, ''),
  ];
}

const split = (call: MailCall): MailCall[] =>
  call.destinations.map((one) => ({ ...call, destinations: [one] }));

async function way(
  name: string,
  mailer: Mailer,
  calls: readonly MailCall[],
  stub: Stub,
): Promise<Figure[]> {
  await offer(mailer, calls.slice(0, WARM));
  const before = await countsOf(stub);
  const watch = stopwatch();
  const mails = await offer(mailer, calls);
  const [seconds, cpu] = [watch.seconds(), watch.cpuMicros()];
  const { bytes } = await countsOf(stub);
  return [
    figure(`${name}: accepted`, mails, 'mails'),
    figure(`${name}: mails a second`, mails / seconds, '/s'),
    figure(`${name}: CPU a mail`, cpu / mails, 'µs'),
    figure(`${name}: on the wire a mail`, (bytes - before.bytes) / mails, 'bytes'),
  ];
}

/** A few calls side by side; answers how many mails were taken. */
async function offer(mailer: Mailer, calls: readonly MailCall[]): Promise<number> {
  let taken = 0;
  for (let from = 0; from < calls.length; from += AT_ONCE) {
    const outcomes = await Promise.all(
      calls.slice(from, from + AT_ONCE).map((call) => mailer.send(call)),
    );
    taken += outcomes.flat().filter(({ kind }) => kind === 'accepted').length;
  }
  return taken;
}
