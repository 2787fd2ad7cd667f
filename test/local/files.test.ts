import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderFiles, MemoryFiles } from '../../infra/local/files.ts';
import { describeFiles } from '../ports/files.ts';

describeFiles("the laptop's files", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  return { files: new FolderFiles(folder), close: () => rm(folder, { recursive: true }) };
});

describeFiles('files in memory', async () => ({ files: new MemoryFiles(), close: async () => {} }));

test('a file half written when the process died is not taken for a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = new FolderFiles(folder);
  await files.put('a', Buffer.from('whole'), 'text/plain');
  expect(await readdir(folder)).toEqual(['a']);
  await writeFile(join(folder, 'b~1-1'), 'text/pl');
  expect(await files.get('b')).toBeUndefined();
});
