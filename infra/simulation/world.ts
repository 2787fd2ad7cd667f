import type { Line, Ports } from '../../functions/base/ports.ts';
import { Brand } from '../../functions/people/brand.ts';
import { brandWrite, topicWrite } from '../../functions/people/store.ts';
import { tick as realTick } from '../../functions/entry/tick.ts';
import { feedback as realFeedback } from '../../functions/entry/feedback.ts';
import { workers as realWorkers, type Worker } from '../../functions/entry/workers.ts';
import { Account } from './account.ts';
import { join, settleIn } from './carry-out.ts';
import { Chance } from './chance.ts';
import { Engine, type Process } from './engine.ts';
import { Hands } from './hands.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryTable } from './memory-table.ts';
import { PeopleKnown } from './people-known.ts';
import { plainTable } from './plain-ports.ts';
import { Provider } from './provider.ts';
import type { Scenario } from './scenario.ts';
import { seenTable } from './seen-table.ts';
import { Teller } from './teller.ts';
import { Ticks } from './ticks.ts';
import { Weather } from './weather.ts';
import { Witness } from './witness.ts';

/** What runs in the world: the product's own rooms, or some that are broken on purpose. */
export type Rooms = {
  readonly workers: Readonly<Record<Line, Worker>>;
  readonly tick: (ports: Ports) => Promise<void>;
  readonly feedback: Worker;
  /** Every port that anything in the world is given passes through here. */
  readonly through: (ports: Ports) => Ports;
};
export const THE_PRODUCT: Rooms = {
  workers: realWorkers,
  tick: realTick,
  feedback: realFeedback,
  through: (ports) => ports,
};

export type World = ReturnType<typeof buildWorld>;

export function buildWorld(
  scenario: Scenario,
  rooms: Rooms,
  tells: { readonly story: boolean; readonly traced?: ((line: string) => void) | undefined },
) {
  const chance = new Chance(`run ${scenario.seed}`);
  const engine = new Engine({
    startsAt: scenario.startsAt,
    chance,
    skewMs: scenario.faults.skewMs,
    traced: tells.traced,
  });
  const account = new Account(engine, tells.story);
  const weather = new Weather(chance, scenario.faults, () => engine.now, scenario.scenesUntil);
  const memory = new MemoryTable();
  const files = new MemoryFiles();
  const known = new PeopleKnown(scenario.cast);
  const witness = new Witness({ engine, account, known, memory, scenario });
  const provider = new Provider(engine, weather, witness, (address) => known.isRefused(address));
  const secrets = { now: SECRETS };
  const portsByProcess = new Map<number, Ports>();

  const portsOf = (process: Process): Ports => {
    const before = portsByProcess.get(process.id);
    if (before) return before;
    const ports = rooms.through({
      now: () => engine.now + process.skewMs,
      wait: (ms) => engine.step(process, { what: 'wait', takesMs: Math.ceil(ms) }, () => undefined),
      random: (bytes) => chance.bytes(bytes),
      table: seenTable({ engine, weather, memory }, process),
      mailer: provider.seenBy(process),
      queue: {
        post: (line, messages) =>
          messages.length === 0
            ? Promise.resolve()
            : engine.step(process, weather.step(`post ${messages.length} to ${line}`, 6), () =>
                hands.post(line, messages),
              ),
      },
      files: files.seenBy(process, { engine, weather }),
      get secrets() {
        return secrets.now;
      },
      publicUrl: PUBLIC_URL,
    });
    portsByProcess.set(process.id, ports);
    return ports;
  };

  const hands = new Hands(engine, weather, (process, line, messages) =>
    rooms.workers[line](portsOf(process), messages),
  );
  const teller = new Teller(
    engine,
    weather,
    (process, messages) => rooms.feedback(portsOf(process), messages),
    scenario.faults.events,
  );
  teller.gone = (to, sentAt) => {
    if (sentAt > witness.answered.cameBackAt(known.nameAt(to)))
      witness.answered.gone(known.nameAt(to), engine.now);
  };
  teller.thrownAway = (mail) => witness.mails.neverLeft(mail);
  witness.tells = (mail) => teller.tell(mail);
  const ticks = new Ticks({ engine, weather, memory }, (process) => rooms.tick(portsOf(process)));
  memory.watcher = (applied) => {
    witness.written(applied);
    for (const { after } of applied) if (after?.due) ticks.expect(after.due.at);
  };
  if (scenario.newKeysAt !== undefined)
    engine.at(scenario.newKeysAt, () => void (secrets.now = withNewKey(secrets.now)));
  const watched = { account, witness, teller };
  return { scenario, engine, weather, memory, files, known, hands, secrets, portsOf, ...watched };
}

/** The house and its readers as they are when the scenes begin: written at once and without faults. */
export async function furnish({ scenario, engine, memory, known, witness }: World): Promise<void> {
  const chance = new Chance(`furnish ${scenario.seed}`);
  const ports: Ports = {
    now: () => engine.now,
    wait: async () => undefined,
    random: (bytes) => chance.bytes(bytes),
    table: plainTable(memory),
    mailer: NOBODY_SENDS,
    queue: { post: async () => undefined },
    files: NO_FILES,
    secrets: SECRETS,
    publicUrl: PUBLIC_URL,
  };
  const brand = Brand.parse({ cap: scenario.cap, ...scenario.care });
  await ports.table.writeAll([brandWrite(brand, 0)]);
  for (const { id, atMost } of scenario.themes)
    await ports.table.writeAll([
      topicWrite(
        {
          id,
          name: { fr: id },
          description: {},
          visibility: 'public',
          atMost,
          adultsOnly: false,
          retiredAt: null,
          createdAt: scenario.startsAt,
        },
        0,
      ),
    ]);
  for (const member of scenario.cast) {
    if (member.joinsAt !== null || member.comes) continue;
    const personId = await join(ports, member);
    known.meet(member.name, personId);
    await settleIn(ports, personId, member);
    witness.settled(member);
  }
}

const SECRETS: Ports['secrets'] = {
  links: { current: 'k1', keys: { k1: 'a key of the simulation' } },
  addresses: 'another key of the simulation',
};

/** The old key opens what it sealed; the new one seals from now on. */
function withNewKey({ links, addresses }: Ports['secrets']): Ports['secrets'] {
  return { addresses, links: { current: 'k2', keys: { ...links.keys, k2: 'a newer key' } } };
}

const PUBLIC_URL = 'https://letters.example.com';

const NO_FILES: Ports['files'] = {
  put: async () => undefined,
  get: async () => undefined,
  remove: async () => undefined,
};

const NOBODY_SENDS: Ports['mailer'] = {
  send: async () => Promise.reject(new Error('no mail leaves before the scenes begin')),
  account: async () => Promise.reject(new Error('nobody asks before the scenes begin')),
  find: async () => 'unknown',
};
