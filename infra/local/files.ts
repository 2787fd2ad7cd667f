import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../functions/base/ports.ts';

type Kept = { readonly bytes: Uint8Array; readonly type: string };

const KEY_LETTERS_AT_MOST = 200;
const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/**
 * Files in one flat folder. Each holds its type on the first line, so that a file and its type are
 * one write; a file is whole or not there, because it is renamed into place once it is on the disk.
 */
export class FolderFiles implements Files {
  readonly #folder: string;
  #written = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, bytes: Uint8Array, type: string): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(this.#folder, { recursive: true });
    this.#written += 1;
    const draft = `${path}~${process.pid}-${this.#written}`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(Buffer.concat([Buffer.from(`${typeLine(type)}\n`), bytes]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await this.#syncFolder();
  }

  async get(key: string): Promise<Kept | undefined> {
    const kept = await readFile(this.#pathOf(key)).catch(unlessMissing);
    if (!kept) return undefined;
    const end = kept.indexOf('\n');
    return { type: kept.toString('utf8', 0, end), bytes: new Uint8Array(kept.subarray(end + 1)) };
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  #pathOf(key: string): string {
    return join(this.#folder, checkedKey(key).replaceAll('/', '+'));
  }

  /** The new name itself is on the disk only once its folder is. Windows cannot open a folder. */
  async #syncFolder(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

/** For a town that lives as long as its process. */
export class MemoryFiles implements Files {
  readonly #kept = new Map<string, Kept>();

  async put(key: string, bytes: Uint8Array, type: string): Promise<void> {
    this.#kept.set(checkedKey(key), { bytes: bytes.slice(), type: typeLine(type) });
  }

  async get(key: string): Promise<Kept | undefined> {
    const kept = this.#kept.get(checkedKey(key));
    return kept && { bytes: kept.bytes.slice(), type: kept.type };
  }

  async remove(key: string): Promise<void> {
    this.#kept.delete(checkedKey(key));
  }
}

/** Small letters only: some disks take `A` and `a` for the same file. */
function checkedKey(key: string): string {
  if (key.length > KEY_LETTERS_AT_MOST || !KEY.test(key)) throw new Error('not a key of a file');
  return key;
}

function typeLine(type: string): string {
  if (!/^[\w.+-]+\/[\w.+-]+(;[ -~]*)?$/.test(type)) throw new Error('not a media type');
  return type;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
