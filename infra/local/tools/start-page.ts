import { html } from 'hono/html';
import { newApp } from '../../../functions/base/http.ts';
import type { Markup } from '../../../functions/base/page.ts';
import type { Instant } from '../../../functions/base/time.ts';
import { answerTool } from './frame.ts';
import { voiceFor, type HereKey, type Voice } from './voice.ts';

export type StartFacts = {
  readonly house: string;
  readonly timeZone: string;
  /** What nobody has said yet of who writes. */
  readonly missing: readonly string[];
  /** Whether time moves only when somebody moves it, as in the demo. */
  readonly stands: boolean;
  readonly now: Instant;
  readonly mails: number;
  readonly publicUrl: string;
  readonly keyFile: string;
};

/** The first page somebody sees: where everything is, and what to try first. */
export function startPage(facts: () => Promise<StartFacts>) {
  return newApp().get('/', async (c) => {
    const voice = voiceFor(c);
    return answerTool(c, { title: voice.say('place.start'), body: page(voice, await facts()) });
  });
}

function page(voice: Voice, facts: StartFacts): Markup {
  const { say, moment } = voice;
  const { house, timeZone, mails, publicUrl, keyFile, missing, stands } = facts;
  const now = moment(facts.now, timeZone);
  return html`<h1>
      ${missing.includes('name') ? say('start.title.empty') : say('start.title', { house })}
    </h1>
    <p>${say('start.lead')}</p>
    ${missing.length > 0 ? whoWrites(voice, missing) : ''}
    <div class="tiles">
      ${tile(say('start.reader'), say('start.reader.lead'), [
        [`${publicUrl}/subscribe`, say('start.reader.subscribe')],
        [`${publicUrl}/letters`, say('start.reader.letters')],
      ])}
      ${tile(say('start.house'), say('start.house.lead'), [
        ['/sign-in', say('start.house.console')],
      ])}
      ${tile(say('place.mailbox.title'), say('start.mailbox.lead', { count: mails }), [
        ['/mailbox', say('start.mailbox.open')],
      ])}
      ${tile(say('place.clock'), say(stands ? 'start.clock.lead' : 'start.clock.runs', { now }), [
        ['/clock', say(stands ? 'start.clock.move' : 'start.clock.look')],
      ])}
      ${tile(say('start.developer'), html`${say('start.developer.lead')} <code>${keyFile}</code>`, [
        [`${publicUrl}/api/v1/docs`, say('start.developer.api')],
      ])}
    </div>
    ${stands && missing.length === 0 ? whatToTry(voice) : ''}`;
}

function tile(
  title: string,
  words: Markup | string,
  links: readonly (readonly [string, string])[],
): Markup {
  return html`<section class="card">
    <h2>${title}</h2>
    <p>${words}</p>
    ${links.map(([href, name]) => html`<a class="btn" href="${href}">${name}</a>`)}
  </section>`;
}

const TRY = ['start.try.1', 'start.try.2', 'start.try.3', 'start.try.4'] as const;

function whatToTry({ say }: Voice): Markup {
  return html`<section aria-labelledby="try">
    <h2 id="try">${say('start.try')}</h2>
    <ol>
      ${TRY.map((key) => html`<li>${say(key)}</li>`)}
    </ol>
  </section>`;
}

const FIELDS: Readonly<Record<string, HereKey>> = {
  name: 'start.who.name',
  legalName: 'start.who.legalName',
  postalAddress: 'start.who.postalAddress',
  sender: 'start.who.sender',
};

/** Every letter says who writes, so that is asked first. */
function whoWrites({ say, list }: Voice, missing: readonly string[]): Markup {
  const fields = list(missing.map((field) => (FIELDS[field] ? say(FIELDS[field]) : field)));
  return html`<section class="card note" aria-labelledby="who">
    <h2 id="who">${say('start.who')}</h2>
    <p>${say('start.who.missing', { fields })}</p>
    <p>${say('start.who.until')}</p>
  </section>`;
}
