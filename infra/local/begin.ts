import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { addDays, instantOf, wallTimeIn, type Instant } from '../../functions/base/time.ts';
import { Brand } from '../../functions/people/brand.ts';
import { beginUnnamed } from '../../functions/people/unnamed.ts';
import { keysOfIssuer } from '../../functions/team/issuer-keys.ts';
import type { SignIn } from '../../functions/team/token.ts';
import type { ClockMode } from './clock.ts';
import { Database } from './database.ts';
import { DEMO_PAST_MS, seedDemo } from './demo.ts';
import type { DataFolder } from './folder.ts';
import { openHouse, type House } from './house.ts';
import { Notes } from './notes.ts';
import type { Settings } from './settings.ts';
import { LocalIssuer } from './sign-in/issuer.ts';
import { SmtpMailer } from './smtp-mailer.ts';
import { StartProblem } from './start-problem.ts';

/** Whose data a folder holds: invented readers, whole or interrupted in the making, or one's own. */
const Holds = z.enum(['demo', 'half-a-demo', 'own']);
type Holds = z.infer<typeof Holds>;
const NOTE = 'holds';

/** Where readers reach this machine, and where it shows what only it may see, if anywhere. */
export type Addresses = { readonly url: string; readonly toolsUrl: string | undefined };

/** Opens the house that the folder holds; an empty folder gets the demo unless that is off. */
export async function begin(
  folder: DataFolder,
  settings: Settings,
  addresses: Addresses,
): Promise<House> {
  const holds = await whatIsIn(folder);
  if (holds === 'demo' && settings.MAIL_URL)
    throw new StartProblem(
      `The data folder ${folder.path} holds invented readers: set MODERATO_DATA to another one to send real mail.`,
    );
  if (holds === 'demo' || holds === 'own') folder.mustHoldSecrets();
  const open = (clock: ClockMode) => openIn(folder, settings, addresses, clock);
  if (holds === 'demo') return open(settings.MODERATO_CLOCK ?? { kind: 'held' });
  if (holds === 'own') return open(settings.MODERATO_CLOCK ?? { kind: 'real' });
  folder.empty();
  if (settings.MODERATO_DEMO !== 'off' && !settings.MAIL_URL) return beginDemo(settings, open);
  const house = await open(settings.MODERATO_CLOCK ?? { kind: 'real' });
  await beginUnnamed(house.town.ports);
  await house.town.notes.write(NOTE, 'own');
  return house;
}

/** The demo is born in the past and lives up to now; its clock stands still then, unless told otherwise. */
async function beginDemo(
  { MODERATO_CLOCK: mode = { kind: 'held' } }: Settings,
  open: (clock: ClockMode) => Promise<House>,
): Promise<House> {
  const now: Instant = (mode.kind === 'held' && mode.startsAt) || lastMorning(Date.now());
  const house = await open({ kind: 'held', startsAt: now - DEMO_PAST_MS });
  await house.town.notes.write(NOTE, 'half-a-demo');
  // Cut off in the middle it is begun again, so that nothing of it has to wait for the disk.
  house.town.sync('later');
  await seedDemo(house.town);
  house.town.sync('each-commit');
  await house.town.notes.write(NOTE, 'demo');
  if (mode.kind === 'held') return house;
  await house.town.close();
  return open(mode);
}

/** The last ten o'clock where the house is: a newcomer is awake, and so are its readers. */
function lastMorning(now: Instant): Instant {
  const { timeZone } = Brand.parse({});
  const { date } = wallTimeIn(timeZone, now);
  const today = instantOf(timeZone, { date, minutes: 10 * 60 });
  return today <= now ? today : instantOf(timeZone, { date: addDays(date, -1), minutes: 10 * 60 });
}

function openIn(
  folder: DataFolder,
  settings: Settings,
  addresses: Addresses,
  clock: ClockMode,
): Promise<House> {
  const { MAIL_URL: server, MAIL_RATE: ratePerSecond, MAIL_QUOTA: quotaPerDay } = settings;
  return openHouse({
    data: folder.path,
    secrets: folder.secrets(),
    apiKey: folder.apiKey(),
    keyFile: folder.keyFile,
    publicUrl: addresses.url,
    signIn: signInOf(folder, settings, addresses),
    clock,
    ...(server && {
      mailer: (database, now) =>
        new SmtpMailer(database, now, { server, ratePerSecond, quotaPerDay }),
    }),
  });
}

/** The issuer that is set, else the one of this machine where its own pages are shown. */
function signInOf(
  folder: DataFolder,
  { MODERATO_ISSUER: issuer, MODERATO_CLIENT_ID: clientId, MODERATO_OWNER: firstOwner }: Settings,
  { url: publicUrl, toolsUrl: origin }: Addresses,
): SignIn | LocalIssuer | undefined {
  if (issuer !== undefined && clientId !== undefined)
    return { issuer, clientId, firstOwner, keyOf: keysOfIssuer(issuer) };
  if (origin === undefined) return undefined;
  return new LocalIssuer({ origin, publicUrl, key: folder.issuerKey() });
}

async function whatIsIn(folder: DataFolder): Promise<Holds | 'nothing'> {
  const file = join(folder.path, 'moderato.sqlite');
  if (!existsSync(file)) return 'nothing';
  const database = new Database(file);
  try {
    const note = new Notes(database).read(NOTE);
    return note === undefined ? 'nothing' : Holds.parse(note);
  } finally {
    await database.close();
  }
}
