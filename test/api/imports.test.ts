import { describe, expect, it } from 'vitest';
import { addPerson, given, withTopics, type PersonBody } from './cast.ts';
import { openDesk, type Desk, type ProblemBody } from './desk.ts';

type Counts = {
  added: number;
  known: number;
  refused: number;
  proven: number;
  unproven: number;
  byReason: Record<string, number>;
};
type Import = ProblemBody & {
  id: string;
  state: string;
  rows: number;
  done: number;
  columns: { name: string; samples: string[]; guess: string | null }[];
  checked: Counts | null;
  counts: Counts | null;
};
type Refused = {
  items: { line: number; reason: string; column: string | null }[];
  next: string | null;
};

const FILE = `\ufeffE-mail;Prénom;Nom;Ville;Inscrit le
ada@example.org;Ada;Bonnet;Lyon;05/01/2026
not an address;Bob;;Paris;05/01/2026
zoe@example.org;Zoé;"Da Silva; ""Z""";Dijon;
erased@example.org;;;;2026-01-05
cleo@example.org;Cléo;;;yesterday
ADA@example.org ;Ada;Bonnet;Lyon;2026-01-05
`;
const COLUMNS = ['email', 'givenName', 'familyName', 'field:city', 'proofAt'];
const FULL = { kind: 'full', method: 'paper', words: 'Oui, la maison peut m’écrire.' };
const plan = (other: object = {}) => ({
  columns: COLUMNS,
  topics: ['news'],
  proof: FULL,
  ...other,
});

async function received(desk: Desk, file = FILE, pieces = 3) {
  const { id } = (await desk.ask<Import>('POST', '/imports', { name: 'Salon 2026' })).body;
  const size = Math.ceil(file.length / pieces);
  for (let index = 0; index < pieces; index += 1) {
    const text = file.slice(index * size, (index + 1) * size);
    const sent = { index, text, last: index === pieces - 1 };
    await desk.ask('POST', `/imports/${id}/pieces`, sent);
    await desk.ask('POST', `/imports/${id}/pieces`, sent);
  }
  return id;
}
async function act(desk: Desk, id: string, name: string, body?: object) {
  const answer = await desk.ask<Import>('POST', `/imports/${id}/${name}`, body);
  await desk.drain();
  return answer;
}
const show = async (desk: Desk, id: string) =>
  (await desk.ask<Import>('GET', `/imports/${id}`)).body;
const find = async (desk: Desk, email: string) =>
  (await desk.ask<PersonBody>('POST', '/people/lookup', { email })).body;

async function house() {
  const desk = await openDesk();
  await withTopics(desk, 'news');
  const erased = await addPerson(desk, {
    email: 'erased@example.org',
    subscriptions: [given('news')],
  });
  await desk.ask('POST', `/people/${erased.body.id}/erase`, { agent: { method: 'reply' } });
  return desk;
}

