import { html } from 'hono/html';
import { attention } from '../base/controls.ts';
import { answer, teller, type Visit } from '../consent/visit.ts';
import type { Question } from '../mail/blocks/question.ts';
import { inLanguage } from '../people/brand.ts';

/** The question and a button for each answer; the one that was tapped in the letter stands out. */
export function answerPage(
  visit: Visit,
  {
    question,
    tapped,
    given,
    justNow = false,
    wrong = false,
  }: {
    readonly question: Question;
    readonly tapped?: string | undefined;
    readonly given?: string | undefined;
    readonly justNow?: boolean;
    readonly wrong?: boolean;
  },
): Promise<Response> {
  const t = teller(visit);
  const words = (texts: Question['words']) => inLanguage(texts, visit.language, visit.brand);
  const own = question.answers.find(({ id }) => id === given);
  const rest = question.answers.filter(({ id }) => id !== given);
  const first = rest.find(({ id }) => id === tapped);
  const inOrder = first ? [first, ...rest.filter((one) => one !== first)] : rest;
  const done = own && t('answer.done', { answer: words(own.words) });
  return answer(visit, {
    status: wrong ? 422 : 200,
    title: justNow ? t('answer.thanks') : words(question.words),
    body: html`<h1>${justNow ? t('answer.thanks') : words(question.words)}</h1>
      ${done ? html`<p role="status">${done}</p>` : html`<p>${t('answer.lead')}</p>`}
      ${attention(visit, wrong ? [{ field: 'answers', sentence: t('error.choice') }] : [])}
      <form method="post" class="card" id="answers">
        ${own ? html`<h2>${t('answer.change')}</h2>` : ''}
        ${inOrder.map(
          ({ id, words: said }) =>
            html`<button ${id === tapped ? html`class="go"` : ''} name="answer" value="${id}">
              ${words(said)}
            </button>`,
        )}
      </form>`,
  });
}

export function closedPage(visit: Visit, status: 404 | 410): Promise<Response> {
  const t = teller(visit);
  return answer(visit, {
    status,
    title: t('answer.closed'),
    body: html`<h1>${t('answer.closed')}</h1>
      <p>${t('answer.closed.lead')}</p>`,
  });
}
