import { describe, expect, onTestFinished, test } from 'vitest';
import type { Files } from '../../functions/base/ports.ts';

export type OpenFiles = { readonly files: Files; readonly close: () => Promise<void> };

/** What every `Files` promises. */
export function describeFiles(name: string, open: () => Promise<OpenFiles>): void {
  const opened = async () => {
    const { files, close } = await open();
    onTestFinished(close);
    return files;
  };

  describe(name, () => {
    test('a file comes back byte for byte, with its type', async () => {
      const files = await opened();
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
      await files.put('pictures/2026/a-1.png', bytes, 'image/png');
      expect(await files.get('pictures/2026/a-1.png')).toEqual({ bytes, type: 'image/png' });
    });

    test('an empty file is a file, and a missing one is not', async () => {
      const files = await opened();
      await files.put('empty', new Uint8Array(), 'text/csv; charset=utf-8');
      expect(await files.get('empty')).toEqual({
        bytes: new Uint8Array(),
        type: 'text/csv; charset=utf-8',
      });
      expect(await files.get('missing')).toBeUndefined();
    });

    test('the last one put is the one that is there, until it is removed', async () => {
      const files = await opened();
      await files.put('a', Buffer.from('first'), 'text/plain');
      await files.put('a', Buffer.from('second'), 'text/html');
      await files.put('a/b', Buffer.from('another'), 'text/plain');
      expect(Buffer.from((await files.get('a'))!.bytes).toString()).toBe('second');
      await files.remove('a');
      await files.remove('a');
      expect(await files.get('a')).toBeUndefined();
      expect(Buffer.from((await files.get('a/b'))!.bytes).toString()).toBe('another');
    });

    test.each(['../secrets.json', 'a/../../b', '/etc/passwd', '', 'a b', 'a\0b', '.hidden', 'A'])(
      'no file has the key %j',
      async (key) => {
        const files = await opened();
        await expect(files.put(key, new Uint8Array(), 'text/plain')).rejects.toThrow();
        await expect(files.get(key)).rejects.toThrow();
        await expect(files.remove(key)).rejects.toThrow();
      },
    );
  });
}
