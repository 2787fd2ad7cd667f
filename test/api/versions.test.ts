import { describe, expect, it } from 'vitest';
import { memberOf } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';
import { someIssuer } from '../team/issuer.ts';
import { withTopics } from './cast.ts';
import { openDesk, type ProblemBody } from './desk.ts';

type Campaign = ProblemBody & { id: string; name: string; changedBy: { name: string } | null };
type Versions = { items: { number: number; name: string; by: { name: string } | null }[] };

async function house() {
  const { signIn, token } = someIssuer();
  const desk = await openDesk({ signIn });
  await withTopics(desk, 'news');
  const add = async (name: string) => {
    const member = memberOf(desk.ports, { name, email: `${name}@example.org`, role: 'editor' });
    await desk.ports.table.writeAll([memberWrite(desk.ports, { member, version: 0 })]);
    return { authorization: `Bearer ${await token(member.email)}` };
  };
  const hugo = await add('hugo');
  const content = { format: 'markdown', source: 'One' };
  const letter = { name: 'One', topic: 'news', subject: 'One', content };
  const made = await desk.ask<Campaign>('POST', '/campaigns', letter, hugo);
  const path = `/campaigns/${made.body.id}`;
  const etag = async () => (await desk.ask('GET', path)).headers.get('etag') ?? '';
  const save = (name: string, headers: Record<string, string>, match: string) =>
    desk.ask<Campaign>('PATCH', path, { name }, { ...headers, 'if-match': match });
  const versions = async () =>
    (await desk.ask<Versions>('GET', `${path}/versions`)).body.items.map(({ name, by }) => [
      name,
      by?.name,
    ]);
  return { desk, path, etag, save, versions, hugo, ines: await add('ines') };
}

describe('two people who write one letter', () => {
  it('lose nothing: who comes second is told, and by whose hand it changed', async () => {
    const { desk, path, etag, save, hugo, ines } = await house();
    const both = await etag();
    expect((await save('By Hugo', hugo, both)).status).toBe(200);
    const second = await save('By Inès', ines, both);
    expect([second.status, second.body.code]).toEqual([412, 'changed-meanwhile']);
    const now = (await desk.ask<Campaign>('GET', path)).body;
    expect([now.name, now.changedBy?.name]).toEqual(['By Hugo', 'hugo']);
    expect((await save('By Inès', ines, await etag())).status).toBe(200);
  });
});

describe('the versions of a letter', () => {
  it('are one for each piece of work, and one can go back and come back', async () => {
    const { desk, path, save, versions, hugo, ines } = await house();
    for (const name of ['Two', 'Three']) await save(name, hugo, '*');
    expect(await versions()).toEqual([]);
    await save('Four', ines, '*');
    await save('Five', ines, '*');
    await desk.passTime(6 * 60_000);
    await save('Six', ines, '*');
    expect(await versions()).toEqual([
      ['Five', 'ines'],
      ['Three', 'hugo'],
    ]);
    const letter = await desk.ask<{ letter: { name: string } }>('GET', `${path}/versions/1`);
    expect(letter.body.letter.name).toBe('Three');
    const back = (match?: string) =>
      desk.ask<Campaign>('POST', `${path}/versions/1/restore`, undefined, {
        ...ines,
        ...(match && { 'if-match': match }),
      });
    expect((await back()).status).toBe(428);
    expect((await back('"0"')).status).toBe(412);
    expect((await back('*')).body.name).toBe('Three');
    expect((await versions())[0]).toEqual(['Six', 'ines']);
    expect((await desk.ask('GET', `${path}/versions/99`)).status).toBe(404);
  });

  it('say what each piece of work changed, up to the letter as it stands', async () => {
    const { desk, path, save, hugo, ines } = await house();
    const change = (body: object, headers: Record<string, string>) =>
      desk.ask('PATCH', path, body, { ...headers, 'if-match': '*' });
    await change({ subject: 'Two' }, ines);
    await change({ content: { format: 'markdown', source: 'Two' }, audience: null }, ines);
    await change({ audience: { language: 'fr' }, subject: { fr: 'Deux', en: 'Two' } }, hugo);
    type Changes = { changed: string[] | null; by: { name: string } | null };
    type Listed = { now: Changes; items: Changes[] };
    const listed = async () => (await desk.ask<Listed>('GET', `${path}/versions`)).body;
    const { now, items } = await listed();
    expect([now.by?.name, now.changed]).toEqual(['hugo', ['subject', 'audience']]);
    expect(items.map(({ by, changed }) => [by?.name, changed])).toEqual([
      ['ines', ['subject', 'content']],
      ['hugo', null],
    ]);
    // The same texts in another order are no change.
    await change({ subject: { en: 'Two', fr: 'Deux' } }, ines);
    expect((await listed()).now.changed).toEqual([]);
    await save('Two', ines, '*');
    expect((await listed()).now.changed).toEqual(['name']);
  });

  it('are fifty at most', async () => {
    const { save, versions, hugo, ines } = await house();
    for (let round = 0; round < 52; round += 1)
      await save(`Round ${round}`, round % 2 === 0 ? ines : hugo, '*');
    const kept = await versions();
    expect([kept.length, kept[0]?.[0], kept.at(-1)?.[0]]).toEqual([50, 'Round 50', 'Round 1']);
  });
});
