import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  clockOf,
  moveClock,
  newFolder,
  refusal,
  root,
  run,
  start,
  stop,
  type Env,
  type Started,
} from './started.ts';

const LONG = { timeout: 60_000 };

describe('a start that cannot be', () => {
  test.each([
    ['PORT', 'http', 'PORT must be a port, a number from 0 to 65535'],
    ['PORT', '0x10', 'PORT must be a port, a number from 0 to 65535'],
    ['PORT', ' ', 'PORT must be a port, a number from 0 to 65535'],
    ['MAIL_RATE', '0', 'MAIL_RATE must be a whole number above 0'],
    ['PORT', '70000', 'PORT must be a port, a number from 0 to 65535'],
    ['MODERATO_DEMO', 'yes', 'MODERATO_DEMO must be on or off'],
    ['MODERATO_CLOCK', 'held@monday', 'MODERATO_CLOCK must be real, held, or held@ and a moment'],
    ['MAIL_URL', 'http://mail', 'MAIL_URL must be smtp:// or smtps:// and a server'],
    ['MODERATO_URL', 'letters', 'MODERATO_URL must be where readers reach you'],
  ])('names the setting %s=%s and what it may be', LONG, async (name, value, sentence) => {
    const said = await refusal({ [name]: value, MODERATO_DATA: await newFolder() });
    expect(said).toContain(sentence);
    expect(said).not.toMatch(/ at .*:\d+:\d+/);
  });

  test('says that the port is in use', LONG, async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const said = await refusal({ PORT: String(port), MODERATO_DATA: await newFolder() });
    expect(said).toMatch(new RegExp(`^Port ${port} is in use: .*PORT`));
    expect(said.split('\n')).toHaveLength(1);
  });

  // Root may write everywhere: whoever runs the tests as root does not see this one run.
  test.skipIf(process.getuid?.() === 0)(
    'says that the data folder cannot be written to',
    LONG,
    async () => {
      const folder = await newFolder();
      await chmod(folder, 0o500);
      const said = await refusal({ MODERATO_DATA: folder });
      expect(said).toMatch(/^The data folder .* cannot be written to: .*MODERATO_DATA/);
    },
  );

  test.each([
    ['package.json', 'it is a file, or lies under one; set MODERATO_DATA to another folder.'],
    ['package.json/data', 'it is a file, or lies under one; set MODERATO_DATA to another folder.'],
    ['x'.repeat(300), 'its name is too long; set MODERATO_DATA to another folder.'],
  ])('says that the data folder cannot be %.20s', LONG, async (name, why) => {
    const path = join(root, name);
    const said = await refusal({ MODERATO_DATA: path });
    expect(said).toBe(`The data folder ${path} cannot be written to: ${why}`);
  });

  test.skipIf(process.platform !== 'linux')(
    'ends at once where the system lets nobody make a folder',
    LONG,
    async () => {
      const said = await refusal({ MODERATO_DATA: '/proc/moderato' });
      expect(said).toBe(
        'The data folder /proc/moderato cannot be written to: no folder can be made there; set MODERATO_DATA to another folder.',
      );
    },
  );

  test('makes the folders on the way to the data folder', LONG, async () => {
    const MODERATO_DATA = join(await newFolder(), 'of', 'ours');
    expect(await stop(await start({ MODERATO_DATA }), 'SIGTERM')).toBe(0);
    expect((await stat(MODERATO_DATA)).mode & 0o077).toBe(0);
  });

  test.each([
    ['moderato.sqlite', /^The data folder .* cannot be opened: moderato\.sqlite in it is damaged/],
    ['secrets.json', /^The file .*secrets\.json is damaged, .*Put back a copy/],
    ['sign-in-key.json', /^The file .*sign-in-key\.json is damaged\. Remove it: /],
  ])('says that %s in the data folder is damaged, and leaves it', LONG, async (name, why) => {
    const MODERATO_DATA = await newFolder();
    await writeFile(join(MODERATO_DATA, name), 'what somebody saved over it');
    const said = await refusal({ MODERATO_DATA });
    expect(said).toMatch(why);
    expect(said.split('\n')).toHaveLength(1);
    expect(await readFile(join(MODERATO_DATA, name), 'utf8')).toBe('what somebody saved over it');
  });

  test(
    'says that the secrets of a house are missing, as in a copy that forgot them, and makes no others',
    LONG,
    async () => {
      const MODERATO_DATA = await newFolder();
      const secrets = join(MODERATO_DATA, 'secrets.json');
      expect(await stop(await start({ MODERATO_DATA }), 'SIGTERM')).toBe(0);
      const kept = await readFile(secrets);
      await rm(secrets);
      expect(await refusal({ MODERATO_DATA })).toMatch(
        /^The file .*secrets\.json is missing, .*Put back a copy/,
      );
      await expect(stat(secrets)).rejects.toThrow('ENOENT');
      await writeFile(secrets, kept);
      expect(await stop(await start({ MODERATO_DATA }), 'SIGTERM')).toBe(0);
    },
  );

  test(
    'says who holds the data folder, until that one is gone, however it went',
    LONG,
    async () => {
      const MODERATO_DATA = await newFolder();
      const first = await start({ MODERATO_DATA });
      const said = await refusal({ MODERATO_DATA });
      expect(said).toMatch(
        /^The data folder .* is in use by another Moderato \(process \d+, http:\/\/localhost:\d+\)/,
      );
      expect(await stop(first, 'SIGKILL')).toBe('SIGKILL');
      await expect
        .poll(
          () =>
            fetch(first.url).then(
              () => 'up',
              () => 'gone',
            ),
          LONG,
        )
        .toBe('gone');
      const second = await start({ MODERATO_DATA });
      expect(await stop(second, 'SIGINT')).toBe(0);
    },
  );
});

