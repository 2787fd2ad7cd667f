import { html } from 'hono/html';
import type { Markup } from '../../../functions/base/page.ts';
import type { Member } from '../../../functions/team/member.ts';
import type { Voice } from '../tools/voice.ts';
import { SIGN_IN } from './issuer.ts';

/** One tap a person of the house; who opens an empty house says who they are. */
export function signInPage(voice: Voice, members: readonly Member[], then: string): Markup {
  const { say } = voice;
  const kept = html`<input type="hidden" name="then" value="${then}" />`;
  if (members.length === 0) return firstOwnerPage(voice, kept);
  return html`<h1>${say('enter.who')}</h1>
    <p>${say('enter.lead')}</p>
    <form method="post" action="${SIGN_IN}">
      ${kept}
      ${members.map(
        ({ memberId, name, role }) =>
          html`<button name="member" value="${memberId}">
            <span><b>${name}</b> · ${say(`enter.role.${role}`)} · ${say(`enter.may.${role}`)}</span>
          </button>`,
      )}
    </form>`;
}

function firstOwnerPage({ say }: Voice, kept: Markup): Markup {
  return html`<h1>${say('enter.first')}</h1>
    <p>${say('enter.first.lead')}</p>
    <form method="post" action="${SIGN_IN}">
      ${kept}
      <label class="f"
        >${say('enter.first.name')} <input name="name" maxlength="80" autocomplete="name" required
      /></label>
      <label class="f"
        >${say('enter.first.email')}
        <input type="email" name="email" maxlength="254" autocomplete="email" required />
      </label>
      <button class="go">${say('enter.first.go')}</button>
    </form>`;
}

export function refusedPage({ say }: Voice): Markup {
  return html`<h1>${say('enter.refused')}</h1>
    <p>${say('enter.refused.lead')}</p>
    <p><a href="${SIGN_IN}">${say('enter.refused.here')}</a></p>`;
}
