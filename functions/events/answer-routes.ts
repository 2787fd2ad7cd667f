import { newApp } from '../base/http.ts';
import type { Ports } from '../base/ports.ts';
import { readFields, smallForms, visited, type Visit } from '../consent/visit.ts';
import { readQuestions, type Question } from '../mail/blocks/question.ts';
import type { Profile } from '../people/person.ts';
import { personBehind } from '../preferences/person-visit.ts';
import { answerPage, closedPage } from './answer-pages.ts';
import { answerOf, giveAnswer } from './answer.ts';

const PATH = '/answer/:token';

type Asked = {
  readonly visit: Visit;
  readonly profile: Profile;
  readonly number: number;
  readonly question: Question;
};

/** Nobody's link; or an old one, or a question that its letter does not ask any more. */
type Closed = { readonly status: 404 | 410 };

/** The answer to a question in a letter: the link shows it, a button gives it. */
export function answerRoutes(ports: Ports) {
  return newApp()
    .get(
      PATH,
      visited(ports, async (visit) => {
        const asked = await askedOf(ports, visit);
        if ('status' in asked) return closedPage(visit, asked.status);
        const { profile, number, question } = asked;
        const given = answerOf(profile, number, question.id)?.answer;
        return answerPage(asked.visit, { question, tapped: visit.c.req.query('a'), given });
      }),
    )
    .post(
      PATH,
      smallForms(ports),
      visited(ports, async (visit) => {
        const fields = await readFields(visit.c);
        const asked = await askedOf(ports, visit);
        if ('status' in asked) return closedPage(visit, asked.status);
        const { profile, number, question } = asked;
        const answer = fields.get('answer');
        const known = question.answers.find(({ id }) => id === answer);
        if (!known) return answerPage(asked.visit, { question, wrong: true });
        await giveAnswer(ports, {
          personId: profile.personId,
          ...{ number, question, answer: known.id },
        });
        return answerPage(asked.visit, { question, given: known.id, justNow: true });
      }),
    );
}

/** Who is asked and what. */
async function askedOf(ports: Ports, visit: Visit): Promise<Asked | Closed> {
  const person = await personBehind(ports, visit, 'answer');
  if (!person) return { status: 404 };
  if (person.expired) return { status: 410 };
  const number = Number(person.mailingId);
  const questions = await readQuestions(ports, number);
  const question = questions.find(({ id }) => id === visit.c.req.query('q'));
  if (!question) return { status: 410 };
  return { visit: person.visit, profile: person.both.profile, number, question };
}