describe('a started house', () => {
  let MODERATO_DATA = '';
  beforeAll(async () => {
    MODERATO_DATA = await mkdtemp(join(tmpdir(), 'start-'));
    return () => rm(MODERATO_DATA, { recursive: true });
  });

  test('keeps its secrets to its owner, and its key works at every start', LONG, async () => {
    const keys: string[] = [];
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const house = await start({ MODERATO_DATA });
      const key = (await readFile(join(MODERATO_DATA, 'api-key'), 'utf8')).trim();
      const headers = { authorization: `Bearer ${key}` };
      expect((await fetch(`${house.url}/api/v1/topics`, { headers })).status).toBe(200);
      keys.push(key);
      expect(await stop(house, signal)).toBe(0);
    }
    expect(keys[0]).toMatch(/^mod_live_/);
    expect(keys[1]).toBe(keys[0]);
    for (const file of ['secrets.json', 'api-key'])
      expect((await stat(join(MODERATO_DATA, file))).mode & 0o077).toBe(0);
  });

  test('holds its clock where it was left', LONG, async () => {
    const data = await newFolder();
    const env = { MODERATO_DATA: data, MODERATO_CLOCK: 'held@2026-01-05T10:00:00Z' };
    const first = await start(env);
    expect((await clockOf(first)).now).toBe('2026-01-05T10:00:00.000Z');
    await moveClock(first, 'P1D');
    expect(await stop(first, 'SIGINT')).toBe(0);
    const second = await start(env);
    expect((await clockOf(second)).now).toBe('2026-01-06T10:00:00.000Z');
    await stop(second, 'SIGINT');
  });

  test(
    'that sends real mail shows nobody its mailbox or clock, unless on a port of their own',
    LONG,
    async () => {
      const env = { MODERATO_DATA: await newFolder(), MAIL_URL: 'smtp://127.0.0.1:1' };
      const plain = await start(env);
      for (const path of ['/mailbox', '/clock', '/mailbox/messages.json'])
        expect((await fetch(plain.url + path)).status).toBe(404);
      await stop(plain, 'SIGINT');
      const apart = await start({ ...env, MODERATO_TOOLS_PORT: '0' });
      const site = /Sign up +(http:\/\/localhost:\d+)/.exec(apart.said())?.[1] ?? '';
      expect(apart.url).not.toBe(site);
      expect((await fetch(`${site}/clock`)).status).toBe(404);
      expect((await fetch(`${apart.url}/clock`)).status).toBe(200);
      expect((await moveClock(apart, 'P1D')).status).toBe(409);
      await stop(apart, 'SIGINT');
    },
  );

  test(
    'whose demo was cut off in the making has a whole one after the next start',
    LONG,
    async () => {
      const env = { MODERATO_DATA: await newFolder(), MODERATO_DEMO: 'on' };
      const cut = run(env);
      await new Promise<void>((resolve) => {
        cut.heard.add(() => cut.said().includes('campaign-started') && resolve());
      });
      cut.child.kill('SIGKILL');
      const again = await startOnceFree(env);
      const whole = await start({ ...env, MODERATO_DATA: await newFolder() });
      expect(await mailsSent(again)).toBe(await mailsSent(whole));
      for (const house of [again, whole]) await stop(house, 'SIGINT');
    },
  );

  test('stops when what started it is gone without a word', LONG, async () => {
    const house = await start({ MODERATO_DATA: await newFolder() });
    house.process.kill('SIGKILL');
    await expect
      .poll(
        () =>
          fetch(house.url).then(
            () => 'up',
            () => 'gone',
          ),
        LONG,
      )
      .toBe('gone');
  });
});

/** Who was killed may need a moment to let go of the folder. */
async function startOnceFree(env: Env): Promise<Started> {
  const started: Started[] = [];
  const tried = () =>
    start(env).then(
      (one) => started.push(one),
      () => 0,
    );
  await expect.poll(tried, LONG).toBe(1);
  return started[0]!;
}

async function mailsSent({ url }: Started): Promise<number> {
  const answer = await fetch(`${url}/mailbox/messages.json`);
  const { messages } = (await answer.json()) as { messages: { to: string; mailing: string }[] };
  const different = new Set(messages.map(({ to, mailing }) => `${to} ${mailing}`));
  expect(different.size).toBe(messages.length);
  return messages.length;
}
