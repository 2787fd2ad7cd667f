import { html } from 'hono/html';
import { choiceCard, wrongNote } from '../base/controls.ts';
import type { Markup } from '../base/page.ts';
import type { Instant } from '../base/time.ts';
import type { Both, House } from '../consent/newcomer.ts';
import type { teller, Visit } from '../consent/visit.ts';
import type { Topic } from '../people/topic.ts';
import type { Values, Wrong } from './preference-form.ts';

export type PreferencePage = {
  readonly both: Both;
  readonly house: House;
  /** Topics this reader may follow. */
  readonly offered: readonly Topic[];
  readonly values: Values;
  /** What the page shows when nothing was filled in: what a change is told from. */
  readonly shown: Values;
  readonly wrong: readonly Wrong[];
  /** What was just done, above the page. */
  readonly notice: Markup | string;
  readonly now: Instant;
};

/** What each part of the page is made from. */
export type Part = PreferencePage & {
  readonly visit: Visit;
  readonly t: ReturnType<typeof teller>;
};

export function radio(
  { values, wrong }: Part,
  name: string,
  value: string,
  label: Markup | string,
  means?: Markup | string,
): Markup {
  return choiceCard({
    kind: 'radio',
    name,
    value,
    checked: values[name] === value,
    label,
    means,
    wrong: wrong.some(({ field }) => field === name) ? `${name}-wrong` : undefined,
  });
}

export function switched(part: Part, name: string, label: string, means: string): Markup {
  const checked = part.values[name] === 'yes';
  return choiceCard({ kind: 'checkbox', name, value: 'yes', checked, label, means });
}

export function noteOf({ wrong, t }: Part, name: string): Markup | string {
  const found = wrong.find(({ field }) => field === name);
  return wrongNote(`${name}-wrong`, found && t(found.because));
}

export function select(
  part: Part,
  name: string,
  label: string,
  options: readonly string[][],
): Markup {
  const wrong = part.wrong.some(({ field }) => field === name);
  return html`<label class="f" for="${name}">${label}</label> ${noteOf(part, name)}
    <select
      id="${name}"
      name="${name}"
      ${wrong ? html`aria-invalid="true" aria-describedby="${name}-wrong"` : ''}
    >
      ${options.map(
        ([value, text]) =>
          html`<option value="${value}" ${part.values[name] === value ? 'selected' : ''}>
            ${text}
          </option>`,
      )}
    </select>`;
}
