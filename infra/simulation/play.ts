import type { Ports } from '../../functions/base/ports.ts';
import { Problem } from '../../functions/base/problem.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../../functions/base/time.ts';
import { approveIssue } from '../../functions/mail/issues.ts';
import { dateOfLetters } from '../../functions/mail/mailing.ts';
import type { Act, Cue } from './acts.ts';
import { becomes, chooses, erase, join, orderService, setCap } from './carry-out.ts';
import type { Member } from './cast.ts';
import { InjectedFault } from './engine.ts';
import { CONTROLS, schedule, write } from './house.ts';
import type { World } from './world.ts';

const PATIENCE = 60;
const CUED_WITHIN_MS: Record<Cue, number> = { planned: 400, turn: 60 };
/** When somebody looks whether a campaign still waits for a human. */
const LOOKS_AFTER_MS = [10 * MINUTE, 2 * HOUR, 12 * HOUR, 40 * HOUR];

/** Sets everything that is going to happen on the agenda. */
export function setScenes(world: World): Play {
  const play = new Play(world);
  const { cast, sheets, acts, scenesUntil, faults } = world.scenario;
  const { engine, hands } = world;
  for (const member of cast)
    if (member.joinsAt !== null) engine.at(member.joinsAt, () => play.joins(member));
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

/** People and marketers at work: each waits for an answer, and asks again when none came. */
export class Play {
  readonly #world: World;
  /** One person does one thing after another; so does who runs one campaign. */
  readonly #last = new Map<string, Promise<void>>();
  readonly #campaignOf = new Map<number, string>();
  readonly #waiting = new Map<string, Act[]>();
  /** How often each act was begun. */
  readonly done = new Map<Act['do'], number>();

  constructor(world: World) {
    this.#world = world;
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
        return this.#control(act.do, act.sheet);
      case 'cap':
        return this.#after('house', () => this.#insist('cap', (ports) => setCap(ports, act.cap)));
      case 'choose':
      case 'one-click':
      case 'erase':
      case 'bounce':
      case 'complain':
      case 'service':
        return this.#after(act.who, () => this.#byPerson(act, act.who));
    }
  }

  joins(member: Member): void {
    const { known } = this.#world;
    this.#after(member.name, async () => {
      const personId = await this.#insist('join', (ports) => join(ports, member));
      if (personId !== undefined) known.meet(member.name, personId);
    });
  }

  writes(index: number): void {
    const sheet = this.#world.scenario.sheets[index]!;
    this.#after(`sheet ${index}`, async () => {
      const campaignId = await this.#insist('write', (ports) => write(ports, sheet));
      if (campaignId === undefined) return;
      this.#campaignOf.set(index, campaignId);
      this.#world.witness.candidates.written(`c-${campaignId}`, index);
      await this.#insist('schedule', (ports) => schedule(ports, campaignId, sheet));
    });
  }

  /** Whatever waits for a human is resumed; letters that come late are approved. */
  lookAfter(): void {
    for (const { mailingId, state } of this.#world.witness.mailings.values())
      if (state === 'paused')
        this.#after(mailingId, async () => {
          const campaignId = mailingId.slice('c-'.length);
          const date = dateOfLetters(mailingId);
          this.#world.witness.answered.held(mailingId, undefined);
          await this.#insist('resume', (ports) =>
            date === undefined ? CONTROLS.resume(ports, campaignId) : approveIssue(ports, date),
          );
        });
  }

  #control(what: keyof typeof CONTROLS, sheet: number): void {
    this.#after(`sheet ${sheet}`, async () => {
      const campaignId = this.#campaignOf.get(sheet);
      if (campaignId === undefined) return;
      const { answered } = this.#world.witness;
      const mailing = `c-${campaignId}`;
      if (what === 'resume') answered.held(mailing, undefined);
      if (what === 'resend') this.#world.witness.again.asked(mailing);
      let isDone = false;
      await this.#insist(what, async (ports) => {
        await CONTROLS[what](ports, campaignId);
        isDone = true;
      });
      if (isDone && HOLDS.includes(what)) answered.held(mailing, this.#world.engine.now);
    });
  }

  async #byPerson(act: Exclude<Act, { sheet: number } | { do: 'cap' }>, who: string) {
    const { known, engine, witness, account } = this.#world;
    const personId = known.idOf(who);
    if (personId === undefined) return;
    const { answered } = witness;
    account.note(who, () => `asks: ${told(act)}`);
    switch (act.do) {
      case 'choose':
        await this.#choose(who, personId, act.choice);
        break;
      case 'one-click':
        await this.#oneClick(who, personId);
        break;
      case 'erase': {
        const { email } = known.member(who)!;
        await this.#insist('erase', (ports) => erase(ports, personId, email));
        answered.gone(who, engine.now);
        break;
      }
      case 'bounce':
      case 'complain': {
        const standing = act.do === 'bounce' ? 'bounced' : 'complained';
        await this.#insist(standing, (ports) => becomes(ports, personId, standing));
        answered.gone(who, engine.now);
        break;
      }
      case 'service':
        await this.#insist('service', (ports) => orderService(ports, personId));
    }
    account.note(who, () => `is answered: ${told(act)}`);
  }

  async #choose(who: string, personId: string, wish: Extract<Act, { do: 'choose' }>['choice']) {
    const { engine, witness } = this.#world;
    const { answered } = witness;
    const topics = Object.entries(wish.subscriptions ?? {});
    for (const [topic, delivery] of topics)
      if (delivery !== 'off') answered.asksForTopic(who, topic);
    if (wish.pausedUntil !== undefined) answered.asksForMore(who);
    const length = wish.pausedUntil;
    let until: Instant | undefined;
    const done = await this.#insist('choose', (ports) => {
      until = typeof length === 'number' ? engine.now + length : undefined;
      return chooses(ports, personId, until === undefined ? wish : { pausedUntil: until });
    });
    if (done === undefined) return;
    for (const [topic, delivery] of topics)
      if (delivery === 'off') answered.topicOff(who, topic, engine.now);
    if (until !== undefined && !answered.isStopped(who)) answered.paused(who, engine.now, until);
    if (wish.everything === 'stop') answered.stopped(who, engine.now);
  }

  /** The mail program may press twice; the second time nothing changes. */
  async #oneClick(who: string, personId: string): Promise<void> {
    const { engine, witness, account } = this.#world;
    const press = (ports: Ports) => chooses(ports, personId, { everything: 'stop' }, 'one-click');
    if ((await this.#insist('one-click', press)) === undefined) return;
    witness.answered.stopped(who, engine.now);
    if (await this.#insist('one-click', press))
      account.breaks('I7', 'pressed a second time, one-click changed something', who);
  }

  #after(whose: string, work: () => Promise<unknown>): void {
    const last = this.#last.get(whose) ?? Promise.resolve();
    this.#last.set(
      whose,
      last.then(async () => void (await work())),
    );
  }

  /** Until it is answered. A problem is an answer: it cannot be done, and so is left. */
  async #insist<Answer>(
    name: string,
    work: (ports: Ports) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    for (let attempt = 1; attempt <= PATIENCE; attempt += 1) {
      const tried = await this.#try(name, work);
      if ('answer' in tried) return tried.answer;
      if (tried.error instanceof Problem && tried.error.code !== 'too-many-hands') return undefined;
      const isOurs = tried.error !== undefined && !(tried.error instanceof InjectedFault);
      if (isOurs && !(tried.error instanceof Problem))
        this.#world.account.breaks('fault', `${name} failed: ${toldError(tried.error)}`);
      await this.#waits(attempt * 5 * SECOND);
    }
    return undefined;
  }

  #try<Answer>(
    name: string,
    work: (ports: Ports) => Promise<Answer>,
  ): Promise<{ readonly answer: Answer } | { readonly error: unknown }> {
    const { engine, portsOf } = this.#world;
    const process = engine.spawn(name);
    return new Promise((resolve) => {
      engine.watch(process, () => resolve({ error: undefined }));
      work(portsOf(process)).then(
        (answer) => resolve({ answer }),
        (error: unknown) => resolve({ error }),
      );
    });
  }

  #waits(milliseconds: number): Promise<void> {
    const { engine } = this.#world;
    return new Promise((resolve) => engine.at(engine.now + milliseconds, resolve));
  }
}

/** After these nothing more may leave. */
const HOLDS: readonly (keyof typeof CONTROLS)[] = ['pause', 'stop', 'withdraw'];

const toldError = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : typeof error;

const told = (act: Act): string => {
  const { at: _, ...rest } = act;
  return JSON.stringify(rest);
};
