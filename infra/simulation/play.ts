import { HOUR, MINUTE } from '../../functions/base/time.ts';
import { approveIssue } from '../../functions/mail/issues.ts';
import { campaignOf, dateOfLetters } from '../../functions/mail/mailing.ts';
import type { Act, Cue } from './acts.ts';
import { join, setCap } from './carry-out.ts';
import type { Member } from './cast.ts';
import { Imports } from './imports.ts';
import { CONTROLS, schedule, write } from './house.ts';
import { Patience } from './patience.ts';
import { Readers } from './readers.ts';
import { SignUps } from './sign-ups.ts';
import type { World } from './world.ts';

const CUED_WITHIN_MS: Record<Cue, number> = { planned: 400, turn: 60 };
/** When somebody looks whether a campaign still waits for a human. */
const LOOKS_AFTER_MS = [10 * MINUTE, 2 * HOUR, 12 * HOUR, 40 * HOUR];

/** Sets everything that is going to happen on the agenda. */
export function setScenes(world: World): Play {
  const play = new Play(world);
  const { cast, sheets, acts, scenesUntil, faults } = world.scenario;
  const { engine, hands } = world;
  for (const member of cast)
    if (member.joinsAt !== null && !member.comes)
      engine.at(member.joinsAt, () => play.joins(member));
  for (const [index, { writtenAt }] of sheets.entries())
    if (writtenAt < Infinity) engine.at(writtenAt, () => play.writes(index));
  for (const act of acts) engine.at(act.at, () => play.act(act));
  world.witness.cued = (cue, personId) => play.cued(cue, personId);
  if (faults.poison)
    engine.at(world.scenario.startsAt + HOUR, () => {
      hands.post('editorial', [{ body: { mailingId: 7 } }]);
      hands.post('work', [{ body: 'poison' }]);
    });
  // Complaints stop a mailing also long after the scenes: somebody looks at it then.
  world.witness.stands = () => {
    if (engine.now > scenesUntil) engine.at(engine.now + HOUR, () => play.lookAfter());
  };
  for (const after of LOOKS_AFTER_MS) engine.at(scenesUntil + after, () => play.lookAfter());
  return play;
}

/** People and marketers at work, each thing when its time has come. */
export class Play {
  readonly #world: World;
  readonly #patience: Patience;
  readonly #readers: Readers;
  readonly #signUps: SignUps;
  readonly imports: Imports;
  readonly #campaignOf = new Map<number, string>();
  readonly #waiting = new Map<string, Act[]>();
  /** How often each act was begun. */
  readonly done = new Map<Act['do'], number>();

  constructor(world: World) {
    this.#world = world;
    this.#patience = new Patience(world);
    this.#readers = new Readers(world, this.#patience);
    this.#signUps = new SignUps(world, this.#patience);
    this.imports = new Imports(world, this.#patience);
  }

  /** What was waiting for this cue is done in the next moments, while the mail is on its way. */
  cued(cue: Cue, personId: string): void {
    const { engine, weather } = this.#world;
    const waiting = this.#waiting.get(`${cue} ${personId}`) ?? [];
    this.#waiting.delete(`${cue} ${personId}`);
    for (const act of waiting)
      engine.at(engine.now + weather.chance.below(CUED_WITHIN_MS[cue]), () => this.#do(act));
  }

  act(act: Act): void {
    const personId = 'who' in act ? this.#world.known.idOf(act.who) : undefined;
    if (!act.cue || personId === undefined) return this.#do(act);
    const name = `${act.cue} ${personId}`;
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), act]);
  }

  #do(act: Act): void {
    this.done.set(act.do, (this.done.get(act.do) ?? 0) + 1);
    switch (act.do) {
      case 'pause':
      case 'resume':
      case 'stop':
      case 'withdraw':
      case 'resend':
      case 'correct':
        return this.#control(act.do, act.sheet);
      case 'cap':
        return this.#patience.after('house', () =>
          this.#patience.insist('cap', (ports) => setCap(ports, act.cap)),
        );
      case 'import':
        return this.#patience.after('file', () => this.imports.brings(act.file));
      case 'sign-up':
        return this.#patience.after(act.who, () => this.#signUps.asks(act.who, act.presses));
      case 'choose':
      case 'edit':
      case 'one-click':
      case 'erase':
      case 'bounce':
      case 'complain':
      case 'service':
        return this.#patience.after(act.who, () => this.#readers.does(act, act.who));
    }
  }

  joins(member: Member): void {
    const { known } = this.#world;
    this.#patience.after(member.name, async () => {
      const personId = await this.#patience.insist('join', (ports) => join(ports, member));
      if (personId !== undefined) known.meet(member.name, personId);
    });
  }

  writes(index: number): void {
    const sheet = this.#world.scenario.sheets[index]!;
    this.#patience.after(`sheet ${index}`, async () => {
      const campaignId = await this.#patience.insist('write', (ports) => write(ports, sheet));
      if (campaignId === undefined) return;
      this.#campaignOf.set(index, campaignId);
      this.#world.witness.candidates.written(`c-${campaignId}`, index);
      await this.#patience.insist('schedule', (ports) => schedule(ports, campaignId, sheet));
    });
  }

  /** Whatever waits for a human is resumed; letters that come late are approved. */
  lookAfter(): void {
    for (const { mailingId, state } of this.#world.witness.mailings.values())
      if (state === 'paused')
        this.#patience.after(mailingId, async () => {
          const campaignId = campaignOf(mailingId) ?? '';
          const date = dateOfLetters(mailingId);
          this.#world.witness.answered.held(mailingId, undefined);
          await this.#patience.insist('resume', (ports) =>
            date === undefined ? CONTROLS.resume(ports, campaignId) : approveIssue(ports, date),
          );
        });
  }

  #control(what: keyof typeof CONTROLS, sheet: number): void {
    this.#patience.after(`sheet ${sheet}`, async () => {
      const campaignId = this.#campaignOf.get(sheet);
      if (campaignId === undefined) return;
      const { answered } = this.#world.witness;
      const mailing = `c-${campaignId}`;
      if (what === 'resume') answered.held(mailing, undefined);
      if (what === 'resend') this.#world.witness.again.asked(mailing);
      let isDone = false;
      await this.#patience.insist(what, async (ports) => {
        await CONTROLS[what](ports, campaignId);
        isDone = true;
      });
      if (isDone && HOLDS.includes(what)) answered.held(mailing, this.#world.engine.now);
    });
  }
}

/** After these nothing more may leave. */
const HOLDS: readonly (keyof typeof CONTROLS)[] = ['pause', 'stop', 'withdraw'];
