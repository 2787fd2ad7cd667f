import { describe, expect, it } from 'vitest';
import { addPerson, given, withTopics, type PersonBody } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Segment = ProblemBody & {
  id: string;
  name: string;
  sentence: { fr: string; en: string };
  count: { people: number; at: string } | null;
  retiredAt: string | null;
};
type Preview = {
  people: number;
  sample: { id: string; name: string | null }[];
  sentence: { en: string };
};
const LYON = { field: 'city', is: 'Lyon' };

/** Twelve readers, every other in Lyon. */
async function house() {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  const people: PersonBody[] = [];
  for (let index = 0; index < 12; index += 1) {
    const email = `reader${index}@example.org`;
    const fields = { city: index % 2 === 0 ? 'Lyon' : 'Paris' };
    people.push((await addPerson(desk, { email, fields, subscriptions: [given('news')] })).body);
  }
  const save = async (condition: object, name = 'Lyon') =>
    (await desk.ask<Segment>('POST', '/segments', { name, condition })).body;
  return { desk, people, save };
}

describe('a segment', () => {
  it('is looked at before it is saved: how many, five of them, and as a sentence', async () => {
    const { desk } = await house();
    const ask = () => desk.ask<Preview>('POST', '/segments/preview', { condition: LYON });
    const { body } = await ask();
    expect([body.people, body.sample.length]).toEqual([6, 5]);
    expect(body.sentence.en).toBe('People who have “Lyon” as “city”.');
    expect((await ask()).body.sample).toEqual(body.sample);
    const key = await desk.keyWith(['segments:read']);
    const blind = await desk.ask<Preview>(
      'POST',
      '/segments/preview',
      { condition: LYON },
      {
        authorization: `Bearer ${key}`,
      },
    );
    expect([blind.body.people, blind.body.sample]).toEqual([6, []]);
  });

  it('keeps its last count with its moment, until it says something else', async () => {
    const { desk, save } = await house();
    const { id, count } = await save(LYON);
    expect(count).toBeNull();
    await desk.ask('POST', `/segments/${id}/count`);
    await addPerson(desk, {
      email: 'more@example.org',
      fields: { city: 'Lyon' },
      subscriptions: [],
    });
    const { items } = (await desk.ask<{ items: Segment[] }>('GET', '/segments')).body;
    expect(items[0]?.count).toEqual({ people: 6, at: new Date(desk.ports.now()).toISOString() });
    const any = { 'if-match': '*' };
    const renamed = await desk.ask<Segment>('PATCH', `/segments/${id}`, { name: 'L' }, any);
    expect([renamed.body.name, renamed.body.count?.people]).toEqual(['L', 6]);
    const other = { condition: { field: 'city', is: 'Paris' } };
    expect((await desk.ask<Segment>('PATCH', `/segments/${id}`, other, any)).body.count).toBeNull();
    expect((await desk.ask('PATCH', `/segments/${id}`, other)).status).toBe(428);
  });

  it('is an audience and an exclusion; an unknown one is refused, and so is one inside another', async () => {
    const { desk, save } = await house();
    const lyon = await save(LYON);
    const one = await save({ field: 'city', exists: true }, 'Somewhere');
    const letter = {
      name: 'One',
      topic: 'news',
      subject: 'One',
      content: { format: 'markdown', source: 'One' },
    };
    const audience = { all: [{ segment: one.id }, { not: { segment: lyon.id } }] };
    const made = await desk.ask<{ id: string; readers: { en: string } }>('POST', '/campaigns', {
      ...letter,
      audience,
    });
    expect(made.body.readers.en).toBe(
      'People who follow “Topic news” and (who belong to “Somewhere” and who do not belong to “Lyon”).',
    );
    const run = await desk.ask<{ candidates: number }>(
      'POST',
      `/campaigns/${made.body.id}/dry-run`,
    );
    expect(run.body.candidates).toBe(6);
    const wrong = { ...letter, audience: { segment: 'nobody' } };
    const refused = await desk.ask<ProblemBody>('POST', '/campaigns', wrong);
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'audience']);
    const inside = await desk.ask('POST', '/segments', {
      name: 'In',
      condition: { segment: one.id },
    });
    expect(inside.status).toBe(422);
  });

  it('that changes or is retired after a campaign began changes nothing of it', async () => {
    const { desk, save } = await house();
    const lyon = await save(LYON);
    const made = await desk.ask<{ id: string }>('POST', '/campaigns', {
      name: 'One',
      topic: 'news',
      subject: 'One',
      content: { format: 'markdown', source: 'One' },
      audience: { segment: lyon.id },
    });
    const path = `/campaigns/${made.body.id}`;
    await desk.ask('POST', `${path}/schedule`, { at: 'now', timeZone: 'Europe/Paris' });
    await desk.passTime(180_000);
    const nobody = { condition: { field: 'city', is: 'Nowhere' } };
    await desk.ask('PATCH', `/segments/${lyon.id}`, nobody, { 'if-match': '*' });
    const retired = await desk.ask<Segment>('POST', `/segments/${lyon.id}/retire`);
    expect(retired.body.retiredAt).not.toBeNull();
    await desk.passTime(86_400_000);
    const { body } = await desk.ask<{ figures: { candidates: number } }>('GET', path);
    expect(body.figures.candidates).toBe(6);
    const run = await desk.ask<{ candidates: number }>('POST', `${path}/dry-run`);
    expect(run.body.candidates).toBe(6);
  });
});
