import { html } from 'hono/html';
import { newApp } from '../../../functions/base/http.ts';
import type { Markup } from '../../../functions/base/page.ts';
import type { Instant } from '../../../functions/base/time.ts';
import { answerTool, shown } from './frame.ts';

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
  return newApp().get('/', async (c) =>
    answerTool(c, { title: 'Start', body: page(await facts()) }),
  );
}

function page(facts: StartFacts): Markup {
  const { house, timeZone, now, mails, publicUrl, keyFile, missing, stands } = facts;
  const count = mails === 1 ? '1 mail' : `${mails.toLocaleString('en')} mails`;
  return html`<h1>
      ${missing.includes('name') ? 'An empty house on this machine' : `${house} writes from this machine`}
    </h1>
    <p>
      Readers say how often they want to hear from a house, and the house keeps its word. All of it
      runs here; nothing leaves this machine.
    </p>
    ${missing.length > 0 ? whoWrites(missing) : ''}
    <div class="tiles">
      ${tile('As a reader', 'Sign up, choose a pace, look at the letters anybody may read.', [
        [`${publicUrl}/subscribe`, 'Sign up'],
        [`${publicUrl}/letters`, 'Public letters'],
      ])}
      ${tile('As the house', 'Write letters, see who will get them and when, look after readers.', [
        ['/sign-in', 'Open the console'],
      ])}
      ${tile('Mailbox', `What readers received: ${count}.`, [['/mailbox', 'Open the mailbox']])}
      ${tile('Clock', `It is ${shown(now, timeZone)}.${stands ? '' : ' Time passes by itself.'}`, [
        ['/clock', stands ? 'Let time pass' : 'Look at the clock'],
      ])}
      ${tile('As a developer', html`A key with every scope is in <code>${keyFile}</code>.`, [
        [`${publicUrl}/api/v1/docs`, 'Read the API'],
      ])}
    </div>
    ${stands && missing.length === 0 ? TRY : ''}`;
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

const TRY = html`<section aria-labelledby="try">
  <h2 id="try">Try this first</h2>
  <ol>
    <li>Sign up with any address at <code>example.org</code>, for one letter a week.</li>
    <li>Open the mailbox and confirm, with the button in the mail.</li>
    <li>Let two weeks pass, and find what came out gathered in one letter.</li>
    <li>Take the link at the foot of a letter: change the pace, take a break, or stop.</li>
  </ol>
</section>`;

const SAID: Readonly<Record<string, string>> = {
  name: 'the name of the house',
  legalName: 'its legal name',
  postalAddress: 'its postal address',
  sender: 'who signs the letters, and from which address',
};

/** Every letter says who writes, so that is asked first. */
function whoWrites(missing: readonly string[]): Markup {
  return html`<section class="card note" aria-labelledby="who">
    <h2 id="who">First: who writes?</h2>
    <p>
      Every letter tells its readers. Nobody has said yet:
      ${missing.map((field) => SAID[field] ?? field).join('; ')}.
    </p>
    <p>
      The <a href="/console/">console</a> asks for it first, and its settings keep it. Until then no
      mail can leave this machine for a reader; what is sent here lands in the mailbox.
    </p>
  </section>`;
}