describe('an import', () => {
  it('shows its columns with what they seem to be, however the file was cut', async () => {
    const desk = await house();
    for (const pieces of [1, 2, 7, 40]) {
      const { state, rows, columns } = await show(desk, await received(desk, FILE, pieces));
      expect([pieces, state, rows]).toEqual([pieces, 'ready', 6]);
      expect(columns.map(({ guess }) => guess)).toEqual([
        'email',
        'givenName',
        'familyName',
        null,
        'proofAt',
      ]);
      expect(columns[2]?.samples).toContain('Da Silva; "Z"');
    }
  });

  it('is rehearsed without touching anybody, with every line counted and the refused ones named', async () => {
    const desk = await house();
    const id = await received(desk);
    await act(desk, id, 'check', plan());
    const { state, checked, done } = await show(desk, id);
    expect([state, done]).toEqual(['checked', 6]);
    expect(checked).toEqual({
      added: 2,
      known: 1,
      refused: 3,
      proven: 2,
      unproven: 1,
      byReason: { 'address-refused': 1, 'person-erased': 1, 'proof-unreadable': 1 },
    });
    const lines = (await desk.ask<Refused>('GET', `/imports/${id}/refused`)).body;
    expect(lines.items.map(({ line, reason, column }) => [line, reason, column])).toEqual([
      [3, 'address-refused', 'email'],
      [5, 'person-erased', 'email'],
      [6, 'proof-unreadable', 'proofAt'],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/not an address|erased@|Bob|Cléo/);
    const second = await desk.ask<Refused>('GET', `/imports/${id}/refused?limit=2`);
    const rest = await desk.ask<Refused>(
      'GET',
      `/imports/${id}/refused?limit=2&cursor=${second.body.next}`,
    );
    expect([second.body.items.length, rest.body.items.length, rest.body.next]).toEqual([
      2,
      1,
      null,
    ]);
    expect((await find(desk, 'ada@example.org')).state).toBeUndefined();
  });

  it('promises in its rehearsal what the run does, of lines that cannot be meant so', async () => {
    const desk = await house();
    const file = [
      'email;givenName;proofAt',
      'ada@example.org;Ada;2026-01-05;;',
      'bob@example.org;Bob;2199-01-05',
      'cleo@example.org;Andr\ufffd;2026-01-05',
      'dan@example.org;Dan;Dupont;2026-01-05',
    ];
    const id = await received(desk, file.join('\n'));
    await act(desk, id, 'check', plan({ columns: ['email', 'givenName', 'proofAt'] }));
    const { items } = (await desk.ask<Refused>('GET', `/imports/${id}/refused`)).body;
    expect(items.map(({ line, column }) => [line, column])).toEqual([
      [3, 'proofAt'],
      [4, 'givenName'],
      [5, null],
    ]);
    await act(desk, id, 'run');
    const { checked, counts } = await show(desk, id);
    expect([counts?.added, counts?.refused]).toEqual([1, 3]);
    expect(counts).toEqual(checked);
  });

  it('says on which line a quotation mark is never closed, however the file was cut', async () => {
    const desk = await house();
    const { id } = (await desk.ask<Import>('POST', '/imports', { name: 'Salon' })).body;
    const send = (index: number, text: string, last: boolean) =>
      desk.ask<{ errors?: { detail: string }[] }>('POST', `/imports/${id}/pieces`, {
        index,
        text,
        last,
      });
    await send(0, 'email,name\na@example.org,A\nb@exam', false);
    const answer = await send(1, 'ple.org,B\nc@example.org,"C\nd@example.org,D\n', true);
    expect(answer.body.errors?.[0]?.detail).toBe(
      'A quotation mark in line 4 is never closed. Close it, or take it out.',
    );
  });

  it('brings people in with their proof; whom none shows is unproven; nothing of the file stays', async () => {
    const desk = await house();
    const id = await received(desk);
    await act(desk, id, 'check', plan());
    await act(desk, id, 'run');
    const { state, counts } = await show(desk, id);
    expect([state, counts?.added, counts?.known, counts?.refused]).toEqual(['done', 2, 1, 3]);
    const ada = await find(desk, 'ada@example.org');
    expect(ada).toMatchObject({ state: 'active', givenName: 'Ada', fields: { city: 'Lyon' } });
    expect((await find(desk, 'zoe@example.org')).state).toBe('unproven');
    const ledger: { at: number; by: object; wordsHash: string | null }[] = [];
    for await (const row of desk.ports.table.query('records', `ledger#${ada.id}`))
      ledger.push(row.data as (typeof ledger)[number]);
    expect(ledger[0]).toMatchObject({
      at: Date.UTC(2026, 0, 5, 12),
      by: { kind: 'person' },
      method: 'paper',
    });
    for (let portion = 0; portion < 3; portion += 1)
      expect(await desk.ports.files.get(`imports/${id}/rows-${portion}.json`)).toBeUndefined();
    const again = await act(desk, id, 'run');
    expect([again.status, again.body.code]).toEqual([409, 'state-does-not-allow']);
  });

  it('tells those it brought in where their address came from, in their first mail and in no later one', async () => {
    const desk = await house();
    const id = await received(desk);
    await act(desk, id, 'check', plan());
    await act(desk, id, 'run');
    const send = async (name: string) => {
      const letter = {
        name,
        topic: 'news',
        subject: name,
        content: { format: 'markdown', source: name },
      };
      const { body } = await desk.ask<{ id: string }>('POST', '/campaigns', letter);
      const when = { at: 'now', timeZone: 'Europe/Paris' };
      await desk.ask('POST', `/campaigns/${body.id}/schedule`, when);
      await desk.passTime(86_400_000);
    };
    await send('First');
    await send('Second');
    const mails = [...desk.mailbox.letters('ada@example.org')];
    expect(mails.map(({ subject }) => subject)).toEqual(['First', 'Second']);
    const told = 'votre adresse nous vient de « Salon 2026 », le 5 janvier 2026.';
    for (const part of ['text', 'html'] as const)
      expect(mails.map((mail) => mail[part].replaceAll(/\s/g, ' ').includes(told))).toEqual([
        true,
        false,
      ]);
    expect([...desk.mailbox.letters('zoe@example.org')]).toEqual([]);
  });

  it('on an owner’s word says so in the ledger, and without any proof leaves everybody unproven', async () => {
    const desk = await house();
    const declared = {
      kind: 'declared',
      source: 'Salon des vignerons',
      declaration: 'They signed the list at our stand, which we keep.',
      on: '2026-01-04',
    };
    const first = await received(desk);
    await act(desk, first, 'check', plan({ proof: declared }));
    await act(desk, first, 'run');
    const ada = await find(desk, 'ada@example.org');
    expect(ada.state).toBe('active');
    const rows: unknown[] = [];
    for await (const row of desk.ports.table.query('records', `ledger#${ada.id}`))
      rows.push(row.data);
    expect(rows[0]).toMatchObject({
      by: { kind: 'import', name: 'Salon 2026' },
      method: 'import',
    });
    const second = await received(desk, 'email\nnoproof@example.org\n', 1);
    await act(desk, second, 'check', {
      columns: ['email'],
      topics: ['news'],
      proof: { kind: 'none' },
    });
    await act(desk, second, 'run');
    expect((await find(desk, 'noproof@example.org')).state).toBe('unproven');
  });

  it('keeps nobody of its file once it is done, stopped or forgotten', async () => {
    const desk = await house();
    const id = await received(desk);
    expect(JSON.stringify(await show(desk, id))).toContain('ada@example.org');
    await act(desk, id, 'check', plan());
    await act(desk, id, 'run');
    const stopped = await received(desk);
    await act(desk, stopped, 'stop');
    for (const over of [await show(desk, id), await show(desk, stopped)]) {
      expect(over.columns.map(({ name, guess }) => [name, guess])[0]).toEqual(['E-mail', 'email']);
      expect(JSON.stringify(over)).not.toMatch(/ada@|zoe@|Bonnet|Lyon/);
    }
  });

  it('goes on where it was when its worker dies, and counts each line once', async () => {
    const desk = await house();
    const many = Array.from({ length: 950 }, (_, n) => `reader${n}@example.org,Reader ${n}`);
    const id = await received(desk, `email,name\n${many.join('\n')}\n`, 4);
    const columns = ['email', 'givenName'];
    await act(desk, id, 'check', { columns, topics: [], proof: { kind: 'none' } });
    // The message is lost: only what is on the agenda brings it back.
    const queue = desk.ports.queue as { post: unknown };
    const { post } = queue;
    queue.post = async () => undefined;
    await desk.ask('POST', `/imports/${id}/run`);
    queue.post = post;
    expect((await show(desk, id)).state).toBe('running');
    await desk.passTime(11 * 60_000);
    const { state, counts, done } = await show(desk, id);
    expect([state, done, counts?.added, counts?.refused]).toEqual(['done', 950, 950, 0]);
  });

  it('cut off when people are in and their step is not yet counted, still counts them as added', async () => {
    const desk = await house();
    await addPerson(desk, { email: 'reader3@example.org', subscriptions: [] });
    const many = Array.from({ length: 900 }, (_, n) => `reader${n % 880}@example.org`);
    const id = await received(desk, `email\n${many.join('\n')}\n`, 1);
    const wish = { columns: ['email'], topics: ['news'], proof: { kind: 'none' } };
    await act(desk, id, 'check', wish);
    const { table } = desk.ports;
    const writeAll = table.writeAll.bind(table);
    let cuts = 0;
    table.writeAll = async (writes) => {
      const counted = writes.some(({ key }) => key.sk === id);
      if (counted && (cuts += 1) % 2 === 0) throw new Error('cut off');
      return writeAll(writes);
    };
    await act(desk, id, 'run');
    await desk.passTime(60 * 60_000);
    const { state, counts, checked } = await show(desk, id);
    expect(cuts).toBeGreaterThan(4);
    expect(checked).toMatchObject({ added: 879, known: 21 });
    expect([state, counts]).toEqual(['done', checked]);
  });

  it('numbers a refused line as an editor shows it, whatever stands above it', async () => {
    const desk = await house();
    const file =
      'email,"first\r\nname"\r\n\r\na@example.org,"A\n\nB"\r\n\r\nnobody,"x\ny"\r\nnor this,z';
    for (const pieces of [1, 2, 9, file.length]) {
      const id = await received(desk, file, pieces);
      await act(desk, id, 'check', { columns: ['email', null], proof: { kind: 'none' } });
      const { items } = (await desk.ask<Refused>('GET', `/imports/${id}/refused`)).body;
      expect([pieces, items.map(({ line }) => line)]).toEqual([pieces, [8, 10]]);
    }
  });

  it('names every refused line, however many there are', async () => {
    const desk = await house();
    const wrong = Array.from({ length: 6_000 }, (_, n) => `reader number ${n} has no address`);
    const id = await received(desk, `email\n${wrong.join('\n')}\n`, 1);
    await act(desk, id, 'check', { columns: ['email'], proof: { kind: 'none' } });
    expect((await show(desk, id)).checked?.refused).toBe(6_000);
    let cursor = '';
    const lines: number[] = [];
    for (let page = 0; page < 40; page += 1) {
      const { items, next } = (
        await desk.ask<Refused>('GET', `/imports/${id}/refused?limit=200${cursor}`)
      ).body;
      lines.push(...items.map(({ line }) => line));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(lines).toEqual(Array.from({ length: 6_000 }, (_, n) => n + 2));
  });

  it('can be stopped, and is forgotten after a week if nobody runs it', async () => {
    const desk = await house();
    const stopped = await received(desk);
    await act(desk, stopped, 'stop');
    expect((await act(desk, stopped, 'check', plan())).body.code).toBe('state-does-not-allow');
    const left = await received(desk);
    await desk.passTime(8 * 86_400_000);
    expect((await show(desk, left)).state).toBe('stopped');
    expect(await desk.ports.files.get(`imports/${left}/rows-0.json`)).toBeUndefined();
  });

  it.each([
    [{ columns: COLUMNS.slice(1) }, 'columns'],
    [{ columns: ['email', 'email', null, null, null] }, 'columns'],
    [{ columns: ['email', null, null, null, null] }, 'proof'],
    [{ proof: { kind: 'full', method: 'paper' } }, 'proof'],
    [{ columns: ['email'], proof: { kind: 'none' } }, 'columns'],
    [{ topics: ['nothing'] }, 'topics'],
  ])('refuses the plan %j', async (other, path) => {
    const desk = await house();
    const answer = await act(desk, await received(desk), 'check', plan(other));
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, path]);
  });

  it('takes its pieces in order', async () => {
    const desk = await house();
    const { id } = (await desk.ask<Import>('POST', '/imports', { name: 'x' })).body;
    const answer = await desk.ask<Import>('POST', `/imports/${id}/pieces`, { index: 1, text: 'a' });
    expect([answer.status, answer.body.code]).toEqual([409, 'state-does-not-allow']);
    const empty = await desk.ask('POST', `/imports/${id}/pieces`, {
      index: 0,
      text: '',
      last: true,
    });
    expect(empty.status).toBe(422);
  });
});
