import { html } from 'hono/html';
import type { Markup } from '../../../functions/base/page.ts';
import type { Member, Role } from '../../../functions/team/member.ts';
import { SIGN_IN } from './issuer.ts';

const MAY: Readonly<Record<Role, string>> = {
  owner: 'everything',
  editor: 'writes letters',
  sender: 'sends and approves',
  support: 'looks readers up and helps them',
  analyst: 'reads figures, sees no readers',
};

/** One tap a person of the house; who opens an empty house says who they are. */
export function signInPage(members: readonly Member[], then: string): Markup {
  const kept = html`<input type="hidden" name="then" value="${then}" />`;
  if (members.length === 0) return firstOwnerPage(kept);
  return html`<h1>Who are you today?</h1>
    <p>
      Whoever sits at this machine may come in as anybody of the house. Elsewhere people sign in
      with an account of their own; what happens after it is the same.
    </p>
    <form method="post" action="${SIGN_IN}">
      ${kept}
      ${members.map(
        ({ memberId, name, role }) =>
          html`<button name="member" value="${memberId}">
            <span><b>${name}</b> · ${role}: ${MAY[role]}</span>
          </button>`,
      )}
    </form>`;
}

function firstOwnerPage(kept: Markup): Markup {
  return html`<h1>Whose house is this?</h1>
    <p>Nobody belongs to it yet. You will be its owner, and may invite the others.</p>
    <form method="post" action="${SIGN_IN}">
      ${kept}
      <label class="f"
        >Your name <input name="name" maxlength="80" autocomplete="name" required
      /></label>
      <label class="f"
        >Your e-mail address
        <input type="email" name="email" maxlength="254" autocomplete="email" required />
      </label>
      <button class="go">Come in</button>
    </form>`;
}

export function refusedPage(): Markup {
  return html`<h1>This sign-in leads nowhere we know</h1>
    <p>It would send you on to an address that is not the console of this house.</p>
    <p><a href="${SIGN_IN}">Sign in here</a></p>`;
}
