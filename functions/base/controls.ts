import { html } from 'hono/html';
import type { Markup } from './page.ts';
import { say } from './words.ts';

/** Pieces of public pages: plain HTML controls that need no script. */

type Choice = {
  readonly kind: 'radio' | 'checkbox';
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly label: Markup | string;
  readonly means?: Markup | string | undefined;
  /** Names the sentence that says what is wrong with it. */
  readonly wrong?: string | undefined;
  readonly id?: string;
};

/** One choice as large as a finger: the whole card is its label. */
export function choiceCard(choice: Choice): Markup {
  const { kind, name, value, checked, label, means, wrong, id } = choice;
  return html`<label class="o"
    ><input
      type="${kind}"
      name="${name}"
      value="${value}"
      ${id ? html`id="${id}"` : ''}
      ${checked ? 'checked' : ''}
      ${wrong ? html`aria-invalid="true" aria-describedby="${wrong}"` : ''}
    /><span>${label}${means ? html`<span class="s">${means}</span>` : ''}</span></label
  >`;
}

/** A sentence beside a field that cannot be taken. */
export function wrongNote(id: string, sentence: string | undefined): Markup | string {
  return sentence ? html`<p class="bad" id="${id}">${sentence}</p>` : '';
}

/** Said first on a page that comes back: what needs attention, each a way to its field. */
export function attention(
  { language }: { readonly language: string },
  wrong: readonly { readonly field: string; readonly sentence: string }[],
): Markup | string {
  if (wrong.length === 0) return '';
  const lines = wrong.map(
    ({ field, sentence }) => html`<p><a href="#${field}">${sentence}</a></p>`,
  );
  return html`<div class="card note" role="alert">
    <h2>${say(language, 'error.title', { count: wrong.length })}</h2>
    ${lines}
  </div>`;
}

export function hidden(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}
