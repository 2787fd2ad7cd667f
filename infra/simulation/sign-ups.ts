import type { Ports } from '../../functions/base/ports.ts';
import { MINUTE } from '../../functions/base/time.ts';
import { open } from '../../functions/base/seal.ts';
import { confirm, type Confirmed } from '../../functions/consent/confirm.ts';
import { formWords, surfaceOf } from '../../functions/consent/consent-words.ts';
import { HOME_FORM } from '../../functions/consent/form.ts';
import { wordsToConfirm } from '../../functions/consent/mails.ts';
import { hashOf } from '../../functions/consent/record.ts';
import { signUp } from '../../functions/consent/sign-up.ts';
import { readPending } from '../../functions/consent/store.ts';
import { readBrand, readTopics } from '../../functions/people/store.ts';
import type { Member } from './cast.ts';
import type { Presses } from './newcomers.ts';
import type { Patience } from './patience.ts';
import type { Accepted } from './provider.ts';
import type { World } from './world.ts';

const LINK = /\/confirm\/([\w.-]+)/;

/** The double opt-in, both halves: a form is filled in, and the button of the mail it sends is pressed. */
export class SignUps {
  readonly #world: World;
  readonly #patience: Patience;
  readonly #presses = new Map<string, Presses>();

  constructor(world: World, patience: Patience) {
    this.#world = world;
    this.#patience = patience;
    world.witness.arrived = (mail) => this.#arrived(mail);
  }

  async asks(who: string, presses: Presses | undefined): Promise<void> {
    const member = this.#world.known.member(who);
    if (!member) return;
    if (presses) this.#presses.set(who, presses);
    await this.#patience.insist('sign-up', (ports) => fillIn(ports, member));
  }

  #arrived({ destination, category }: Accepted): void {
    if (category !== 'transactional') return;
    const { known, engine } = this.#world;
    const who = known.nameAt(destination.to);
    const presses = this.#presses.get(who);
    const token = presses && tokenIn(destination.data);
    if (!presses || token === undefined) return;
    for (let time = 1; time <= presses.times; time += 1)
      engine.at(engine.now + presses.afterMs * time, () =>
        this.#patience.after(who, () => this.#press(who, token)),
      );
  }

  async #press(who: string, token: string): Promise<void> {
    const { account, known, witness } = this.#world;
    const topics = known.member(who)?.topics ?? [];
    account.note(who, () => 'presses the button that confirms');
    const answer = await this.#patience.insist('confirm', async (ports) => {
      witness.answered.asksToReadAgain(
        who,
        topics.map(({ id }) => id),
      );
      return press(ports, token);
    });
    account.note(who, () => `is answered: ${answer}`);
    if (answer === 'confirmed') witness.answered.cameBack(who, this.#world.engine.now + MINUTE);
    if (answer === 'unreadable') account.breaks('I7', 'the link that confirms does not open', who);
  }
}

function tokenIn(data: Readonly<Record<string, string>>): string | undefined {
  for (const text of Object.values(data)) {
    const token = LINK.exec(text)?.[1];
    if (token !== undefined) return token;
  }
  return undefined;
}

/** As the page at /subscribe does with what was filled in. */
async function fillIn(ports: Ports, member: Member): Promise<void> {
  const [brand, topics] = [await readBrand(ports), await readTopics(ports)];
  const { language, timeZone, frequency } = member;
  const words = formWords(brand, language, { announced: HOME_FORM.frequency, topics });
  await signUp(
    ports,
    { brand, topics },
    {
      ...{ email: member.email, language, timeZone, timeZoneFrom: 'guessed' },
      ...{ source: 'form:home', frequency, frequencyChosen: true },
      topics: member.topics.map(({ id }) => ({ id, delivery: 'digest' })),
      asked: {
        by: { kind: 'person' },
        method: 'form',
        surface: surfaceOf('form:home', '/subscribe/:form', words),
        words,
      },
    },
  );
}

/** As the page behind the link does: it shows what is asked, and its button says yes to just that. */
async function press(ports: Ports, token: string): Promise<Confirmed['kind'] | 'unreadable'> {
  const opened = open(ports, token, 'confirm');
  if (!opened) return 'unreadable';
  const pending = (await readPending(ports, opened.subjectId))?.it;
  if (!pending || (opened.expired && pending.confirmedAt === null)) return 'gone';
  const house = { brand: await readBrand(ports), topics: await readTopics(ports) };
  const { pendingId, language } = pending;
  const wordsSeen = hashOf(wordsToConfirm(house, pending, language));
  return (await confirm(ports, house, { pendingId, language, wordsSeen })).kind;
}
