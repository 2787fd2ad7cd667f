import type { Ports } from '../../functions/base/ports.ts';
import type { Instant } from '../../functions/base/time.ts';
import type { Act } from './acts.ts';
import { becomes, chooses, edit, erase, orderService } from './carry-out.ts';
import type { Patience } from './patience.ts';
import type { World } from './world.ts';

/** What one reader does, or what happens to them. */
export type ActOfOne = Exclude<Act, { sheet: number } | { do: 'cap' | 'sign-up' | 'import' }>;

/** Readers at their own affairs; what they were answered must hold from then on. */
export class Readers {
  readonly #world: World;
  readonly #patience: Patience;

  constructor(world: World, patience: Patience) {
    this.#world = world;
    this.#patience = patience;
  }

  async does(act: ActOfOne, who: string) {
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
      case 'edit': {
        const { email } = known.member(who)!;
        await this.#patience.insist('edit', (ports) => edit(ports, email, act.change));
        break;
      }
      case 'erase': {
        const { email } = known.member(who)!;
        await this.#patience.insist('erase', (ports) => erase(ports, personId, email));
        answered.erased(who, engine.now);
        break;
      }
      case 'bounce':
      case 'complain': {
        const standing = act.do === 'bounce' ? 'bounced' : 'complained';
        await this.#patience.insist(standing, (ports) => becomes(ports, personId, standing));
        answered.gone(who, engine.now);
        break;
      }
      case 'service':
        await this.#patience.insist('service', (ports) => orderService(ports, personId));
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
    const done = await this.#patience.insist('choose', (ports) => {
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
    if ((await this.#patience.insist('one-click', press)) === undefined) return;
    witness.answered.stopped(who, engine.now);
    if (await this.#patience.insist('one-click', press))
      account.breaks('I7', 'pressed a second time, one-click changed something', who);
  }
}

const told = (act: Act): string => {
  const { at: _, ...rest } = act;
  return JSON.stringify(rest);
};
